import { lookup } from 'node:dns/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** What was not fetched, with the reason in words. */
export class NotFetched extends Error {}
/** Nor will it be, as it is set up. */
export class NotAllowed extends NotFetched {}

type Fetched = { url: string; status: number; type: string; bytes: Uint8Array; cut: boolean }

export type FetchRules = {
  /** Whether this address may be asked; it is asked for each redirect too. */
  mayAsk: (url: URL) => boolean
  signal: AbortSignal
  /** In bytes; what comes beyond is not read. */
  most?: number
  timeoutMs?: number
  /** Sends this instead of asking; it is not sent on where somebody redirects. */
  post?: { body: string; headers: Readonly<Record<string, string>> }
  /** The addresses of a host, and which of them are anybody's. */
  resolve?: (host: string) => Promise<string[]>
  isPublic?: (address: string) => boolean
}

const mostRedirects = 5

const resolveHost = async (host: string) => (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address)

/** Whether an address belongs to the open internet: not to this machine, its network, or a range that leads to either. */
export function isPublicAddress(address: string): boolean {
  try {
    return ipaddr.process(address).range() === 'unicast'
  } catch {
    return false
  }
}

/**
 * Fetches one page from the open internet, or sends something there. The address that a host resolves to is checked, and the connection made to that very address, so
 * that no second answer of a name server can lead elsewhere; so is each redirect. Rejects with NotFetched.
 */
export async function guardedFetch(address: string, rules: FetchRules): Promise<Fetched> {
  const timeout = AbortSignal.timeout(rules.timeoutMs ?? 20_000)
  const signal = AbortSignal.any([rules.signal, timeout])
  try {
    let url = parse(address)
    for (let redirects = 0; ; redirects += 1) {
      const response = await ask(url, await checked(url, rules), signal, rules.post)
      const { statusCode: status = 0, headers: { location } } = response
      if (rules.post || status < 300 || status >= 400 || !location) return await read(url, response, rules.most ?? 5_000_000)
      response.destroy()
      if (redirects === mostRedirects) throw new NotFetched(`It was redirected more than ${mostRedirects} times.`)
      url = parse(URL.parse(location, url)?.href ?? '')
    }
  } catch (error) {
    rules.signal.throwIfAborted()
    if (timeout.aborted) throw new NotFetched('The page did not come in time.')
    if (error instanceof NotFetched) throw error
    throw new NotFetched(`The page could not be fetched: ${error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error)}.`)
  }
}

function parse(address: string): URL {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) throw new NotFetched('Only addresses that begin with http:// or https:// are fetched.')
  if (url.username || url.password) throw new NotFetched('Addresses with a name or password in them are not fetched.')
  return url
}

async function checked(url: URL, { mayAsk, resolve = resolveHost, isPublic = isPublicAddress }: FetchRules): Promise<string> {
  if (!mayAsk(url)) throw new NotAllowed(`${url.host} is not among the hosts that an owner allowed.`)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) ? [host] : await resolve(host).catch(() => [])
  const [first] = addresses
  if (first === undefined) throw new NotFetched(`${url.hostname} has no address.`)
  if (!addresses.every(isPublic)) throw new NotAllowed(`${url.hostname} leads to a private address, which is not asked.`)
  return first
}

const ask = (url: URL, address: string, signal: AbortSignal, post: FetchRules['post']) => new Promise<IncomingMessage>((resolve, reject) => {
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
    agent: false,
    signal,
    method: post ? 'POST' : 'GET',
    headers: {
      accept: 'text/html,text/plain,application/json,application/xml;q=0.9,*/*;q=0.5', 'accept-encoding': 'identity', 'user-agent': 'Missions',
      ...post && { 'content-length': Buffer.byteLength(post.body), ...post.headers },
    },
    lookup: (_host, { all }, found) => {
      const family = isIP(address)
      if (all) found(null, [{ address, family }])
      else found(null, address, family)
    },
  })
  request.once('response', resolve)
  request.once('error', reject)
  request.end(post?.body)
})

async function read(url: URL, response: IncomingMessage, most: number): Promise<Fetched> {
  const pieces: Buffer[] = []
  let length = 0
  let cut = false
  for await (const piece of response as AsyncIterable<Buffer>) {
    const room = most - length
    pieces.push(piece.subarray(0, room))
    length += Math.min(piece.byteLength, room)
    if (piece.byteLength > room) {
      cut = true
      response.destroy()
      break
    }
  }
  return { url: url.href, status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', bytes: Buffer.concat(pieces), cut }
}
