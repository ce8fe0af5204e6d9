const time = '\\d{1,2}[:.]\\d{2}(?:[:.]\\d{2})?(?:\\s?[ap]\\.?m\\.?)?'
const date = '(?:\\d{1,4}[./-]\\d{1,2}[./-]\\d{2,4}|\\d{1,2}[./]\\d{1,2}\\.?|\\p{L}{3,9}\\.? \\d{1,2}(?:, \\d{4})?|\\d{1,2}\\.? \\p{L}{3,9}(?: \\d{4})?|today|yesterday|heute|gestern)'
const when = `\\[?(?:${date},?(?: at)? )?${time}\\]?`
const who = '\\p{Lu}[\\p{L} .\'-]{1,30}'

/** "[10:02] Ann: …", "25/11/2026, 18:01 - Bo: …": when a line of a chat was said. */
const stamped = new RegExp(`^[ \\t]*${when}[ \\t]*(?:[-–—|][ \\t]*)?(?=${who}:\\s)`, 'gimu')
/** "Ann, 14:02: …". */
const stampedBehind = new RegExp(`^[ \\t]*(${who}?)[ \\t,(|–—-]+${when}\\)?[ \\t]*[:–—-][ \\t]+(?=\\S)`, 'gimu')
/** "Ann  10:02 AM" alone above what she said. */
const spokenBelow = new RegExp(`^[ \\t]*(${who}?)[ \\t,|–—-]+${when}[ \\t]*$`, 'iu')
const mostStamps = 2

/** Says when each line of it was said. */
export const isTimed = (text: string) => asTalk(text) !== withCapitals(text)

/** "priya: the build is red" */
const lowerSpeaker = /^(\p{Ll})(\p{L}{1,14}:\s+\S)/gmu
/** Who says what, in a chat of people who write without capitals. */
function withCapitals(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const capital = text.replace(lowerSpeaker, (_, first: string, rest: string) => first.toUpperCase() + rest)
  return lines.length >= 3 && (text.match(lowerSpeaker) ?? []).length === lines.length && isTalk(capital) ? capital : text
}

/** A chat that was copied, as lines of who says what; anything else as it is. */
export function asTalk(typed: string): string {
  const text = withCapitals(typed)
  if ((text.match(stamped) ?? []).length >= mostStamps) return text.replace(stamped, '')
  if ((text.match(stampedBehind) ?? []).length >= mostStamps) return text.replace(stampedBehind, '$1: ')
  const lines = text.split('\n')
  if (lines.filter((line) => spokenBelow.test(line)).length < mostStamps) return text
  let speaker: string | null = null
  return lines.flatMap((line) => {
    const name = spokenBelow.exec(line)?.[1]?.trim()
    if (name !== undefined) {
      speaker = name
      return []
    }
    return [speaker === null || line.trim() === '' ? line : `${speaker}: ${line.trim()}`]
  }).join('\n')
}

/** Several lines that begin with who says them, one of them in the first person. */
export function isTalk(text: string): boolean {
  const lines = [...text.matchAll(/^(\p{Lu}[\p{L} .'-]{1,30})\s?:\s+(.*)$/gmu)]
  const said = lines.map(([, , words = '']) => words)
  // Who answers whom: a list of who does what names each once, or one after the other.
  const speakers = lines.map(([, name = '']) => name)
  const isAlternating = lines.length >= 3 && lines.length >= text.split('\n').filter((line) => line.trim() !== '').length * 0.8 && speakers.some((name, n) => n > 1 && speakers[n - 1] !== name && speakers.slice(0, n - 1).includes(name))
  if (isAlternating) return true
  return said.length >= 2 && said.some((words) => /^(?:did|does|do|is|are|has|have|what|when|who|where|why|how|which|hast|habt|ist|wer|wann|wo|as-tu|qui|quand|quién|cuándo)\s.*\?$/iu.test(words) || /^(?:i|i'll|i'm|we|yes|no|ok|sure|great|thanks|can you|could you|sounds|morning|hi|hey|ich|ja|nein|klar|oui|non|je|sí|yo)\b/iu.test(words))
}
