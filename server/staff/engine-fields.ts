import type { Price } from '#lib/board/run-record.ts'
import { staffLimits } from '#lib/board/staff.ts'
import { refuse, type Refusal } from '../auth/refusal.ts'

type EngineFields = { baseUrl?: string; model?: string; apiKey?: string | null; prices?: Readonly<Record<string, Price>> }

const longest = { url: 2_000, key: 4_000 }
const mostPrices = 500
/** In dollars for a million tokens; beyond it somebody meant something else. */
const highestPrice = 100_000

const control = /[\p{Cc}\p{Zl}\p{Zp}]/u
const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isAmount = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= highestPrice

/** What an owner says of the endpoint of models; each field by itself. */
export function readEngineFields({ baseUrl, model, apiKey, prices }: Readonly<Record<string, unknown>>): { ok: true; fields: EngineFields } | Refusal {
  const fields: EngineFields = {}
  if (baseUrl !== undefined) {
    const url = typeof baseUrl === 'string' && baseUrl.length <= longest.url ? URL.parse(baseUrl.trim()) : null
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
      return refuse('invalid', 'The address must look like https://api.openai.com/v1, without a key in it.', 'baseUrl')
    }
    fields.baseUrl = url.href.replace(/\/+$/, '')
  }
  if (model !== undefined) {
    if (typeof model !== 'string' || model.trim().length > staffLimits.model || control.test(model.trim())) return refuse('invalid', `The model is a name of at most ${staffLimits.model} characters.`, 'model')
    fields.model = model.trim()
  }
  if (apiKey !== undefined) {
    if (apiKey !== null && (typeof apiKey !== 'string' || apiKey.trim() === '' || apiKey.length > longest.key || !/^[\x21-\x7e]+$/.test(apiKey.trim()))) {
      return refuse('invalid', 'This is no key: it has letters, digits and signs, and no spaces.', 'apiKey')
    }
    fields.apiKey = apiKey === null ? null : (apiKey as string).trim()
  }
  if (prices !== undefined) {
    if (!isFields(prices) || Object.keys(prices).length > mostPrices) return refuse('invalid', `"prices" must be an object of at most ${mostPrices} models.`, 'prices')
    const read: [string, Price][] = []
    for (const [name, price] of Object.entries(prices)) {
      if (name.length > staffLimits.model || !isFields(price) || !isAmount(price.input) || !isAmount(price.output)) {
        return refuse('invalid', `The price of “${name.slice(0, 60)}” must be dollars for a million tokens, {"input": 1.5, "output": 6}.`, 'prices')
      }
      read.push([name, { input: price.input, output: price.output }])
    }
    fields.prices = Object.fromEntries(read)
  }
  return { ok: true, fields }
}
