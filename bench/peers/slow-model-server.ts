import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

// An OpenAI-compatible endpoint whose first word comes after so many milliseconds (the first argument), and another one every 40. A process of its
// own, as a model is: beside whoever drives the browsers it would be late whenever they have something to tell.

const firstMs = Number(process.argv[2])
const words = ['The ', 'crane ', 'stands ', 'at ', 'the ', 'north ', 'quay, ', 'where ', 'it ', 'was ', 'left.']

async function answer(request: IncomingMessage, response: ServerResponse) {
  if (request.method !== 'POST') return void response.writeHead(404).end()
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

const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()))
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())
