import { readQuote, type Quote } from '#lib/board/quote.ts'
import { noText, readMentionText, type MentionText } from '#lib/workspace/mention-text.ts'

/** What is being written, and what it is about. */
export type Draft = MentionText & { quote: Quote | null }

export const noDraft: Draft = { ...noText, quote: null }
export const isEmpty = ({ text, quote }: Draft) => text.trim() === '' && quote === null

/** What was typed and not sent, kept on this device. The name begins as all does that is deleted when the person signs out. */
const key = (person: string, place: string) => `missions/${person}/comment/${place}`

/** `place`: of the mission or doc, and of the thread in it where it is a reply. */
export function keptDraft(person: string, place: string): Draft {
  try {
    return readDraft(localStorage.getItem(key(person, place)))
  } catch {
    return noDraft
  }
}

function readDraft(kept: string | null): Draft {
  if (kept === null) return noDraft
  try {
    const value: unknown = JSON.parse(kept)
    if (typeof value === 'object' && value !== null) return { ...readMentionText(value), quote: readQuote((value as Record<string, unknown>).quote) }
  } catch {
    // Words alone, as they were kept once.
  }
  return { text: kept, mentions: [], quote: null }
}

export function keepDraft(person: string, place: string, draft: Draft) {
  try {
    if (isEmpty(draft)) localStorage.removeItem(key(person, place))
    else localStorage.setItem(key(person, place), JSON.stringify(draft))
  } catch {
    // Storage is full or forbidden: what is typed stays as long as the field does.
  }
}
