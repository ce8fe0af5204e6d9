import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'

type Asked = { model: string; messages: unknown }
/** How an endpoint answers a request of one model; `count` is that of its requests, from 1. */
export type Misbehaviour = (response: ServerResponse, count: number, asked: Asked) => void

const event = (body: object) => `data: ${JSON.stringify(body)}\n\n`
const chunk = (delta: object, finish: string | null = null) => event({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })
const streams = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' })
const done = 'data: [DONE]\n\n'

/** Answers that are whole, and what endpoints do instead. */
export const answers = {
  says: (text: string): Misbehaviour => (response) => streams(response).end(`${chunk({ role: 'assistant', content: text })}${chunk({}, 'stop')}${done}`),
  calls: (name: string, args: string): Misbehaviour => (response, count) =>
    streams(response).end(`${chunk({ role: 'assistant', content: null, tool_calls: [{ index: 0, id: `call${count}`, type: 'function', function: { name, arguments: args } }] })}${chunk({}, 'tool_calls')}${done}`),
  refuses: (status: number, message: string): Misbehaviour => (response) => response.writeHead(status, { 'content-type': 'application/json', 'retry-after-ms': '50' }).end(JSON.stringify({ error: { message } })),
  neverEnds: (megabytes: number): Misbehaviour => (response) => {
    streams(response)
    const piece = chunk({ content: 'all work and no play '.repeat(500) })
    let left = Math.ceil(megabytes * 100)
    const write = () => {
      while (left-- > 0 && !response.destroyed) if (!response.write(piece)) return void response.once('drain', write)
      response.end(done)
    }
    write()
  },
  breaksOff: (text: string): Misbehaviour => (response) => streams(response).write(chunk({ content: text }), () => response.destroy()),
  keepsSilent: (): Misbehaviour => () => {},
  goesOn: (text: string): Misbehaviour => (response) => {
    streams(response)
    const timer = setInterval(() => response.write(chunk({ content: text })), 50)
    response.once('close', () => clearInterval(timer))
  },
}

/** An endpoint of models that are each broken in a way of their own, as no well-behaved server can be made to be. */
export async function brokenModels(models: Record<string, Misbehaviour | readonly Misbehaviour[]>) {
  const counts = new Map<string, number>()
  const requests: Asked[] = []
  const server = createServer((request, response) => {
    if (request.method !== 'POST') return void response.writeHead(404).end()
    let body = ''
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece)).once('end', () => {
      const asked = JSON.parse(body) as Asked
      requests.push(asked)
      const count = (counts.get(asked.model) ?? 0) + 1
      counts.set(asked.model, count)
      const does = [models[asked.model] ?? answers.refuses(404, 'No such model')].flat()
      does[Math.min(count, does.length) - 1]!(response, count, asked)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    baseUrl: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/v1`,
    asked: (model: string) => requests.filter((each) => each.model === model),
    stop: () => new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}
