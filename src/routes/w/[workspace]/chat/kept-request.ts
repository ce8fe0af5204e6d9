import { isId, type ChatId, type FileId } from '#lib/board/ids.ts'
import { parseReference } from '#lib/board/reference.ts'
import { noText, readMentionText, type MentionText } from '#lib/workspace/mention-text.ts'

/** What a message is about: where it is, how that is called, and the words of it that are meant. */
export type Quoted = { reference: string; name: string; words: string }

export type SentFile = { id: FileId; name: string }

/** What is being written to the COO. */
export type Draft = MentionText & { quotes: readonly Quoted[]; files: readonly SentFile[]; /** Of a new chat, once it has files. */ chatId: ChatId | null }

export const noDraft: Draft = { ...noText, quotes: [], files: [], chatId: null }
export const isEmpty = ({ text, quotes, files }: Draft) => text.trim() === '' && quotes.length + files.length === 0

/** The place of a chat that is not there yet: of the workspace, or of a project. */
export const newChat = (project: string | null) => (project ? `new/${project}` : 'new')

/** The name begins as all does that is deleted when the person signs out. */
const key = (person: string, workspace: string, place: string) => `missions/${person}/chat/${workspace}/${place}`

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const records = (value: unknown) => (Array.isArray(value) ? value.filter((each): each is Record<string, unknown> => typeof each === 'object' && each !== null) : [])

export function keptDraft(person: string, workspace: string, place: string): Draft {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(person, workspace, place)) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return noDraft
    const { quotes, files, chatId } = kept as Record<string, unknown>
    return {
      ...readMentionText(kept),
      quotes: records(quotes).map(({ reference, name, words }) => ({ reference: text(reference), name: text(name), words: text(words) })).filter(({ reference }) => parseReference(reference)),
      files: records(files).map(({ id, name }) => ({ id: text(id) as FileId, name: text(name) })).filter(({ id }) => id !== ''),
      chatId: isId(chatId) ? chatId as ChatId : null,
    }
  } catch {
    return noDraft
  }
}

export function keepDraft(person: string, workspace: string, place: string, draft: Draft) {
  try {
    if (isEmpty(draft)) localStorage.removeItem(key(person, workspace, place))
    else localStorage.setItem(key(person, workspace, place), JSON.stringify(draft))
  } catch {
    // Storage is full or forbidden: what is typed stays as long as the field does.
  }
}

/** As it is said: the words that are meant stand above one's own, as Markdown quotes them. */
export function said(markdown: string, quotes: readonly Quoted[]): string {
  const above = quotes.filter(({ words }) => words !== '').map(({ words }) => words.split('\n').map((line) => `> ${line}`.trimEnd()).join('\n'))
  return [...above, markdown.trim()].filter(Boolean).join('\n\n')
}
