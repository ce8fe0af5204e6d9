import type { Readable } from 'node:stream'
import { Parser } from 'htmlparser2'
import { sniffEncoding } from './encoding.ts'
import { NoText } from './file-text.ts'

export type XmlHandler = {
  /** `name` without its prefix; attributes are asked for by theirs, since `r:id` and `id` are two. */
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
  /** Asked now and then: whether nothing more is wanted. */
  done?(): boolean
}

/** No document is nested so deep; what is would only be slow. */
const deepest = 1_000

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

/**
 * Reads XML as it streams by, in memory that does not grow with it. Entities that a document defines itself are not known here, so
 * that nothing multiplies. Throws NoText for what is nested beyond reason or breaks off.
 */
export async function readXml(stream: Readable, handler: XmlHandler): Promise<void> {
  let depth = 0
  const parser = new Parser({
    onopentag(name, attributes) {
      if ((depth += 1) > deepest) throw new NoText('is nested deeper than any document')
      handler.open?.(localName(name), attributes)
    },
    onclosetag(name) {
      depth -= 1
      handler.close?.(localName(name))
    },
    ontext: (text) => handler.text?.(text),
  }, { xmlMode: true, decodeEntities: true })
  let decoder: TextDecoder | null = null
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      decoder ??= new TextDecoder(sniffEncoding(chunk) === 'utf-16le' ? 'utf-16le' : sniffEncoding(chunk) === 'utf-16be' ? 'utf-16be' : 'utf-8')
      parser.write(decoder.decode(chunk, { stream: true }))
      if (handler.done?.()) return
    }
    parser.end(decoder?.decode() ?? '')
  } catch (error) {
    if (error instanceof NoText) throw error
    throw new NoText('is damaged: what it holds cannot be unpacked')
  } finally {
    stream.destroy()
  }
}
