const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
const strong = /[\p{L}]/u

export const isRightToLeft = (text: string) => rightToLeft.test(strong.exec(text)?.[0] ?? '')
export const hasRightToLeft = (text: string) => rightToLeft.test(text)

const isWordRtl = (word: string) => rightToLeft.test(word)

function runs(words: readonly string[], base: boolean): { rtl: boolean; words: string[] }[] {
  const all: { rtl: boolean; words: string[] }[] = []
  for (const word of words) {
    const last = all.at(-1)
    // Numbers and marks go with what stands before them.
    const rtl = isWordRtl(word) || !strong.test(word) && !/\d/.test(word) && (last?.rtl ?? base)
    if (last && last.rtl === rtl) last.words.push(word)
    else all.push({ rtl, words: [word] })
  }
  return all
}

/**
 * The words of one line in the order in which they are seen from left to right. The PDF's layout sets words side by side as they
 * come; within a word the font's shaping does the rest.
 */
export function visualOrder(line: string, base: boolean = isRightToLeft(line)): string {
  const ordered = runs(line.split(' ').filter((word) => word !== ''), base)
    .map((run) => (run.rtl ? run.words.toReversed() : run.words).join(' '))
  return (base ? ordered.toReversed() : ordered).join(' ')
}

/** A right-to-left paragraph broken into lines of at most `width` characters, each in visual order. */
export function visualLines(paragraph: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  if (line !== '') lines.push(line)
  return lines.map((text) => visualOrder(text, true))
}
