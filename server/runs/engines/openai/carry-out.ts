import { performance } from 'node:perf_hooks'
import type { AskId } from '#lib/board/ids.ts'
import type { Ask, AskVerdict } from '#lib/board/run-record.ts'
import type { Autonomy } from '#lib/board/staff.ts'
import { permissionFor } from '#lib/board/tools.ts'
import { clipped } from '#lib/wording.ts'
import { NoRoom, type Lease, type RunOutput } from '../../engine.ts'
import { LeaseOver } from '../../lease-over.ts'
import { untilAborted } from '../../until-aborted.ts'
import { waitsForPeople, type Picture, type Tool, type ToolOutcome } from '../../tools/tool.ts'
import { callsOf, type Conversation, type PlainCall } from './conversation.ts'
import { fenced } from './fence.ts'

/** `asked`: people have to answer first. */
type Carried = { state: 'done'; content: string; pictures: readonly Picture[] } | { state: 'asked' }

export type Carrying = {
  tools: ReadonlyMap<string, Tool>
  autonomy: Autonomy
  alwaysAllowed: readonly string[]
  lease: Pick<Lease, 'ask'>
  output: RunOutput
  mark: string
  signal: AbortSignal
  /** What the log says already that it waits for: calls that stay open are looked at again. */
  told: Set<AskId>
}

/** How often the very same call is carried out. */
const mostRepeats = 3
/** What the model reads of one result, and what is kept of one in the log; in characters. */
const longestResult = 60_000
const longestLogged = 16_000
const longestArguments = 4_000_000

const cut = (text: string, most: number) => (text.length > most ? `${clipped(text, most)}\n[… ${text.length - most} more characters]` : text)
const line = (text: string, most = 160) => {
  const plain = text.replace(/\s+/g, ' ').trim()
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain
}

/** Carries out one call: checks it, asks people where it needs them, and logs it with what came of it. Rejects where the run cannot go on. */
export async function carryOut(call: PlainCall, conversation: Conversation, carrying: Carrying): Promise<Carried> {
  const { tools, lease, output, signal } = carrying
  signal.throwIfAborted()
  const tool = tools.get(call.name)
  const useless = async (content: string): Promise<Carried> => {
    await logCall(output, call, tool)
    await logResult(output, call, tool, { ok: false, text: content }, 0)
    return { state: 'done', content, pictures: [] }
  }
  const tell = async ({ id, kind }: Ask, words: string) => {
    if (carrying.told.has(id)) return
    carrying.told.add(id)
    await output.log('ask', words, { of: 'ask', askId: id, kind })
  }
  if (!tool) return await useless(`There is no tool named ${JSON.stringify(call.name.slice(0, 100))}. There are: ${[...tools.keys()].join(', ')}.`)
  const parsed = parse(call.arguments)
  if (!parsed.ok) return await useless(parsed.message)
  const checked = tool.check(parsed.args)
  if (!checked.ok) return await useless(`These arguments do not fit the tool:\n${checked.message}`)
  if (repeatsOf(call, conversation) > mostRepeats)
    return await useless(`This very call was made ${mostRepeats} times before, and is not carried out again. Do something else with what you have, or finish with your answer.`)

  if (tool.name === waitsForPeople) {
    const { question, choices } = checked.args as { question: string; choices?: string[] }
    const ask = await lease.ask({ key: call.id, kind: 'question', question, ...choices ? { choices } : {} })
    if (ask.answeredAt === null) {
      await tell(ask, line(question, 1_000))
      return { state: 'asked' }
    }
    const content = `The answer, by a person of the workspace: ${ask.answer ?? ''}`
    await logResult(output, call, tool, { ok: true, text: content }, 0)
    return { state: 'done', content, pictures: [] }
  }

  const permission = conversation.allowed.includes(tool.name) ? 'allowed' : permissionFor(carrying.autonomy, tool.effect, carrying.alwaysAllowed.includes(tool.name))
  if (permission === 'denied') return await useless('You may not use this tool: you only read and report.')
  if (permission === 'asks') {
    const ask = await lease.ask({ key: call.id, kind: 'approval', question: `May ${tool.title.toLowerCase()} be used?`, tool: tool.name, args: cut(JSON.stringify(checked.args), longestLogged) })
    if (ask.answeredAt === null) {
      await tell(ask, `Waits for approval: ${tool.title}`)
      return { state: 'asked' }
    }
    const verdict: AskVerdict = ask.verdict ?? 'declined'
    if (verdict === 'declined') {
      const content = `A person declined this call${ask.answer ? `, with the words: ${ask.answer}` : '.'}`
      await logResult(output, call, tool, { ok: false, text: content }, 0)
      return { state: 'done', content, pictures: [] }
    }
    if (verdict !== 'once') conversation.allowed.push(tool.name)
  }

  await logCall(output, call, tool)
  const from = performance.now()
  const outcome = await attempt(tool, checked.args, call.id, signal)
  await logResult(output, call, tool, outcome, Math.round(performance.now() - from))
  const text = cut(outcome.text, longestResult)
  const content = outcome.material === undefined ? text : fenced(carrying.mark, outcome.material, text)
  return { state: 'done', content: outcome.ok ? content : `This failed: ${content}`, pictures: outcome.pictures ?? [] }
}

async function attempt(tool: Tool, args: unknown, id: string, signal: AbortSignal): Promise<ToolOutcome> {
  try {
    // Also a tool that does not listen lets a cancelled run go.
    return await untilAborted(tool.carryOut(args, { id, signal }), signal)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof LeaseOver || error instanceof NoRoom) throw error
    return { ok: false, text: error instanceof Error ? error.message : String(error) }
  }
}

function parse(text: string): { ok: true; args: unknown } | { ok: false; message: string } {
  if (text.length > longestArguments) return { ok: false, message: `The arguments are too long: at most ${longestArguments} characters are taken.` }
  if (text.trim() === '') return { ok: true, args: {} }
  try {
    return { ok: true, args: JSON.parse(text) }
  } catch (error) {
    return { ok: false, message: `The arguments are not valid JSON (${error instanceof Error ? error.message : String(error)}). Send the call again with valid JSON.` }
  }
}

/** How often this call was made so far, with this time. */
const repeatsOf = ({ name, arguments: args }: Omit<PlainCall, 'id'>, { messages }: Conversation) =>
  messages.flatMap(callsOf).filter((call) => call.name === name && call.arguments === args).length

/** Nothing can come of such a call: there is no such tool, its arguments are no JSON, or it was carried out often enough. */
export const isUseless = (call: PlainCall, tools: ReadonlyMap<string, Tool>, conversation: Conversation) =>
  !tools.has(call.name) || !parse(call.arguments).ok || repeatsOf(call, conversation) > mostRepeats

const logCall = (output: RunOutput, { id, name, arguments: args }: PlainCall, tool: Tool | undefined) =>
  output.log('call', `${tool?.title ?? name.slice(0, 100)}: ${line(args)}`, { of: 'call', call: id, tool: tool?.name ?? name.slice(0, 100), args: cut(args, longestLogged) })

const logResult = (output: RunOutput, { id, name }: PlainCall, tool: Tool | undefined, { ok, text, micros }: ToolOutcome, ms: number) =>
  output.log('result', `${tool?.title ?? name.slice(0, 100)}${ok ? '' : ' failed'}: ${line(text)}`, {
    of: 'result', call: id, tool: tool?.name ?? name.slice(0, 100), ok, result: cut(text, longestLogged), ms, ...micros === undefined ? {} : { micros },
  })
