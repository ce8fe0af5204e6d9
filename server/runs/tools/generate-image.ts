import OpenAI from 'openai'
import { z } from 'zod'
import type { RunOutput } from '../engine.ts'
import { wordsOfProvider } from '../engines/openai/provider-error.ts'
import type { EngineTask } from '../protocol.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { defineTool, failed } from './tool.ts'

const waitMs = 180_000
const mostBytes = 30_000_000
const ofOpenAI = 'gpt-image-1'

/** Asks the endpoint of the model for pictures. Which models it has for that is not told anywhere, so it is asked for its own choice where it does not know ours. */
export const generateImage = ({ task, output }: { task: Extract<EngineTask, { kind: 'openai' }>; output: Pick<RunOutput, 'artifact'> }) => defineTool({
  name: 'generate_image',
  told: 'Has a picture made from a description and leaves it on the mission as PNG; it is shown to you.',
  args: z.object({
    name: z.string().min(1).max(120).describe('File name without an ending'),
    prompt: z.string().min(1).max(8_000).describe('What the picture shows, and how'),
    size: z.enum(['1024x1024', '1536x1024', '1024x1536']).optional(),
  }),
  async carryOut({ name, prompt, size }, { id: call, signal }) {
    const client = new OpenAI({ baseURL: task.baseUrl, apiKey: task.apiKey || 'none', maxRetries: 1, timeout: waitMs, organization: null, project: null, logLevel: 'off' })
    const ask = (model?: string) => client.images.generate({ prompt, n: 1, ...size ? { size } : {}, ...model ? { model } : {} }, { signal })
    let made: Awaited<ReturnType<typeof ask>>
    try {
      made = await ask(ofOpenAI).catch((error: unknown) => {
        if (error instanceof OpenAI.BadRequestError && /model/i.test(error.message)) return ask()
        throw error
      })
    } catch (error) {
      signal.throwIfAborted()
      const cannot = error instanceof OpenAI.NotFoundError || error instanceof OpenAI.APIError && error.status === 405
      return failed(cannot ? `The endpoint of ${task.model} makes no pictures (${wordsOfProvider(error, task.apiKey)}). Go on without one.` : `No picture was made: ${wordsOfProvider(error, task.apiKey)}`)
    }
    const [first] = made.data ?? []
    const bytes = first?.b64_json ? Buffer.from(first.b64_json, 'base64')
      : first?.url ? (await guardedFetch(first.url, { mayAsk: () => true, signal, most: mostBytes, timeoutMs: waitMs })).bytes
      : null
    if (!bytes || bytes.byteLength === 0) return failed('The provider answered without a picture.')
    const type = bytes[0] === 0xff ? 'image/jpeg' : bytes.subarray(8, 12).toString() === 'WEBP' ? 'image/webp' : 'image/png'
    const file = `${name.replace(/\.(png|jpe?g|webp)$/i, '')}.${type === 'image/jpeg' ? 'jpg' : type.slice(6)}`
    const { id, version } = await output.artifact({ name: file, type, bytes, call })
    return { ok: true, text: `Made ${file} (file ${id}, version ${version}).`, pictures: [{ file: id, version, name: file, type }] }
  },
})
