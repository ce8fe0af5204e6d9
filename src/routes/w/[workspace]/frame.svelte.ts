import { createContext } from 'svelte'
import type { ConnectionStatus } from '#lib/sync/connection.ts'

export type Present = { id: string; name: string; kind: 'person' | 'staff' }

/** What the bar above every page of a workspace shows of the live connection; whoever holds the connection keeps it true. */
export class Frame {
  /** `null`: this page has no live connection. */
  status = $state<ConnectionStatus | null>(null)
  /** Changes that the server has not acknowledged. */
  waiting = $state(0)
  present = $state.raw<readonly Present[]>([])
}

export const [getFrame, setFrame] = createContext<Frame>()
