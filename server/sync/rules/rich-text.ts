import * as Y from 'yjs'
import { parseReference } from '#lib/board/reference.ts'
import type { Op } from '../resolve-update.ts'
import { refuse, type Refusal } from './rule.ts'

/** A property of a block or of a stretch of text: a tag, a link's address, a format; nothing that needs more room. */
const longestAttribute = 20_000

const isSmall = (value: unknown): boolean => {
  if (value instanceof Uint8Array || typeof value === 'bigint') return false
  return (JSON.stringify(value) ?? '').length <= longestAttribute
}

/** Attributes whose value is what a reader loads or follows without asking: a picture is a stored file, a mention something of ours. */
const addresses: Record<string, (value: unknown) => boolean> = {
  __src: (value) => typeof value === 'string' && parseReference(value)?.kind === 'file',
  __target: (value) => typeof value === 'string' && parseReference(value) !== null,
}

/**
 * Judges what an op writes below a root of rich text: elements, text with formats, and small plain properties. Documents within the
 * document, bytes and other kinds of types have no meaning there, and no editor could show or delete them.
 */
export function judgeRichText(what: string, { kind, path, content }: Op): Refusal | null {
  if (kind === 'delete' || content instanceof Y.ContentDeleted || content instanceof Y.ContentString) return null
  if (content instanceof Y.ContentFormat) return isSmall(content.value) ? null : refuse('wrong_value', `A format of the text of ${what} is too long.`)
  const isAddress = kind === 'set' ? addresses[path.at(-1) ?? ''] : undefined
  if (isAddress && !(content instanceof Y.ContentAny && content.arr.every(isAddress))) {
    return refuse('wrong_value', `A picture in ${what} is a stored file, and a mention leads to somebody or something of the workspace.`)
  }
  if (content instanceof Y.ContentAny) return content.arr.every(isSmall) ? null : refuse('wrong_value', `A property of the text of ${what} is too long, or no plain value.`)
  if (content instanceof Y.ContentEmbed) return isSmall(content.embed) ? null : refuse('wrong_value', `Something embedded in the text of ${what} is too long.`)
  if (content instanceof Y.ContentType) {
    const type = content.type.constructor
    if (type === Y.XmlElement || type === Y.XmlText || type === Y.Map) return null
  }
  return refuse('wrong_value', `The text of ${what} cannot hold this.`)
}
