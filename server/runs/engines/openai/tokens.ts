import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import { clipped } from '#lib/wording.ts'

// Which tokenizer an endpoint has is not known here, so tokens are estimated: four characters of Latin text are about one token, other scripts take more.

/** What a picture takes, about. */
export const perPicture = 1_000
const others = /[^\u0000-\u024f]/g

export const tokensOf = (text: string): number => {
  const wide = text.length < 1_000_000 ? (text.match(others)?.length ?? 0) : 0
  return Math.ceil((text.length - wide) / 4 + wide)
}

/** The longest beginning of a text that has at most so many tokens. */
export function withinTokens(text: string, most: number): string {
  if (tokensOf(text) <= most) return text
  let length = Math.floor((text.length * most) / tokensOf(text))
  while (length > 0 && tokensOf(text.slice(0, length)) > most) length = Math.floor(length * 0.9)
  return clipped(text, length)
}

export function tokensOfMessage(message: ChatCompletionMessageParam): number {
  const { content } = message
  const text = typeof content === 'string' ? tokensOf(content)
    : (content ?? []).reduce((sum, part) => sum + (part.type === 'text' ? tokensOf(part.text) : part.type === 'image_url' ? perPicture : 0), 0)
  const calls = message.role === 'assistant' ? (message.tool_calls ?? []).reduce((sum, call) => sum + (call.type === 'function' ? tokensOf(call.function.arguments) + 10 : 0), 0) : 0
  return text + calls + 4
}

export const tokensOfAll = (messages: readonly ChatCompletionMessageParam[]) => messages.reduce((sum, message) => sum + tokensOfMessage(message), 0)
