import { performance } from 'node:perf_hooks'
import type OpenAI from 'openai'
import { ContentFilterFinishReasonError, LengthFinishReasonError } from 'openai/error'
import type { ChatCompletionStreamingToolRunnerParams } from 'openai/lib/ChatCompletionStreamingRunner'
import type { ChatCompletion, ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import type { Tool } from '../../tools/tool.ts'
import type { PlainCall } from './conversation.ts'

export type Asked = {
  text: string
  /** As the provider counts; `null` where it does not. */
  usage: { inputTokens: number; outputTokens: number } | null
  /** Until the answer was there, without the tools that it called. */
  ms: number
  /** Until the first piece came; `null` where none did. */
  firstMs: number | null
  end: 'whole' | 'too long' | 'withheld'
}

/** The endpoint was silent for too long. */
export class Silent extends Error {}
/** More than anybody could read. */
export class Endless extends Error {}

/** Of what one turn may bring, in characters. */
export const longestAnswer = 2_000_000

/**
 * Asks the model once, and carries out the tools that it calls, one after the other, through the package's runner. One round of the runner
 * is one turn of ours: what was said is kept, counted and held against the bounds before the model is asked again.
 * `answered` gets the message, and what it took, before any tool runs; `carry` never rejects for what a tool does.
 */
export async function askModel({ client, model, messages, tools, withUsage, silentMs, signal, say, answered, carry }: {
  client: OpenAI
  model: string
  messages: ChatCompletionMessageParam[]
  /** By the name that the model knows. */
  tools: ReadonlyMap<string, Tool>
  withUsage: boolean
  silentMs: number
  signal: AbortSignal
  say: (text: string) => void
  answered: (message: ChatCompletionMessageParam, took: Omit<Asked, 'end'>) => readonly PlainCall[]
  carry: (call: PlainCall) => Promise<string>
}): Promise<Asked> {
  const from = performance.now()
  const stop = new AbortController()
  let [firstMs, ms]: [number | null, number | null] = [null, null]
  let [text, length] = ['', 0]
  let timer = setTimeout(() => stop.abort(new Silent()), silentMs)
  let calls: PlainCall[] = []
  let turn: Promise<unknown> = Promise.resolve()
  let broken: { error: unknown } | null = null

  /** The runner starts all calls at once and tells not which is which; ours go one after the other, in the order of the answer. */
  const next = (name: string, args: string): Promise<string> => {
    const index = calls.findIndex((call) => call.name === name && call.arguments === args)
    const [call] = index < 0 ? [] : calls.splice(index, 1)
    const mine = turn.then(async () => {
      if (!call || broken) return ''
      try {
        return await carry(call)
      } catch (error) {
        broken ??= { error }
        return ''
      }
    })
    turn = mine
    return mine
  }

  const params = {
    model, messages, stream: true as const,
    ...withUsage ? { stream_options: { include_usage: true } } : {},
  }
  const options = { signal: AbortSignal.any([signal, stop.signal]), maxRetries: 0, timeout: silentMs + 5_000 }
  const offered: ChatCompletionStreamingToolRunnerParams<string[]>['tools'] = [...tools].map(([name, { told, parameters }]) => ({
    type: 'function' as const,
    function: { name, description: told, parameters, function: (args: string) => next(name, args) },
  }))
  const runner = offered.length > 0
    ? client.chat.completions.runTools({ ...params, tools: offered }, { ...options, maxChatCompletions: 1 })
    : client.chat.completions.stream(params, options)

  runner.on('chunk', ({ choices }) => {
    firstMs ??= Math.round(performance.now() - from)
    clearTimeout(timer)
    timer = setTimeout(() => stop.abort(new Silent()), silentMs)
    for (const { delta } of choices) {
      length += (delta?.content?.length ?? 0) + (delta?.tool_calls ?? []).reduce((sum, call) => sum + (call.function?.arguments?.length ?? 0), 0)
    }
    if (length > longestAnswer) stop.abort(new Endless())
  })
  runner.on('content', (piece) => {
    if (stop.signal.aborted) return
    text += piece
    say(piece)
  })
  let completion: ChatCompletion | null = null
  runner.on('chatCompletion', (arrived) => {
    clearTimeout(timer)
    completion = arrived
    ms = Math.round(performance.now() - from)
    const message = arrived.choices[0]?.message
    if (message) calls = [...answered({ role: 'assistant', content: message.content, ...message.tool_calls?.length ? { tool_calls: message.tool_calls } : {} }, { text, firstMs, ms, usage: usageOf(arrived) })]
  })

  let end: Asked['end'] = 'whole'
  try {
    await runner.done()
  } catch (error) {
    signal.throwIfAborted()
    if (stop.signal.aborted) throw stop.signal.reason
    if (error instanceof LengthFinishReasonError) end = 'too long'
    else if (error instanceof ContentFilterFinishReasonError) end = 'withheld'
    else throw error
  } finally {
    clearTimeout(timer)
    await turn
  }
  if (broken) throw (broken as { error: unknown }).error
  const finished = completion as ChatCompletion | null
  const reason = finished?.choices[0]?.finish_reason
  if (reason === 'length') end = 'too long'
  if (reason === 'content_filter') end = 'withheld'
  const refusal = finished?.choices[0]?.message.refusal
  if (refusal && !text) [text, end] = [refusal, 'withheld']
  return { text, firstMs, end, ms: ms ?? Math.round(performance.now() - from), usage: finished && usageOf(finished) }
}

const usageOf = ({ usage }: ChatCompletion): Asked['usage'] => (usage ? { inputTokens: usage.prompt_tokens ?? 0, outputTokens: usage.completion_tokens ?? 0 } : null)
