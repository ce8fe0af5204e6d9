import { contentOf } from './alike.ts'

const forbids = /^(?:but |and |please |also )*(?:do not|don't|never|must not|nicht|ne)\s+(.+?)(?=\s+(?:before|until|unless|without|as long as|this|yet|if|while|at|on|in|by)\b|[,.;:!?]|$)/i

/** What a request says must not be done, though it asks for just that: the sentence, word for word. */
export function contradictionTo(title: string, sentences: readonly string[]): string | null {
  const asked = new Set(contentOf(title))
  return sentences.find((sentence) => {
    const deed = contentOf(forbids.exec(sentence.trim())?.[1] ?? '')
    return deed.length >= 2 && deed.every((word) => asked.has(word))
  }) ?? null
}
