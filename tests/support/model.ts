import { LLMock, type ChatCompletionRequest } from '@copilotkit/aimock'

/** What the model answers: words, calls of tools, or a refusal of its provider. `args` that are a string go out as they are, valid or not. */
export type Reply = {
  say?: string
  calls?: { name: string; args: unknown; id?: string }[]
  usage?: { input: number; output: number }
  finish?: string
  refuse?: { status: number; message: string; code?: string; retryAfterSeconds?: number }
}

/** One answer to one request. `msPerPiece` is the time between two pieces of `pieceLength` characters; after `cutAfter` pieces the connection breaks. */
export type Turn = { reply: Reply | ((asked: ChatCompletionRequest) => Reply); msPerPiece?: number; pieceLength?: number; cutAfter?: number }

export type ScriptedModel = Awaited<ReturnType<typeof scriptedModel>>

/** The smallest PNG: one red point. */
export const redPoint = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='

const isTurn = (given: Turn | Reply): given is Turn => 'reply' in given

/**
 * An OpenAI-compatible server that answers as it was told. Each model's name has a script of its own, answered turn by turn in the order of its
 * requests, so that several staff at once need not be told apart otherwise; whatever goes beyond a script is refused with 404.
 * With `key`, whoever brings another one is refused with 401.
 */
export async function scriptedModel({ key }: { key?: string } = {}) {
  const server = new LLMock({ port: 0, logLevel: 'silent', ...key ? { auth: { apiKeys: [key] } } : {} })
  const served = new Map<string, number>()
  // Its own journal leaves out what is long.
  const asked: ChatCompletionRequest[] = []
  let scripts = 0
  const current = new Map<string, number>()
  await server.start()

  return {
    /** What goes into OPENAI_BASE_URL. */
    baseUrl: `${server.url}/v1`,

    /** Gives a model its script, in place of the one that it had. With `forever` the last turn is repeated without end. */
    script(model: string, turns: readonly (Turn | Reply)[], { forever = false } = {}) {
      const script = scripts++
      current.set(model, script)
      served.set(model, 0)
      for (const [index, given] of turns.entries()) {
        const { reply, msPerPiece, pieceLength, cutAfter } = isTurn(given) ? given : { reply: given }
        const due = () => {
          const count = served.get(model) ?? 0
          return current.get(model) === script && (count === index || forever && index === turns.length - 1 && count > index)
        }
        server.addFixture({
          match: { predicate: (request) => request.model === model && request._endpointType !== 'image' && due() },
          response: (request) => {
            asked.push(request)
            served.set(model, (served.get(model) ?? 0) + 1)
            return answerOf(typeof reply === 'function' ? reply(request) : reply)
          },
          ...msPerPiece === undefined ? {} : { latency: msPerPiece },
          ...cutAfter === undefined ? {} : { truncateAfterChunks: cutAfter },
          chunkSize: pieceLength ?? 12,
        })
      }
    },

    /** Pictures that it makes of any prompt. */
    makesPictures: () => server.onImage(/.*/s, { image: { b64Json: redPoint } }),

    /** What was asked of a model by its scripts so far, oldest first. */
    asked: (model: string) => asked.filter((request) => request.model === model),

    stop: () => server.stop(),
  }
}

function answerOf({ say, calls, usage, finish, refuse }: Reply) {
  if (refuse) {
    const { status, message, code, retryAfterSeconds } = refuse
    return { error: { message, ...code ? { code } : {} }, status, ...retryAfterSeconds === undefined ? {} : { retryAfter: retryAfterSeconds } }
  }
  const overrides = {
    ...usage ? { usage: { prompt_tokens: usage.input, completion_tokens: usage.output } } : {},
    ...finish ? { finishReason: finish } : {},
  }
  const toolCalls = calls?.map(({ name, args, id }) => ({ name, arguments: typeof args === 'string' ? args : JSON.stringify(args), ...id ? { id } : {} }))
  if (toolCalls && say) return { content: say, toolCalls, ...overrides }
  return toolCalls ? { toolCalls, ...overrides } : { content: say ?? '', ...overrides }
}

/** The words of the last message to a model, and those of all of them. */
export const wordsOf = ({ messages }: ChatCompletionRequest) =>
  messages.map(({ content }) => (typeof content === 'string' ? content : (content ?? []).map(({ text }) => text ?? '').join('\n'))).join('\n\n')
