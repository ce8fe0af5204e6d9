import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fetchUrl, isAllowed } from './fetch-url.ts'
import { isPublicAddress } from './guarded-fetch.ts'

let server: Server
let port: number
let asked: string[] = []
const signal = new AbortController().signal
const call = { id: 'c', signal }

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.headers.host}${request.url}`)
    const to = (location: string) => response.writeHead(302, { location }).end()
    if (request.url === '/page') response.setHeader('content-type', 'text/html; charset=utf-8').end('<title>Prices</title><script>evil()</script><h1>Prices</h1><p>They rose.</p>')
    else if (request.url === '/to-page') to('/page')
    else if (request.url === '/to-private') to(`http://private.example.com:${port}/page`)
    else if (request.url === '/to-metadata') to('http://169.254.169.254/latest/meta-data')
    else if (request.url === '/to-elsewhere') to(`http://elsewhere.org:${port}/page`)
    else if (request.url === '/to-file') to('file:///etc/passwd')
    else if (request.url === '/round') to('/round')
    else if (request.url === '/long') response.setHeader('content-type', 'text/plain').end('x'.repeat(6_000_000))
    else if (request.url === '/picture') response.setHeader('content-type', 'image/png').end('PNG')
    else if (request.url === '/cut') {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '100' })
      response.write('half')
      setTimeout(() => response.destroy(), 20)
    } else response.writeHead(404, { 'content-type': 'text/plain' }).end('No such page')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => new Promise((resolve) => {
  server.closeAllConnections()
  server.close(resolve)
}))

// The test's own server is on this machine, so its address passes for a public one; what names resolve to is the test's word.
const names: Record<string, string[]> = { 'www.example.com': ['127.0.0.1'], 'private.example.com': ['10.0.0.5'], 'both.example.com': ['127.0.0.1', '192.168.0.1'], 'elsewhere.org': ['127.0.0.1'] }
const tool = (allowed: string[]) => fetchUrl(allowed, { resolve: async (host) => names[host] ?? [], isPublic: (address) => address === '127.0.0.1' || isPublicAddress(address) })
const get = (path: string, host = 'www.example.com', allowed = ['*.example.com']) => tool(allowed).carryOut({ url: `http://${host}:${port}${path}` }, call)

test('a page of an allowed host is read as text, also behind a redirect', async () => {
  expect(await get('/page')).toEqual({ ok: true, material: `http://www.example.com:${port}/page`, text: `[http://www.example.com:${port}/page answered 200. Characters 1 to 28 of 28.]\nPrices\n\n# Prices\n\nThey rose.` })
  expect((await get('/to-page')).text).toContain('They rose.')
})

describe('[TOOL2] nothing else is asked', () => {
  test.each([
    ['a host that is not allowed', '/page', 'elsewhere.org', 'is not among the hosts that an owner allowed'],
    ['a host that leads to a private address', '/page', 'private.example.com', 'leads to a private address'],
    ['one that leads to a public and a private one', '/page', 'both.example.com', 'leads to a private address'],
    ['a host that there is not', '/page', 'nowhere.example.com', 'has no address'],
  ])('%s', async (_, path, host, words) => {
    asked = []
    expect(await get(path, host)).toEqual({ ok: false, text: expect.stringContaining(words) })
    expect(asked).toEqual([])
  })

  test.each([
    ['to a private host', '/to-private', 'leads to a private address'], ['to an address of the machine’s cloud', '/to-metadata', 'is not among the hosts'],
    ['to another host', '/to-elsewhere', 'is not among the hosts'], ['to a file', '/to-file', 'Only addresses that begin with http'], ['in a circle', '/round', 'redirected more than 5 times'],
  ])('a redirect %s', async (_, path, words) => {
    asked = []
    expect(await get(path)).toEqual({ ok: false, text: expect.stringContaining(words) })
    expect(asked.every((each) => each.startsWith(`www.example.com:${port}`))).toBe(true)
  })

  test('addresses in other forms', async () => {
    for (const url of ['file:///etc/passwd', 'http://user:pass@www.example.com/', 'http://2130706433/', 'http://0x7f000001/', 'http://[::1]/', 'gopher://www.example.com/', 'nonsense'])
      expect(await tool(['*.example.com']).carryOut({ url }, call), url).toMatchObject({ ok: false })
  })

  test.each(['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '198.18.0.1', '::1', '::', 'fe80::1', 'fc00::1', '::ffff:10.0.0.1', '::ffff:7f00:1', '64:ff9b::a00:1', '2002:a00:1::', 'ff02::1', 'nonsense'])(
    '%s is nobody’s but ours', (address) => expect(isPublicAddress(address)).toBe(false))
  test.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1::1'])('%s is anybody’s', (address) => expect(isPublicAddress(address)).toBe(true))

  test('an allowed host is that one, or all below it', () => {
    expect(isAllowed(['example.com'], 'example.com')).toBe(true)
    expect(isAllowed(['example.com'], 'www.example.com')).toBe(false)
    expect(isAllowed(['*.example.com'], 'a.b.example.com')).toBe(true)
    expect(isAllowed(['*.example.com'], 'notexample.com')).toBe(false)
    expect(isAllowed([], 'example.com')).toBe(false)
  })
})

test('a page has bounds, and what is none is said', async () => {
  expect((await get('/long')).text).toContain('Characters 1 to 40000 of 5000000, of a page that is longer than what is read. Read on with from: 40001.')
  expect(await get('/picture')).toMatchObject({ ok: false, text: expect.stringContaining('is no text (image/png') })
  expect(await get('/nothing')).toMatchObject({ ok: false, text: expect.stringContaining('answered 404') })
  expect(await get('/cut')).toMatchObject({ ok: false, text: expect.stringContaining('could not be fetched') })
})
