import type { Tried } from '#lib/staff/answers.ts'
import { withoutSecrets } from '../without-secrets.ts'

const tryMs = 30_000
const mostModels = 2_000

type Asked = { baseUrl: string; apiKey: string | null; model: string }
type Failed = { ok: false; message: string }

/** The package is loaded only when somebody asks: the server itself has no use for it. */
async function open({ baseUrl, apiKey }: Asked) {
  const { default: OpenAI } = await import('openai')
  // An endpoint that wants no key gets one that says so: the package takes none.
  return { OpenAI, client: new OpenAI({ baseURL: baseUrl, apiKey: apiKey ?? 'none', maxRetries: 0, timeout: tryMs, organization: null, project: null, webhookSecret: null }) }
}

/** The models that an endpoint lists, by name. */
export async function listModels(asked: Asked): Promise<{ ok: true; models: string[] } | Failed> {
  const { OpenAI, client } = await open(asked)
  try {
    const models: string[] = []
    for await (const { id } of client.models.list()) {
      models.push(id)
      if (models.length >= mostModels) break
    }
    return { ok: true, models: models.sort((a, b) => a.localeCompare(b)) }
  } catch (error) {
    return { ok: false, message: words(OpenAI, error, asked) }
  }
}

/** Some models think before they answer, and refuse a bound that leaves no room for it: they were reached all the same. */
const boundReached = /max_tokens|max_completion_tokens|output limit/i

/**
 * With a model, has it answer with one token: a list of models is public at some providers, whatever the key. Without one, the list is all that is asked for.
 */
export async function tryEngine(asked: Asked): Promise<Tried> {
  const began = performance.now()
  const ms = () => Math.round(performance.now() - began)
  const { model } = asked
  if (model === '') {
    const listed = await listModels(asked)
    if (!listed.ok) return listed
    return { ok: true, message: `It answers, and lists ${listed.models.length === 1 ? 'one model' : `${listed.models.length} models`}. Choose one.`, ms: ms(), models: listed.models }
  }
  const [tried, listed] = await Promise.all([answers(asked, ms), listModels(asked)])
  return { ...tried, ...listed.ok && { models: listed.models } }
}

async function answers(asked: Asked, ms: () => number): Promise<Tried> {
  const { model } = asked
  const { OpenAI, client } = await open(asked)
  try {
    const answer: unknown = await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Answer with the word: yes' }], max_completion_tokens: 1 })
    const isAnswer = typeof answer === 'object' && answer !== null && 'choices' in answer && Array.isArray(answer.choices)
    if (!isAnswer) return { ok: false, message: 'It answered, but not as a model does. Check the address: it mostly ends in /v1.' }
    return { ok: true, message: `${model} answers.`, ms: ms() }
  } catch (error) {
    if (error instanceof OpenAI.APIError && error.status === 400 && boundReached.test(error.message)) return { ok: true, message: `${model} answers.`, ms: ms() }
    return { ok: false, message: words(OpenAI, error, asked) }
  }
}

/** What the provider said, as it said it, and where it says nothing, what came of asking. */
function words(OpenAI: typeof import('openai').default, error: unknown, { baseUrl, apiKey }: Asked): string {
  const { host } = new URL(baseUrl)
  if (error instanceof OpenAI.APIConnectionTimeoutError) return `${host} did not answer within ${tryMs / 1000} seconds.`
  if (error instanceof OpenAI.APIConnectionError) {
    const code = causeOf(error)
    if (code === 'ECONNREFUSED') return `Nobody listens at ${host}.`
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `There is no host ${host}, as far as this machine knows.`
    return `${host} could not be reached${code ? ` (${code})` : ''}.`
  }
  if (!(error instanceof OpenAI.APIError)) return `What ${host} answered could not be read. Check the address: it mostly ends in /v1.`
  const body: unknown = error.error
  const said = typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string' ? body.message : error.message
  return withoutSecrets(`${host} refused (${error.status}): ${said.slice(0, 1_000)}`, [apiKey])
}

function causeOf(error: Error): string {
  for (let at: unknown = error.cause; at instanceof Error; at = at.cause) if ('code' in at && typeof at.code === 'string') return at.code
  return ''
}
