import { goto } from '$app/navigation'
import type { ProjectId } from '#lib/board/ids.ts'
import type { Workspace } from '#lib/workspace/workspace.svelte.ts'
import { keepDraft, keptDraft, newChat, type Quoted } from './kept-request.ts'

type About = { project?: ProjectId | null; quote?: Quoted; text?: string }

/** Opens a new chat with the COO, with what it is to be about in the field, below what was begun there before. */
export function askCoo(workspace: Workspace, { project = null, quote, text = '' }: About) {
  const place = newChat(project)
  const begun = keptDraft(workspace.me.id, workspace.id, place)
  const quotes = quote ? [...begun.quotes.filter(({ reference, words }) => reference !== quote.reference || words !== quote.words), quote] : begun.quotes
  keepDraft(workspace.me.id, workspace.id, place, { ...begun, text: [begun.text.trimEnd(), text].filter(Boolean).join('\n\n'), quotes })
  void goto(`${workspace.path}/chat${project ? `?project=${project}` : ''}`)
}
