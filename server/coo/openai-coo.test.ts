import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import type { ActorId } from '#lib/board/ids.ts'
import type { CooQuestion } from './coo-engine.ts'
import { openaiCoo } from './openai-coo.ts'

const engineAt = (baseUrl: string) => openaiCoo({ kind: 'openai', baseUrl, apiKey: 'key', model: 'm', prices: {} })

const question = (text: string): CooQuestion => ({
  request: { text, files: [], now: Date.UTC(2026, 5, 1), timeZone: 'UTC', by: 'ada' as ActorId, projectId: null, people: [], staff: [], projects: [], missions: [], templates: [] },
  before: [], open: [], offered: new Set(['project']), board: [], templates: [], world: { today: '2026-06-01', me: null, member: () => null, project: () => null },
  records: async () => [], recent: async () => [], search: async () => [], signal: new AbortController().signal,
})

test('the connection that was opened while somebody wrote is the one on which the model is asked, and nothing is told on it before', async () => {
  const asked: { method?: string; key?: string }[] = []
  const endpoint = createServer((request, response) => {
    asked.push({ method: request.method!, ...request.headers.authorization && { key: request.headers.authorization } })
    if (request.method !== 'POST') return void response.writeHead(404).end('There is nothing here.')
    request.resume()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(`data: ${JSON.stringify({ id: 'a', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: { role: 'assistant', content: 'Here.' }, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`)
  }).listen(0, '127.0.0.1')
  let connections = 0
  endpoint.on('connection', () => connections++)
  await once(endpoint, 'listening')
  try {
    const engine = engineAt(`http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/v1`)
    await engine.prepare()
    let said = ''
    await engine.answer(question('Where is the crane?'), (words) => (said += words))
    expect(said).toBe('Here.')
    expect(asked).toEqual([{ method: 'OPTIONS' }, { method: 'POST', key: 'Bearer key' }])
    expect(connections).toBe(1)
  } finally {
    endpoint.close()
    endpoint.closeAllConnections()
  }
})

test('where nobody listens, whoever begins to write is not told', async () => {
  await expect(engineAt('http://127.0.0.1:9/v1').prepare()).resolves.toBeUndefined()
})
