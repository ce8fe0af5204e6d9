import * as Y from 'yjs'
import { isReference } from './rich-text.ts'

type MentionIn = {
  /** A reference, `missions://person/<id>`. */
  target: string
  /** What it stands in, at the top of the text. */
  block: Y.XmlElement | Y.XmlText
  /** The Yjs client that wrote whom it names. */
  client: number
}

/** The mentions in a rich text, in their order. It reads no words: a text of megabytes is gone through in milliseconds. */
export function mentionsIn(root: Y.XmlElement): MentionIn[] {
  const found: MentionIn[] = []
  const walk = (type: Y.AbstractType<unknown>, block: MentionIn['block'] | null) => {
    for (let item = type._start; item; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentType)) continue
      const inner = item.content.type as unknown as Y.AbstractType<unknown>
      if (!(inner instanceof Y.XmlElement) && !(inner instanceof Y.XmlText)) continue
      if (inner instanceof Y.XmlElement && inner.nodeName === 'mention') {
        const named = inner._map.get('__target')
        const target = named && !named.deleted ? named.content.getContent().at(-1) as unknown : null
        if (named && isReference(target)) found.push({ target, block: block ?? inner, client: named.id.client })
      } else walk(inner as Y.AbstractType<unknown>, block ?? inner)
    }
  }
  walk(root as Y.AbstractType<unknown>, null)
  return found
}
