import { parseReference, referenceUrl, type Reference } from '#lib/board/reference.ts'

/** A mention in a text that people type: from `at` on stand `@` and the name. */
type PlacedMention = { at: number; name: string; reference: Reference }
/** What stands in a plain text field, with what its names point at kept beside it, in order. */
export type MentionText = { text: string; mentions: readonly PlacedMention[] }

export const noText: MentionText = { text: '', mentions: [] }

const longestName = 80
const lengthOf = ({ name }: Pick<PlacedMention, 'name'>) => name.length + 1
const stands = (text: string, mention: PlacedMention) => text.startsWith(`@${mention.name}`, mention.at)

/** What a name is in one line of text. */
const inLine = (name: string) => {
  const flat = name.replace(/\s+/g, ' ').trim()
  return flat.length > longestName ? `${flat.slice(0, longestName - 1).trimEnd()}…` : flat
}

/** The same text after it was typed in: mentions move along, and one whose words were changed is words again. */
export function retyped({ text: before, mentions }: MentionText, text: string): MentionText {
  if (before === text) return { text, mentions }
  let start = 0
  const shorter = Math.min(before.length, text.length)
  while (start < shorter && before[start] === text[start]) start++
  let end = 0
  while (end < shorter - start && before[before.length - 1 - end] === text[text.length - 1 - end]) end++
  const grown = text.length - before.length
  const changedTo = before.length - end
  const kept = mentions.flatMap((mention) => {
    // Beside equal letters it cannot be told where somebody typed: what still reads as it did stays.
    const moved = { ...mention, at: mention.at + grown }
    if (mention.at >= changedTo && stands(text, moved)) return [moved]
    if (mention.at + lengthOf(mention) <= start && stands(text, mention)) return [mention]
    return stands(text, mention) ? [mention] : mention.at >= start && stands(text, moved) ? [moved] : []
  })
  return { text, mentions: kept }
}

/** Puts a mention in the place of what was typed to find it, and a space after it; `caret` is where one goes on. */
export function mentioned(value: MentionText, from: number, to: number, { reference, name }: { reference: Reference; name: string }): { value: MentionText; caret: number } {
  const shown = inLine(name)
  const after = value.text.slice(to)
  const words = `@${shown}${/^\s/.test(after) ? '' : ' '}`
  const text = value.text.slice(0, from) + words + after
  const grown = words.length - (to - from)
  const others = value.mentions.filter((mention) => mention.at + lengthOf(mention) <= from || mention.at >= to)
    .map((mention) => (mention.at >= to ? { ...mention, at: mention.at + grown } : mention))
  const mentions = [...others, { at: from, name: shown, reference }].sort((a, b) => a.at - b.at)
  return { value: { text, mentions }, caret: from + shown.length + 2 }
}

const escapeName = (name: string) => name.replace(/[\\`*_[\]<>~&!]/g, '\\$&')
const plainName = (name: string) => name.replace(/\\([\\`*_[\]<>~&!])/g, '$1')

/** As it is stored: Markdown in which a mention is a link to what it points at. */
export function mentionsToMarkdown({ text, mentions }: MentionText): string {
  let [markdown, at] = ['', 0]
  for (const mention of mentions) {
    if (mention.at < at || !stands(text, mention)) continue
    markdown += `${text.slice(at, mention.at)}[@${escapeName(mention.name)}](${referenceUrl(mention.reference)})`
    at = mention.at + lengthOf(mention)
  }
  return markdown + text.slice(at)
}

/** Back to what people type; links to other things stay as they are. `nameOf` knows what something is called by now. */
export function mentionsFromMarkdown(markdown: string, nameOf: (reference: Reference) => string | null = () => null): MentionText {
  const mentions: PlacedMention[] = []
  let [text, at] = ['', 0]
  for (const match of markdown.matchAll(/(?<!!)\[@((?:\\.|[^\\\]\n])*)\]\((missions:\/\/[^\s)]+)\)/g)) {
    const reference = parseReference(match[2] ?? '')
    const name = reference && inLine(nameOf(reference) ?? plainName(match[1] ?? ''))
    if (!name) continue
    text += markdown.slice(at, match.index)
    mentions.push({ at: text.length, name, reference })
    text += `@${name}`
    at = match.index + match[0].length
  }
  return { text: text + markdown.slice(at), mentions }
}

/** Reads what a device kept. */
export function readMentionText(value: unknown): MentionText {
  if (typeof value === 'string') return { text: value, mentions: [] }
  if (typeof value !== 'object' || value === null) return noText
  const { text, mentions } = value as Record<string, unknown>
  if (typeof text !== 'string') return noText
  const kept = (Array.isArray(mentions) ? mentions : []).flatMap((mention: unknown): PlacedMention[] => {
    if (typeof mention !== 'object' || mention === null) return []
    const { at, name, reference } = mention as Record<string, unknown>
    const { kind, id } = (reference ?? {}) as Record<string, unknown>
    const known = parseReference(`missions://${String(kind)}/${String(id)}`)
    return typeof at === 'number' && typeof name === 'string' && known ? [{ at, name, reference: known }] : []
  })
  return { text, mentions: kept.filter((mention) => stands(text, mention)).sort((a, b) => a.at - b.at) }
}

/** What is being typed to find a mention: from an `@` that begins a word up to the caret. `null` where nothing is. */
export function mentionQuery({ text, mentions }: MentionText, caret: number): { from: number; query: string } | null {
  const line = text.slice(Math.max(0, caret - 60), caret)
  const found = /(?:^|[\s([{"'>])@([^@\n]{0,50})$/u.exec(line)
  if (!found) return null
  const query = found[1] ?? ''
  const from = caret - query.length - 1
  if (/^\s|\s{2}|(?:\s\S*){4}/.test(query)) return null
  // Behind a mention that stands already.
  if (mentions.some((mention) => mention.at === from && caret > from)) return null
  return { from, query }
}
