import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { afterEach, describe, expect, test } from 'vitest'
import { standardGuards } from '#lib/board/staff.ts'
import { contextOf, keptLease, keptOutput } from '../../../../tests/support/run.ts'
import { writeFile } from '../../tools/write-file.ts'
import { OpenAIEngine } from './openai-engine.ts'

// Endpoints that are broken on the wire, which no well-behaved server can be made to be.

let server: Server | null = null
afterEach(async () => {
  const ended = server
  server = null
  ended?.closeAllConnections()
  await new Promise((resolve) => (ended ? ended.close(resolve) : resolve(undefined)))
})

const chunk = (delta: object, finish: string | null = null) => `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
const usage = `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [], usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 } })}\n\n`
const spoken = Buffer.from(`${chunk({ role: 'assistant', content: '' })}${chunk({ content: 'North sold ' })}${chunk({ content: 'möst: ✓.' })}${chunk({}, 'stop')}${usage}data: [DONE]\n\n`)
const called = Buffer.from(`${chunk({ role: 'assistant', content: null, tool_calls: [{ index: 0, id: 'one', type: 'function', function: { name: 'write_file', arguments: '' } }] })}${chunk({ tool_calls: [{ index: 0, function: { arguments: '{"name":"a.md",' } }] })}${chunk({ tool_calls: [{ index: 0, function: { arguments: '"content":"Ä"}' } }] })}${chunk({}, 'tool_calls')}data: [DONE]\n\n`)

type Answer = (response: ServerResponse, request: IncomingMessage) => void
const whole = (bytes: Buffer): Answer => (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(bytes)
const cutAfter = (bytes: Buffer, length: number): Answer => (response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.flushHeaders()
  response.write(bytes.subarray(0, length), () => setImmediate(() => response.destroy()))
}

/** Answers the requests in turn; the last answer is repeated. */
async function runAgainst(answers: Answer[], { silentMs = 10_000, signal = new AbortController().signal } = {}) {
  let asked = 0
  server = createServer((request, response) => {
    request.resume()
    request.once('end', () => answers[Math.min(asked++, answers.length - 1)]?.(response, request))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const baseUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/v1`
  const kept = keptOutput()
  const lease = keptLease()
  const engine = new OpenAIEngine({
    task: { kind: 'openai', baseUrl, apiKey: null, model: 'm', prices: {} }, guards: standardGuards, used: { turns: 0, inputTokens: 0, outputTokens: 0, micros: null, workingMs: 0 },
    autonomy: 'autonomous', alwaysAllowed: [], given: [], resume: null, lease: lease.lease, mark: 'a1b2c3', silentMs, firstPauseMs: 1, readFile: async () => new Uint8Array(),
    openTools: async () => ({ tools: [writeFile(kept.output)], close: async () => {} }),
  })
  const end = await engine.run(contextOf(), kept.output, signal)
  return { end, kept, lease, asked: () => asked }
}

describe('[ENGINE2] a stream that is cut', () => {
  const lengths = Array.from({ length: 24 }, (_, n) => n)
  // Every byte of the stream, 24 of them a test, so that a failure names where.
  test.each(Array.from({ length: Math.ceil(spoken.length / lengths.length) }, (_, part) => part * lengths.length))('within an answer, from byte %i on', async (from) => {
    for (const length of lengths.map((n) => from + n).filter((n) => n < spoken.length)) {
      const { end, kept } = await runAgainst([cutAfter(spoken, length), whole(spoken)])
      expect(end, `cut after byte ${length}`).toEqual({ summary: 'North sold möst: ✓.' })
      expect(kept.draft(), `cut after byte ${length}`).toBe('North sold möst: ✓.')
      server?.closeAllConnections()
      server?.close()
    }
  })

  test('within a call, at each twentieth byte: it is carried out once, or not at all', async () => {
    for (let length = 0; length < called.length; length += 20) {
      const { end, kept } = await runAgainst([cutAfter(called, length), whole(called), whole(spoken)])
      expect(end, `cut after byte ${length}`).toEqual({ summary: 'North sold möst: ✓.' })
      expect(kept.files.map(({ name }) => name), `cut after byte ${length}`).toEqual(['a.md'])
      expect(kept.textOf('a.md')).toBe('Ä')
      server?.closeAllConnections()
      server?.close()
    }
  })
})

describe('[ENGINE2] an endpoint', () => {
  test.each<[string, Answer]>([
    ['speaks no JSON', (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: {"broken\n\ndata: [DONE]\n\n')],
    ['speaks HTML', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in to the hotel’s network</h1>')],
    ['answers with nothing at all', (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end()],
    ['sends an error within its stream', (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: {"error":{"message":"The GPU caught fire"}}\n\n')],
    ['hangs up', (response) => response.destroy()],
    ['sends bytes of nothing', (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(Buffer.from([0xff, 0xfe, 0x00, 0x80]))],
  ])('that %s is tried again and then given up with a reason', async (_, answer) => {
    const { end, asked, kept } = await runAgainst([answer])
    expect(end).toMatchObject({ code: expect.stringMatching(/^engine_(unreachable|answer)$/), reason: expect.stringMatching(/\S{4,}/) })
    expect(asked()).toBeGreaterThan(1)
    expect(kept.lines('warning').length).toBeGreaterThan(0)
  })

  test('that takes the request and says nothing more is left after a while', async () => {
    const { end, asked } = await runAgainst([() => {}], { silentMs: 60 })
    expect(end).toMatchObject({ code: 'engine_unreachable', reason: expect.stringContaining('nothing came for') })
    expect(asked()).toBe(5)
  })

  test('that falls silent in the middle of an answer too', async () => {
    const half: Answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(spoken.subarray(0, 300))
    }
    const { end, kept } = await runAgainst([half, whole(spoken)], { silentMs: 100 })
    expect(end).toEqual({ summary: 'North sold möst: ✓.' })
    expect(kept.draft()).toBe('North sold möst: ✓.')
  })

  test('[ENGINE3] that is silent lets a cancelled run go at once', async () => {
    const cancel = new AbortController()
    const run = runAgainst([() => {}], { signal: cancel.signal })
    await new Promise((resolve) => setTimeout(resolve, 100))
    const from = performance.now()
    cancel.abort(new Error('cancelled'))
    await expect(run).rejects.toThrow('cancelled')
    expect(performance.now() - from).toBeLessThan(500)
  })

  test('that does not know how to count is not asked to, and its tokens are estimated and said to be', async () => {
    const strict: Answer = (response) => response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":{"message":"Unknown parameter: stream_options"}}')
    const uncounted = Buffer.from(spoken.toString().replace(usage, ''))
    const { end, kept, lease } = await runAgainst([strict, whole(uncounted)])
    expect(end).toEqual({ summary: 'North sold möst: ✓.' })
    expect(kept.lines('usage')[0]).toContain('written (estimated)')
    expect(lease.reports[0]?.inputTokens).toBeGreaterThan(100)
  })
})
