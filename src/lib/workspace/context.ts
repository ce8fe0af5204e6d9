import { createContext } from 'svelte'
import type { Workspace } from './workspace.svelte.ts'

/** The workspace that every page under `/w/<id>` is in; its layout provides it. */
export const [useWorkspace, provideWorkspace] = createContext<Workspace>()
