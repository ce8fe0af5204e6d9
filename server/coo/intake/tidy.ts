import { asTalk } from './talk.ts'

/** Of a page that was copied with its tags: where lines end, and the words. */
const withoutTags = (text: string) => /<br\s*\/?>|<\/(?:p|div|li)>/i.test(text)
  ? text.replace(/<br\s*\/?>|<\/(?:p|div|li|h\d|tr)>/gi, '\n').replace(/<li[^<>]{0,200}>/gi, '- ').replace(/<\/?[a-z][^<>]{0,300}>/gi, '').replace(/&nbsp;/g, ' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&') : text

/** A mail that is quoted as a whole is what is meant, and boxes in one line are as many lines. */
const unquoted = (text: string) => text.split('\n').every((line) => line.trim() === '' || /^\s*>/.test(line)) ? text.replace(/^\s*>[ \t]?/gm, '') : text
/** What is struck out is done with. */
const unstruck = (text: string) => text.replace(/^[ \t]*(?:[-*+•] )?~~[^~\n]+~~[ \t]*\n?/gm, '').replace(/~~[^~\n]+~~[ \t]*/g, '')
const boxed = (text: string) => text.replace(/^.*\[[ xX]?\][^\n]+\[[ xX]?\].*$/gm, (line) => line.replace(/(?<=\S)[ \t]+(?=\[[ xX]?\][ \t])/g, '\n'))

/** "TOP 2: …", as agendas number what is talked about. */
const numbered = (text: string) => text.replace(/^[ \t]*(?:TOP|Tagesordnungspunkt|Punkt|Point|Item|Punto)[ \t]*(\d{1,2})[ \t]*[:.)–-][ \t]+(?=\S)/gim, '$1. ')

/** "1 balloons", "2 cake": numbers in their order without anything behind them. */
function counted(text: string): string {
  const lines = text.split('\n')
  const at = lines.flatMap((line, n) => (/^[ \t]*\d{1,2}[ \t]+\p{L}/u.test(line) ? [n] : []))
  return at.length >= 3 && at.every((line, n) => Number.parseInt(lines[line] ?? '', 10) === n + 1) ? lines.map((line, n) => (at.includes(n) ? line.replace(/\d+/, '$&.') : line)).join('\n') : text
}

/** The form of a request without what means nothing: spaces of tables that were typed, stamps of time of a chat, a space before a colon. */
export function tidy(text: string): string {
  return asTalk(numbered(counted(boxed(unstruck(unquoted(withoutTags(text)))))).replace(/\r\n?/g, '\n').replace(/(?<=\S) {3,}/g, '  ').replace(/\t{12,}/g, '\t').replace(/^[ ]{40,}/gm, '        ').replace(/\n{4,}/g, '\n\n\n').replace(/(?<=\p{L})[ \u00a0\u202f]+(?=[:;!?](?:\s|$))/gu, '').trim())
}

const short: readonly (readonly [RegExp, string])[] = [
  [/\bill (?=(?:also |just |then |quickly )?(?:do|get|take|order|call|ring|send|bring|make|write|ask|check|book|buy|fix|sort|print|pick|update|finish|see to|look|talk|clean|prepare|put|come|phone|email|pay|move|have a)\b)/gi, 'I\'ll '],
  [/\bwere (?=(?:still |nearly |almost )?(?:out of|running (?:out|low)|low on)\b)/gi, 'we\'re '],
  [/\bdont\b/gi, 'don\'t'], [/\b(ca|wo|does|did|is|have|has)nt\b/gi, '$1n\'t'], [/\bim (?=\p{L}+ing\b|going|not|off|away|out)/giu, 'I\'m '],
]

/** What somebody says while they think, and how they go on to something else. */
export const asWritten = (text: string) => short.reduce((whole, [typed, meant]) => whole.replace(typed, meant), text)
  .replace(/(?<![\p{L}\p{N}'-])(?:um+|uh+|erm+|uhm+|hm{2,})(?![\p{L}\p{N}'-])[,.…]*[ \t]*/giu, '')
  .replace(/[ \t,]*(?<![\p{L}'])(?:and[ \t]+)?oh(?:[ \t,]+(?:yeah|and|also|wait|right))+[ \t,]+(?=\p{L})/giu, (_, at: number, all: string) => /[.?!]$/.test(all.slice(0, at)) ? ' ' : '. ').replace(/^[.\s]+/, '')
