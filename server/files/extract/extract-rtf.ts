import { NoText, textBudget, type FileText } from './file-text.ts'

/** Groups that hold no text of the document. */
const apart = new Set(['fonttbl', 'colortbl', 'stylesheet', 'info', 'pict', 'object', 'header', 'footer', 'headerl', 'headerr', 'footerl', 'footerr', 'listtable', 'listoverridetable', 'generator', 'themedata', 'datastore', 'rsidtbl', 'latentstyles', 'xmlnstbl', 'fldinst', 'filetbl', 'revtbl'])
const marks: Record<string, string> = { par: '\n\n', line: '\n', sect: '\n\n', page: '\n\n', tab: '\t', cell: ' | ', row: '\n', emdash: '—', endash: '–', lquote: '‘', rquote: '’', ldblquote: '“', rdblquote: '”', bullet: '•', emspace: ' ', enspace: ' ' }
const codePages: Record<string, string> = { 437: 'windows-1252', 874: 'windows-874', 932: 'shift_jis', 936: 'gb18030', 949: 'euc-kr', 950: 'big5', 65001: 'utf-8' }

/** No document nests groups so deep. */
const deepest = 1_000

type Group = { skipped: boolean; unicodeSkip: number }

/** The text of a rich text: words and paragraphs; what they look like goes. `rtf` is read as Latin-1, a byte a character. */
export function extractRtf(rtf: string): FileText {
  const budget = textBudget()
  const groups: Group[] = []
  let group: Group = { skipped: false, unicodeSkip: 1 }
  let decoder = new TextDecoder('windows-1252')
  let out = ''
  let bytes: number[] = []
  /** How many characters stand in for the one before, for programs that do not know it. */
  let standIns = 0
  let starred = false
  const flush = () => {
    if (bytes.length > 0) out += decoder.decode(Uint8Array.from(bytes))
    bytes = []
  }
  const say = (text: string) => {
    if (group.skipped) return
    flush()
    out += text
  }
  const token = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi
  for (const [, word, number, hex, symbol, brace, text] of rtf.matchAll(token)) {
    if (out.length > 1024 * 1024 * 8) break
    if (brace === '{') {
      groups.push(group)
      if (groups.length > deepest) throw new NoText('is nested deeper than any document')
      group = { ...group }
      starred = false
    } else if (brace === '}') {
      flush()
      group = groups.pop() ?? group
    } else if (word !== undefined) {
      if (starred || apart.has(word)) {
        // Two that are marked as unknown to old programs hold text all the same.
        if (!(starred && /^(upr|ud|shpinst|shptxt)$/.test(word))) group.skipped = true
        starred = false
        continue
      }
      if (word === 'ansicpg') decoder = decoderFor(number ?? '')
      else if (word === 'uc') group.unicodeSkip = Number(number ?? 1)
      else if (word === 'u' && number !== undefined) {
        say(String.fromCharCode((Number(number) + 65_536) % 65_536))
        standIns = group.unicodeSkip
      } else if (word === 'bin') standIns = 0
      else if (marks[word] !== undefined) say(marks[word])
    } else if (hex !== undefined) {
      if (standIns > 0) standIns -= 1
      else if (!group.skipped) bytes.push(Number.parseInt(hex, 16))
    } else if (symbol === '*') starred = true
    else if (symbol !== undefined) {
      if (/[\\{}]/.test(symbol)) say(symbol)
      else if (symbol === '~') say(' ')
      else if (symbol === '_') say('-')
      else if (symbol === '\n' || symbol === '\r') say('\n\n')
    } else if (text !== undefined && !group.skipped) {
      const shown = text.slice(standIns)
      standIns = Math.max(0, standIns - text.length)
      flush()
      for (const character of shown) out += character
    }
  }
  flush()
  const markdown = budget.take(out.toWellFormed().replace(/[^\S\n]+/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n{3,}/g, '\n\n').trim())
  if (markdown === '') throw new NoText('has no text in it')
  return { parts: [{ kind: 'text', title: null, page: null, markdown }], pages: null, notes: budget.notes() }
}

function decoderFor(codePage: string): TextDecoder {
  try {
    return new TextDecoder(codePages[codePage] ?? `windows-${codePage}`)
  } catch {
    return new TextDecoder('windows-1252')
  }
}
