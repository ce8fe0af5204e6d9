const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
const letter = /\p{L}/u

export const isRightToLeft = (text: string) => rightToLeft.test(letter.exec(text)?.[0] ?? '')
export const hasRightToLeft = (text: string) => rightToLeft.test(text)

type Run = { rtl: boolean; words: string[] }

function runsOf(words: readonly string[], base: boolean): Run[] {
  const runs: Run[] = []
  for (const word of words) {
    const last = runs.at(-1)
    // Marks go with what stands before them; numbers run left to right everywhere.
    const rtl = rightToLeft.test(word) || (!letter.test(word) && !/\d/.test(word) && (last?.rtl ?? base))
    if (last && last.rtl === rtl) last.words.push(word)
    else runs.push({ rtl, words: [word] })
  }
  return runs
}

const longestRun = 60

/**
 * A line as pieces in the order in which they are seen from left to right. The PDF's layout sets pieces side by side as they come,
 * and its font shapes a piece without plain spaces as a whole, right to left where its letters do; so the words of such a piece
 * are kept in their own order, with hard spaces between them.
 */
export function visualPieces(line: string, base: boolean = isRightToLeft(line)): string[] {
  const runs = runsOf(
    line.split(' ').filter((word) => word !== ''),
    base,
  )
  const ordered = base ? runs.toReversed() : runs
  return ordered.flatMap(({ rtl, words }, index) => {
    if (!rtl) return [`${index > 0 ? '\u00a0' : ''}${words.join(' ')}${index < ordered.length - 1 ? '\u00a0' : ''}`]
    // In a line from left to right a long run must be able to wrap: it is then cut, each part in its right order.
    return base
      ? [words.join('\u00a0')]
      : cut(words)
          .map((part) => part.join('\u00a0'))
          .flatMap((part, at) => (at > 0 ? [' ', part] : [part]))
  })
}

function cut(words: readonly string[]): string[][] {
  const parts: string[][] = [[]]
  let length = 0
  for (const word of words) {
    if (length + word.length > longestRun) {
      parts.push([])
      length = 0
    }
    parts.at(-1)?.push(word)
    length += word.length + 1
  }
  return parts.filter((part) => part.length > 0)
}

/** A right-to-left paragraph broken into lines of at most `width` characters. */
export function linesOfWidth(paragraph: string, width: number): string[] {
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
  return line === '' ? lines : [...lines, line]
}
