import { askInMinutes } from './third-person.ts'
import type { Reading } from './reading.ts'

const joint = /[,;]\s+(?:(?:and|und|et|y|second|third|then|finally)[\s,]+)*(?:please\s+)?(?=@?\p{Lu}|I\s|ich\s|je\s|yo\s|someone\s|somebody\s)|\s(?:and|und|et|y|while|während)\s+(?:please\s+)?(?=@?\p{Lu}\p{Ll}|I\s|ich\s|je\s|yo\s|someone\s|somebody\s)/gu

/** Tells when, before anybody does anything. */
const meanwhile = /^(?:while|during|as long as|until|because|since|when|während|solange|pendant que|tant que|mientras)\s[^,]{3,80},\s+/i

/** "Jonas builds the stage, Bo does the lights": who does what, told of several people one after the other, is what they are to do. `null` where it is told of one alone. */
export function handedOut(whole: string, reading: Reading): string[] | null {
  const sentence = whole.replace(meanwhile, '')
  const parts: string[] = []
  let from = 0
  const isGiven = (part: string) => {
    const { kind, who } = askInMinutes(part, reading, false)
    return kind === 'order' && who !== null
  }
  for (const match of sentence.matchAll(joint)) {
    const [head, rest] = [sentence.slice(from, match.index), sentence.slice(match.index + match[0].length)]
    if (!isGiven(head) || !isGiven(rest.split(joint)[0] ?? rest)) continue
    parts.push(head)
    from = match.index + match[0].length
  }
  return parts.length === 0 ? null : [...parts, sentence.slice(from)]
}
