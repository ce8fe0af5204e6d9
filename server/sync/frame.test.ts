import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { frame, framing } from './frame.ts'

const http = createServer()
const sockets = new WebSocketServer({ noServer: true })
let client: WebSocket
let stream: Duplex

beforeAll(async () => {
  http.on('upgrade', (request, socket, head) => sockets.handleUpgrade(request, socket, head, () => (stream = socket)))
  await once(http.listen(0, '127.0.0.1'), 'listening')
  client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`)
  await once(client, 'open')
})
afterAll(() => {
  client.terminate()
  sockets.close()
  http.close()
})

const bytes = (length: number) => Uint8Array.from({ length }, (_, at) => at % 251)

test.each([0, 1, 125, 126, 127, 255, 256, 65_535])('a client reads a frame of %i bytes as the message that it was', async (length) => {
  const received = once(client, 'message')
  stream.write(frame(bytes(length))!)
  const [message, isBinary] = await received as [Buffer, boolean]
  expect([Buffer.compare(message, bytes(length)), isBinary]).toEqual([0, true])
})

test('what is longer is not copied into a frame', () => {
  expect(frame(bytes(65_536))).toBe(null)
})

test('a message is framed once for all who get it, and what came between is not taken for it', () => {
  const frameOf = framing()
  const [first, second] = [bytes(10), bytes(20)]
  const framed = frameOf(first)
  expect(frameOf(first)).toBe(framed)
  expect(frameOf(bytes(70_000))).toBe(null)
  expect(frameOf(second)).toEqual(frame(second))
  expect(frameOf(first)).toEqual(framed)
})
