/** A text up to this length, in characters, is found as one. Of a longer one, each piece is found by itself, and written by itself when it changes. */
const whole = 16_000
/** A piece has about so many, and at most as many as a whole: a letter that is typed has its piece written anew. */
const usual = 1_500

/** Where a piece ends is for its own last line to say: what is written before it moves no other piece's end. */
function endsPiece(line: string): boolean {
  if (line.length >= usual) return true
  let sum = 0
  for (let at = Math.max(0, line.length - 16); at < line.length; at++) sum = (sum * 31 + line.charCodeAt(at)) % 65_521
  return sum % 3 === 0
}

/** No word and no letter is cut in two where there is a space to cut at. */
function cutAt(text: string): number {
  const space = text.lastIndexOf(' ', whole)
  if (space > usual) return space
  return /[\ud800-\udbff]/.test(text[whole - 1]!) ? whole - 1 : whole
}

/** A text by lines, in pieces. Put together, with a line's end between, they are the text, but for a line that is too long for a piece. */
export function piecesOf(text: string): string[] {
  if (text.length <= whole) return [text]
  const pieces: string[] = []
  let lines: string[] = []
  let length = 0
  const close = () => {
    if (lines.length > 0) pieces.push(lines.join('\n'))
    lines = []
    length = 0
  }
  for (const line of text.split('\n')) {
    let rest = line
    if (length + rest.length > whole) close()
    for (; rest.length > whole; rest = rest.slice(cutAt(rest))) pieces.push(rest.slice(0, cutAt(rest)))
    lines.push(rest)
    length += rest.length + 1
    if (length >= usual && endsPiece(rest)) close()
  }
  close()
  return pieces
}
