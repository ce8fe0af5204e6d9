import { HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { createEncoder, toUint8Array, writeVarInt, writeVarString, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { DocumentProvider } from './document-provider.ts'

const name = 'mission/sail'
const theirs = new Y.Doc()
let provider: DocumentProvider
let socket: HocuspocusProviderWebsocket
let drawings = 0

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  theirs.getArray('letters').delete(0, theirs.getArray('letters').length)
  socket = new HocuspocusProviderWebsocket({ url: 'ws://127.0.0.1:1', autoConnect: false })
  provider = new DocumentProvider({ name, websocketProvider: socket, document: new Y.Doc() })
  receive(Y.encodeStateAsUpdate(theirs))
  vi.advanceTimersByTime(1_000)
  drawings = 0
  provider.document.on('afterTransaction', ({ local }) => void (local || drawings++))
})
afterEach(() => {
  provider.destroy()
  socket.destroy()
  vi.useRealTimers()
})

function message(...write: ((encoder: ReturnType<typeof createEncoder>) => void)[]) {
  const encoder = createEncoder()
  writeVarString(encoder, name)
  for (const part of write) part(encoder)
  provider.onMessage(new MessageEvent('message', { data: toUint8Array(encoder).slice().buffer }))
}
const receive = (update: Uint8Array) => message((to) => writeVarUint(to, 0), (to) => writeVarUint(to, 2), (to) => writeVarUint8Array(to, update))
const acknowledged = () => message((to) => writeVarUint(to, 8), (to) => writeVarInt(to, 1))
function theyWrite(letters: string) {
  for (const letter of letters) {
    const before = Y.encodeStateVector(theirs)
    theirs.getArray('letters').push([letter])
    receive(Y.encodeStateAsUpdate(theirs, before))
  }
}
const shown = () => provider.document.getArray('letters').toArray().join('')
const write = () => provider.document.getMap('mine').set('at', performance.now())

test('what others write after a pause is there at once; what comes fast behind it is taken together', () => {
  theyWrite('a')
  expect(shown()).toBe('a')
  theyWrite('bcd')
  expect(shown()).toBe('a')
  vi.advanceTimersByTime(40)
  expect([shown(), drawings]).toEqual(['abcd', 2])
})

test('while one writes, what many write is taken between two keys, and an acknowledgement brings nothing of it', () => {
  theyWrite('abcd')
  vi.advanceTimersByTime(40)
  write()
  theyWrite('ef')
  acknowledged()
  expect(shown()).toBe('abcd')
  vi.advanceTimersByTime(110)
  expect(shown()).toBe('abcd')
  write()
  vi.advanceTimersByTime(34)
  expect(shown()).toBe('abcd')
  vi.advanceTimersByTime(1)
  expect(shown()).toBe('abcdef')
})

test('whoever stops writing sees what others wrote soon after', () => {
  theyWrite('abcd')
  vi.advanceTimersByTime(40)
  write()
  theyWrite('ef')
  vi.advanceTimersByTime(250)
  expect(shown()).toBe('abcdef')
})
