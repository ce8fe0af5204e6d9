import type { ChatCompletionContentPart, ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import { isId, type FileId } from '#lib/board/ids.ts'
import type { Picture } from '../../tools/tool.ts'

const scheme = 'missions-file:'
/** What models take at most differs; more than this none does. In bytes. */
const largest = 18 * 1024 * 1024

export const seenTypes: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
export const isSeen = ({ type, size }: { type: string; size: number }) => seenTypes.includes(type) && size <= largest

/** Pictures as a message of their own: results of tools can only be text. */
export const showing = (pictures: readonly Picture[], words: string): ChatCompletionMessageParam => ({
  role: 'user',
  content: [
    { type: 'text', text: words },
    ...pictures.map(({ file, version, type }): ChatCompletionContentPart => ({ type: 'image_url', image_url: { url: `${scheme}${file}/${version}/${type}` } })),
  ],
})

export const hasPictures = (messages: readonly ChatCompletionMessageParam[]) =>
  messages.some(({ role, content }) => role === 'user' && Array.isArray(content) && content.some(({ type }) => type === 'image_url'))

/** Puts the files themselves in the place of references to them; without `read`, words that say that they are not shown. */
export async function resolvePictures(messages: readonly ChatCompletionMessageParam[], read: ((file: FileId, version: number) => Promise<Uint8Array>) | null): Promise<ChatCompletionMessageParam[]> {
  const resolve = async (part: ChatCompletionContentPart): Promise<ChatCompletionContentPart> => {
    if (part.type !== 'image_url' || !part.image_url.url.startsWith(scheme)) return part
    const [file = '', version = '', ...type] = part.image_url.url.slice(scheme.length).split('/')
    if (!read || !isId(file)) return { type: 'text', text: '[A picture that this model does not take.]' }
    try {
      const bytes = await read(file as FileId, Number(version))
      return { type: 'image_url', image_url: { url: `data:${type.join('/')};base64,${Buffer.from(bytes).toString('base64')}` } }
    } catch (error) {
      return { type: 'text', text: `[A picture that cannot be read: ${error instanceof Error ? error.message : String(error)}]` }
    }
  }
  return await Promise.all(messages.map(async (message): Promise<ChatCompletionMessageParam> =>
    message.role === 'user' && Array.isArray(message.content) ? { ...message, content: await Promise.all(message.content.map(resolve)) } : message))
}
