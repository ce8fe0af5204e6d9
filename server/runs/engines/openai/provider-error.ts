import OpenAI from 'openai'
import type { RunCode } from '#lib/board/run-record.ts'
import { withoutSecrets } from '../../../without-secrets.ts'

/**
 * What a failed request asks for. `again`: after a while, or after `waitMs` where the provider said so. `smaller`: the conversation does not fit
 * the model's window. `without`: the same without something that this endpoint or model does not take. `final`: no further try can help.
 */
export type Verdict =
  | { kind: 'again'; words: string; waitMs: number | null }
  | { kind: 'smaller'; words: string }
  | { kind: 'without'; what: 'usage' | 'pictures'; words: string }
  | { kind: 'final'; code: Extract<RunCode, 'engine_refused' | 'engine_answer'>; reason: string }

const longestWords = 1_000
const longestWait = 60_000

/** What the provider said, as it said it, but for the key: some repeat what they were sent. */
export const wordsOfProvider = (error: unknown, apiKey: string | null): string => withoutSecrets(saidBy(error), [apiKey]).slice(0, longestWords)

function saidBy(error: unknown): string {
  if (error instanceof OpenAI.APIError) {
    const body: unknown = error.error
    const told = typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string' ? body.message : error.message
    return told
  }
  const cause = error instanceof Error && error.cause instanceof Error && error.cause.message !== error.message ? `: ${error.cause.message}` : ''
  return `${error instanceof Error ? error.message : String(error)}${cause}`
}

function waitOf(error: unknown): number | null {
  const headers = error instanceof OpenAI.APIError ? error.headers : undefined
  const ms = Number(headers?.get('retry-after-ms') ?? NaN)
  const said = headers?.get('retry-after') ?? ''
  const seconds = Number(said || NaN)
  const until = Number.isNaN(seconds) ? Date.parse(said) - Date.now() : seconds * 1000
  const wait = Number.isNaN(ms) ? until : ms
  return Number.isNaN(wait) || wait < 0 ? null : Math.min(wait, longestWait)
}

const tooLong = /context.{0,20}(length|window)|maximum context|too many (input )?tokens|prompt is too long|exceeds? the (available )?context/i
const noPictures = /image|vision|multimodal|content type|content\[?.*type/i
const noUsage = /stream_options|include_usage/i

/** `sent`: what the request had in it that an endpoint may not know. */
export function judgeError(error: unknown, sent: { pictures: boolean; usage: boolean }, apiKey: string | null): Verdict {
  const words = wordsOfProvider(error, apiKey)
  const status = error instanceof OpenAI.APIError ? error.status as number | undefined : undefined
  if (status === undefined) return { kind: 'again', words: `${error instanceof OpenAI.APIConnectionError ? 'the connection failed' : 'the answer broke off'} (${words.replace(/[.]$/, '')})`, waitMs: null }
  const code = error instanceof OpenAI.APIError ? error.code : null
  if (status === 400 || status === 413 || status === 422) {
    if (code === 'context_length_exceeded' || tooLong.test(words)) return { kind: 'smaller', words }
    if (sent.usage && noUsage.test(words)) return { kind: 'without', what: 'usage', words }
    if (sent.pictures && noPictures.test(words)) return { kind: 'without', what: 'pictures', words }
  }
  if (status === 429 && code === 'insufficient_quota') return { kind: 'final', code: 'engine_refused', reason: refused(status, words) }
  if (status === 408 || status === 409 || status === 425 || status === 429 || status >= 500)
    return { kind: 'again', words: status === 429 ? `the provider limits the rate of requests (429: ${words})` : `the provider answered ${status} (${words})`, waitMs: waitOf(error) }
  return { kind: 'final', code: 'engine_refused', reason: refused(status, words) }
}

const hints: Record<number, string> = { 401: ' Check the key of the model’s endpoint.', 403: ' Check what the key may do.', 404: ' Check the model’s name and the endpoint’s address.', 429: ' Check the account’s credit.' }

const refused = (status: number, words: string) => `The model’s provider refused (${status}): ${words.replace(/\.?\s*$/, '.')}${hints[status] ?? ''}`
