import { StringDecoder } from 'node:string_decoder'

const shown = new Set(['title', 'markdown', 'csv'])

/** Where the string of JSON ends that `at` is in; -1 where the piece ends first. */
function endOfString(json: string, at: number): number {
  for (let end = json.indexOf('"', at); end >= 0; end = json.indexOf('"', end + 1)) {
    let slashes = 0
    while (end - slashes > at && json[end - slashes - 1] === '\\') slashes += 1
    if (slashes % 2 === 0) return end
  }
  return -1
}

/** What of an escape stands at the end of a piece. */
const halfEscape = (raw: string): string => /(?:^|[^\\])(?:\\\\)*(\\(?:u[0-9a-f]{0,3})?)$/i.exec(raw)?.[1] ?? ''

/**
 * The beginning of the text inside a file, in words as `plainText` puts them, out of a FileText as JSON that comes in pieces: eight million
 * characters of which two are wanted, whole and parsed, are 60 MB, and as many milliseconds in which nothing else goes on.
 */
export async function beginningOfText(pieces: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  let words = ''
  let key = ''
  let string = ''
  let inside = false
  let held = ''
  const decoder = new StringDecoder()
  for await (const piece of pieces) {
    const json = held + decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))
    held = ''
    for (let at = 0; at < json.length;) {
      if (!inside) {
        const next = json.slice(at).search(/[":,]/)
        if (next < 0) break
        at += next + 1
        const mark = json[at - 1]
        if (mark === ':') key = string
        else if (mark === ',') key = ''
        else {
          inside = true
          string = ''
          if (shown.has(key) && words !== '') words += '\n\n'
        }
        continue
      }
      const end = endOfString(json, at)
      const raw = json.slice(at, end < 0 ? undefined : end)
      if (end < 0) held = halfEscape(raw)
      const read = JSON.parse(`"${raw.slice(0, raw.length - held.length)}"`) as string
      if (shown.has(key)) words += read
      else string += read
      inside = end < 0
      at = end < 0 ? json.length : end + 1
    }
    if (words.length >= most) break
  }
  return words.slice(0, most)
}
