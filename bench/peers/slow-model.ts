import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export type SlowModel = { baseUrl: string; /** From asking it, without anything between, to its first word: ms. */ firstToken: () => Promise<number>; end: () => Promise<void> }

const words = ['The ', 'crane ', 'stands ', 'at ', 'the ', 'north ', 'quay, ', 'where ', 'it ', 'was ', 'left.']

/** An OpenAI-compatible endpoint whose first word comes after so many milliseconds, and another one every 40. */
export async function slowModel(firstMs: number): Promise<SlowModel> {
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()))
  async function answer(request: AsyncIterable<unknown>, response: import('node:http').ServerResponse) {
    for await (const _ of request);
    const piece = (delta: Record<string, unknown>, finish: string | null = null) =>
      response.write(`data: ${JSON.stringify({ id: 'a', object: 'chat.completion.chunk', created: 1, model: 'slow', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    await pause(firstMs)
    for (const [at, word] of words.entries()) {
      if (at > 0) await pause(40)
      piece(at === 0 ? { role: 'assistant', content: word } : { content: word })
    }
    piece({}, 'stop')
    response.end('data: [DONE]\n\n')
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  return {
    baseUrl,
    async firstToken() {
      const from = performance.now()
      const response = await fetch(`${baseUrl}/chat/completions`, { method: 'POST', body: '{}' })
      const reader = response.body!.getReader()
      await reader.read()
      const took = performance.now() - from
      await reader.cancel()
      return took
    },
    async end() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
