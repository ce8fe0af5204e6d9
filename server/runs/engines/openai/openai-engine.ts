import { setTimeout as sleep } from 'node:timers/promises'
import OpenAI from 'openai'
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import type { FileId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import type { Usage } from '#lib/board/run-record.ts'
import type { Autonomy, RunGuards } from '#lib/board/staff.ts'
import { NoRoom, type Engine, type Fitted, type Lease, type RunContext, type RunEnd, type RunOutput } from '../../engine.ts'
import { counted, listed } from '#lib/wording.ts'
import type { EngineTask, UsageAnswer } from '../../protocol.ts'
import type { Picture, Tool } from '../../tools/tool.ts'
import { askModel, Endless, longestAnswer, Silent, type Asked } from './ask-model.ts'
import { byCalledName } from './called-names.ts'
import { carryOut, isUseless, type Carrying } from './carry-out.ts'
import { addResult, beginning, callsOf, fromCheckpoint, makeRoom, openCalls, toCheckpoint, withOwnIds, type Conversation, type PlainCall } from './conversation.ts'
import { drafting, type Draft } from './draft.ts'
import { readFinalAnswer } from './final-answer.ts'
import { hasPictures, resolvePictures, showing } from './pictures.ts'
import { composePrompt, type Prompt } from './prompt.ts'
import { judgeError } from './provider-error.ts'
import { tokensOfAll } from './tokens.ts'
import { whatIsThere } from './what-is-there.ts'

export type OpenAIEngineOptions = {
  task: Extract<EngineTask, { kind: 'openai' }>
  guards: RunGuards
  used: Usage & { workingMs: number }
  autonomy: Autonomy
  alwaysAllowed: readonly string[]
  /** Names of the tools that the staff member was given. */
  given: readonly string[]
  resume: { checkpoint: string } | null
  lease: Lease
  /** What nobody who writes a file or a comment can know; it marks what others wrote. */
  mark: string
  /** The tools of this run; `close` ends what they hold. */
  openTools: (context: RunContext, output: RunOutput, signal: AbortSignal) => Promise<{ tools: readonly Tool[]; close: () => Promise<void> }>
  readFile: (file: FileId, version: number, signal: AbortSignal) => Promise<Uint8Array>
  /** Tokens of a request at most, as they are estimated here. */
  window?: number
  /** How long an endpoint may be silent. */
  silentMs?: number
  /** Before the first further try; each next one waits twice as long. */
  firstPauseMs?: number
}

const mostTries = 5
const mostUseless = 6
const mostContinued = 5
const promptShare = 0.6

class OutOfTime extends Error {}

/** Why the model gave none, for people. */
type NoAnswer = { code: 'engine_refused' | 'engine_unreachable' | 'engine_answer'; reason: string }

/**
 * Drives a run with a language model behind any OpenAI-compatible endpoint: asks, carries out what the model calls, and asks again until it
 * answers without a call. After each turn the use is reported and the conversation kept, so that a run goes on where it was after a crash, or
 * after people answered what it asked.
 */
export class OpenAIEngine implements Engine {
  readonly name = 'openai'
  readonly #options: Required<OpenAIEngineOptions>
  readonly #client: OpenAI
  #prompt: Prompt | null = null
  #window: number
  #withUsage = true
  #withPictures = true

  constructor(options: OpenAIEngineOptions) {
    this.#options = { window: 100_000, silentMs: 120_000, firstPauseMs: 1_000, ...options }
    this.#window = this.#options.window
    const { baseUrl, apiKey } = options.task
    // The package wants a key even where an endpoint wants none; tries are ours, so that people see them.
    this.#client = new OpenAI({ baseURL: baseUrl, apiKey: apiKey || 'none', maxRetries: 0, organization: null, project: null, logLevel: 'off' })
  }

  async fit(context: RunContext, output: RunOutput): Promise<Fitted | null> {
    if (this.#options.resume?.checkpoint) return null
    await output.log('step', 'Reads what is on the mission.')
    this.#prompt ??= await this.#compose(context)
    return this.#prompt.fitted
  }

  #compose = (context: RunContext) => composePrompt(context, { room: Math.floor(this.#window * promptShare), mark: this.#options.mark, reads: { attachments: this.#options.given.includes('read_attachment'), artifacts: this.#options.given.includes('read_artifact') } })

  async run(context: RunContext, output: RunOutput, stop: AbortSignal): Promise<RunEnd> {
    const { guards, used } = this.#options
    const time = new AbortController()
    const timer = setTimeout(() => time.abort(new OutOfTime()), Math.max(0, guards.minutes * 60_000 - used.workingMs))
    const signal = AbortSignal.any([stop, time.signal])
    const opened = await this.#options.openTools(context, output, signal)
    try {
      return await this.#converse(context, output, opened.tools, signal)
    } catch (error) {
      if (time.signal.aborted && !stop.aborted) return { code: 'minutes', reason: `It reached its bound of ${guards.minutes} minutes of work.` }
      if (error instanceof NoRoom) return { code: 'no_room', reason: error.message }
      throw error
    } finally {
      clearTimeout(timer)
      await opened.close()
    }
  }

  async #converse(context: RunContext, output: RunOutput, offered: readonly Tool[], signal: AbortSignal): Promise<RunEnd> {
    const { task, guards, lease, mark, autonomy, alwaysAllowed } = this.#options
    const tools = byCalledName(offered)
    const carrying: Carrying = { tools, autonomy, alwaysAllowed, lease, output, mark, signal, told: new Set() }
    const conversation = await this.#begin(context, output)
    const draft = drafting(output, conversation.drafted)
    let used: Usage = this.#options.used
    let [useless, empty, continued] = [0, 0, 0]

    for (;;) {
      const left = await this.#finishCalls(conversation, carrying, signal)
      conversation.drafted = draft.length
      await this.#keep(conversation, output)
      if (left === 'asked') return { waits: true }

      if (used.turns >= guards.turns) return { code: 'turns', reason: `It reached its bound of ${guards.turns} turns.` }
      const last = used.turns === guards.turns - 1 && guards.turns > 1
      if (makeRoom(conversation, this.#window)) await output.log('step', 'Left out what it read long ago, to make room for what comes.')
      const turn = conversation.turns += 1
      const answered = await this.#ask(conversation, last ? new Map() : tools, carrying, output, draft, signal)
      if ('code' in answered) return answered
      const { asked, over } = answered
      const answer = conversation.messages.findLast(({ role }) => role === 'assistant')
      const calls = callsOf(answer)
      used = over.used

      if (calls.length > 0) {
        if (asked.text.trim()) await output.log('said', asked.text.slice(0, limits.logEntry))
        draft.paragraph()
        const bad = calls.filter((call) => isUseless(call, tools, conversation))
        useless = bad.length === calls.length ? useless + 1 : 0
        if (useless >= mostUseless) {
          const [call] = bad
          await this.#finishCalls(conversation, carrying, signal)
          return { code: 'engine_answer', reason: `The model called ${useless} times in a row what could not be carried out or had been before, last ${call?.name.slice(0, 60) ?? ''}(${call?.arguments.slice(0, 80) ?? ''}). ${task.model} may not be able to use tools.` }
        }
        if (over.over) return over.over
        continue
      }

      conversation.unfinished += asked.text
      if (asked.end === 'too long' && !over.over && continued < mostContinued) {
        continued += 1
        await output.log('warning', 'The answer reached the model’s longest length; it was asked to go on.')
        conversation.messages.push({ role: 'user', content: 'Your answer was cut off at its longest length. Go on exactly where it stopped, or make shorter calls of tools.' })
        continue
      }
      const whole = conversation.unfinished.trim()
      if (whole === '' || asked.end === 'withheld') {
        if (asked.end === 'withheld') return { code: 'engine_answer', reason: `The model or its provider withheld the answer${whole ? `: ${whole.slice(0, 300)}` : '.'}` }
        if (over.over) return over.over
        empty += 1
        if (empty > 1) return { code: 'engine_answer', reason: `The model answered with nothing, twice, in turn ${turn}.` }
        await output.log('warning', 'The model answered with nothing; it is asked once more.')
        conversation.messages.push({ role: 'user', content: 'You answered with nothing. Go on with the mission, or end with your answer.' })
        continue
      }
      return await finish(whole, output)
    }
  }

  async #begin(context: RunContext, output: RunOutput): Promise<Conversation> {
    const { resume, task } = this.#options
    if (resume?.checkpoint) {
      const kept = fromCheckpoint(resume.checkpoint)
      await output.redraft(kept?.drafted ?? 0)
      if (kept) {
        await output.log('step', 'Goes on where it was.')
        return kept
      }
      await output.log('warning', 'What was kept of this run cannot be read, so it starts again.')
    }
    const { messages, fitted: { cuts } } = this.#prompt ??= await this.#compose(context)
    await output.log('read', `Read ${listed(whatIsThere(context))}.`)
    await output.log('step', `Started ${task.model}, with about ${tokensOfAll(messages).toLocaleString('en')} tokens to read (estimated).`)
    if (cuts.length > 0) await output.log('warning', `Did not read whole, to keep within its room: ${cuts.map(({ kind, name }) => (name ? `${kind} “${name}”` : kind)).join(', ')}.`)
    return beginning([...messages])
  }

  /** Carries out what the last answer called and has no result yet. */
  async #finishCalls(conversation: Conversation, carrying: Carrying, signal: AbortSignal): Promise<'done' | 'asked'> {
    const shown: Picture[] = []
    let left: 'done' | 'asked' = 'done'
    for (const call of openCalls(conversation)) {
      signal.throwIfAborted()
      const carried = await carryOut(call, conversation, carrying)
      if (carried.state === 'asked') {
        left = 'asked'
        continue
      }
      addResult(conversation, call.id, carried.content)
      shown.push(...carried.pictures)
      if (carrying.tools.get(call.name)?.effect !== 'read') await this.#keep(conversation, carrying.output)
    }
    show(conversation, shown)
    return left
  }

  async #keep(conversation: Conversation, output: RunOutput) {
    const text = toCheckpoint(conversation)
    if (text !== null) await this.#options.lease.checkpoint(text)
    else await output.log('warning', 'The conversation has become too long to be kept: should this worker be lost, the run starts again.')
  }

  /** Asks once, again where that can help, and carries out what is called on the way. */
  async #ask(conversation: Conversation, tools: ReadonlyMap<string, Tool>, carrying: Carrying, output: RunOutput, draft: Draft, signal: AbortSignal): Promise<{ asked: Asked; over: UsageAnswer } | NoAnswer> {
    const { task, silentMs, readFile } = this.#options
    const wrapUp: ChatCompletionMessageParam[] = tools.size === 0 && carrying.tools.size > 0
      ? [{ role: 'user', content: 'This is your last turn: tools cannot be used any more. End now with your answer, from what you have.' }] : []
    for (let tries = 1; ; ) {
      const started = draft.length
      let arrived = false
      const shown: Picture[] = []
      const sent = { pictures: this.#withPictures && hasPictures(conversation.messages), usage: this.#withUsage }
      let settled: Promise<UsageAnswer> | null = null
      const settle = async (took: Omit<Asked, 'end'>): Promise<UsageAnswer> => {
        const over = await this.#report(took, conversation, output)
        if (openCalls(conversation).length > 0) await this.#keep(conversation, output)
        return over
      }
      const answered = (message: ChatCompletionMessageParam, took: Omit<Asked, 'end'>): readonly PlainCall[] => {
        arrived = true
        const own = withOwnIds(message, conversation)
        conversation.messages.push(own)
        settled = settle(took)
        // Whoever waits for it hears of it.
        settled.catch(() => {})
        return callsOf(own)
      }
      const carry = async (call: PlainCall): Promise<string> => {
        // Before the first call of an answer does anything, the answer is kept: whoever takes the run up does not ask for it again.
        await settled
        const carried = await carryOut(call, conversation, carrying)
        if (carried.state === 'asked') return ''
        addResult(conversation, call.id, carried.content)
        shown.push(...carried.pictures)
        if (carrying.tools.get(call.name)?.effect !== 'read') await this.#keep(conversation, output)
        return carried.content
      }
      try {
        const messages = await resolvePictures([...conversation.messages, ...wrapUp], this.#withPictures ? (file, version) => readFile(file, version, signal) : null)
        signal.throwIfAborted()
        const asked = await askModel({ client: this.#client, model: task.model, messages, tools, withUsage: this.#withUsage, silentMs, signal, say: draft.say, answered, carry })
        // An answer that was cut off does not arrive as one.
        if (!arrived) answered({ role: 'assistant', content: asked.text || '[cut off]' }, asked)
        await draft.written()
        show(conversation, shown)
        return { asked, over: await (settled ?? settle(asked)) }
      } catch (error) {
        signal.throwIfAborted()
        if (arrived) throw error
        if (error instanceof Endless) return { code: 'engine_answer', reason: `The model’s answer did not end: it went beyond ${longestAnswer.toLocaleString('en')} characters.` }
        await draft.back(started)
        const next = await this.#afterFailure(error, tries, sent, conversation, output)
        if ('code' in next) return next
        if (next.pauseMs === null) continue
        tries += 1
        await sleep(next.pauseMs, undefined, { signal })
      }
    }
  }

  /** What a failed try means for the next one: it comes after a pause; at once, with something else sent; or not at all. */
  async #afterFailure(error: unknown, tries: number, sent: { pictures: boolean; usage: boolean }, conversation: Conversation, output: RunOutput): Promise<NoAnswer | { pauseMs: number | null }> {
    const { task, silentMs, firstPauseMs } = this.#options
    const verdict = error instanceof Silent ? { kind: 'again' as const, words: `nothing came for ${counted(Math.round(silentMs / 1000), 'second')}`, waitMs: null } : judgeError(error, sent, task.apiKey)
    if (verdict.kind === 'final') return { code: verdict.code, reason: verdict.reason }
    if (verdict.kind === 'without') {
      if (verdict.what === 'pictures') this.#withPictures = false
      else this.#withUsage = false
      await output.log('warning', verdict.what === 'pictures' ? `The model takes no pictures (${verdict.words}); it goes on without them.` : `The endpoint does not count tokens (${verdict.words}); they are estimated.`)
      return { pauseMs: null }
    }
    if (verdict.kind === 'smaller') {
      this.#window = Math.floor(Math.min(this.#window, tokensOfAll(conversation.messages)) / 2)
      if (!makeRoom(conversation, this.#window)) return { code: 'engine_refused', reason: `The mission does not fit the model’s window: ${verdict.words}` }
      await output.log('warning', `The conversation was too long for the model (${verdict.words}); what it read long ago is left out.`)
      return { pauseMs: null }
    }
    if (tries >= mostTries) return { code: 'engine_unreachable', reason: `The model could not be reached in ${mostTries} tries: ${verdict.words}.` }
    const pauseMs = verdict.waitMs ?? firstPauseMs * 2 ** (tries - 1)
    await output.log('warning', `The model did not answer: ${verdict.words}. Try ${tries + 1} of ${mostTries} in ${(pauseMs / 1000).toLocaleString('en', { maximumFractionDigits: 1 })} s.`)
    return { pauseMs }
  }

  /** Reports what a turn used. Where an endpoint does not count, it is estimated and said so. */
  async #report(asked: Omit<Asked, 'end'>, { messages }: Conversation, output: RunOutput): Promise<UsageAnswer> {
    const { task, lease } = this.#options
    const { inputTokens, outputTokens } = asked.usage ?? { inputTokens: tokensOfAll(messages.slice(0, -1)), outputTokens: tokensOfAll(messages.slice(-1)) }
    const price = task.prices[task.model]
    // Dollars for a million tokens are millionths of a dollar for one.
    const micros = price ? Math.round(inputTokens * price.input + outputTokens * price.output) : null
    await output.log('usage', `${inputTokens.toLocaleString('en')} tokens read, ${outputTokens.toLocaleString('en')} written${asked.usage ? '' : ' (estimated)'}, in ${(asked.ms / 1000).toFixed(1)} s.`,
      { of: 'usage', model: task.model, inputTokens, outputTokens, micros, ms: asked.ms, firstMs: asked.firstMs })
    return await lease.usage({ model: task.model, turns: 1, inputTokens, outputTokens, micros })
  }
}

/** Results of tools are text: what they show comes as a message behind them. */
function show({ messages }: Conversation, pictures: readonly Picture[]) {
  if (pictures.length > 0) messages.push(showing(pictures, `What the tools show, in this order: ${pictures.map(({ name }) => JSON.stringify(name)).join(', ')}.`))
}

async function finish(answer: string, output: RunOutput): Promise<RunEnd> {
  const { summary, whole } = readFinalAnswer(answer)
  if (whole) {
    await output.artifact({ name: 'answer.md', type: 'text/markdown', bytes: new TextEncoder().encode(`${whole.toWellFormed()}\n`) })
    await output.log('wrote', 'Wrote answer.md: the whole of its answer.')
  }
  await output.log('said', summary)
  return { summary }
}
