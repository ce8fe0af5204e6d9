import { goto } from '$app/navigation'
import type { DocId, MissionId, ProjectId } from '#lib/board/ids.ts'
import { quotedFile, type Quote } from '#lib/board/quote.ts'
import { referenceUrl } from '#lib/board/reference.ts'
import type { Workspace } from '#lib/workspace/workspace.svelte.ts'
import type { OpenTalk } from '../talk/open-talk.svelte.ts'
import { keepDraft, keptDraft, newChat, type Quoted, type SentFile } from './kept-request.ts'

/** `file`: the COO reads it. */
type About = { project?: ProjectId | null; quote?: Quoted; file?: SentFile; text?: string }

/** Opens a new chat with the COO, with what it is to be about in the field, below what was begun there before. */
export function askCoo(workspace: Workspace, { project = null, quote, file, text = '' }: About) {
  const place = newChat(project)
  const begun = keptDraft(workspace.me.id, workspace.id, place)
  const quotes = quote ? [...begun.quotes.filter(({ reference, words }) => reference !== quote.reference || words !== quote.words), quote] : begun.quotes
  const files = file ? [...begun.files.filter(({ id }) => id !== file.id), file] : begun.files
  const words = begun.text.includes(text) ? begun.text : [begun.text.trimEnd(), text].filter(Boolean).join('\n\n')
  keepDraft(workspace.me.id, workspace.id, place, { ...begun, text: words, quotes, files })
  void goto(`${workspace.path}/chat${project ? `?project=${project}` : ''}`)
}

/** The same about words that stand in a mission or a doc, in what is said about it, or in a file of it. */
export function askAboutTalk(talk: OpenTalk, words: string, { source, text }: { source?: Quote['source']; text?: string } = {}) {
  const { workspace, kind, id } = talk
  const { board } = workspace
  const file = source ? quotedFile(source) : null
  const mission = kind === 'mission' ? board.mission(id as MissionId) : null
  const doc = kind === 'doc' ? board.doc(id as DocId) : null
  const reference = file ? referenceUrl({ kind: 'file', id: file.id }) : referenceUrl(kind === 'mission' ? { kind, id: id as MissionId } : { kind, id: id as DocId })
  const name = (file ? talk.files().find((each) => each.id === file.id)?.name : (mission ?? doc)?.title) ?? ''
  askCoo(workspace, { project: (mission ?? doc)?.projectId ?? null, quote: { reference, name, words }, text })
}
