import type { ChatCompletionMessageFunctionToolCall, ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import { longestCheckpoint } from '../../protocol.ts'
import { tokensOfAll, tokensOfMessage } from './tokens.ts'

/**
 * What was said so far, in the form in which it goes to the model, and what people allowed on the way. Pictures are references to files
 * (`missions-file:<id>/<version>`), so that a checkpoint stays small.
 */
export type Conversation = {
  messages: ChatCompletionMessageParam[]
  /** Tools that a person allowed for the rest of this run. */
  allowed: string[]
  /** How often the model was asked. */
  turns: number
  /** What it said in an answer that its length limit cut off. */
  unfinished: string
  /** How long the draft was then. */
  drafted: number
}

export const beginning = (messages: ChatCompletionMessageParam[]): Conversation => ({ messages, allowed: [], turns: 0, unfinished: '', drafted: 0 })

const version = 1

export function toCheckpoint(conversation: Conversation): string | null {
  const text = JSON.stringify({ version, ...conversation })
  return text.length <= longestCheckpoint ? text : null
}

/** `null` where a checkpoint is not one of ours. */
export function fromCheckpoint(text: string): Conversation | null {
  try {
    const { version: written, ...kept } = JSON.parse(text) as Conversation & { version: number }
    return written === version && Array.isArray(kept.messages) && kept.messages.length > 0 ? kept : null
  } catch {
    return null
  }
}

export type PlainCall = { id: string; name: string; arguments: string }

const isFunction = (call: { type: string }): call is ChatCompletionMessageFunctionToolCall => call.type === 'function'

export const callsOf = (message: ChatCompletionMessageParam | undefined): PlainCall[] =>
  message?.role === 'assistant' ? (message.tool_calls ?? []).filter(isFunction).map(({ id, function: { name, arguments: args } }) => ({ id, name, arguments: args })) : []

/** The calls of the last answer that have no result yet: its run was lost, or waited for people. */
export function openCalls({ messages }: Conversation): PlainCall[] {
  const last = messages.findLastIndex(({ role }) => role === 'assistant')
  const answered = new Set(messages.slice(last + 1).flatMap((message) => (message.role === 'tool' ? [message.tool_call_id] : [])))
  return callsOf(messages[last]).filter(({ id }) => !answered.has(id))
}

/** Results go right behind the answer that asked for them, in the order of its calls, whatever else came after it. */
export function addResult({ messages }: Conversation, call: string, content: string) {
  const last = messages.findLastIndex(({ role }) => role === 'assistant')
  let at = last + 1
  while (messages[at]?.role === 'tool') at += 1
  messages.splice(at, 0, { role: 'tool', tool_call_id: call, content })
}

const longestId = 100

/** Calls need ids that no other call of the run has, also where a provider counts them anew each turn. */
export function withOwnIds(message: ChatCompletionMessageParam, { messages, turns }: Conversation): ChatCompletionMessageParam {
  if (message.role !== 'assistant' || !message.tool_calls) return message
  const taken = new Set(messages.flatMap((each) => callsOf(each).map(({ id }) => id)))
  return {
    ...message,
    tool_calls: message.tool_calls.map((call, index) => {
      const id = call.id && call.id.length <= longestId && !taken.has(call.id) ? call.id : `call_${turns}_${index}`
      taken.add(id)
      return { ...call, id }
    }),
  }
}

const longestKeptResult = 400
const untouched = 6

/** Shortens what tools answered long ago, and leaves out pictures seen long ago, until the conversation fits; true if something went. */
export function makeRoom(conversation: Conversation, mostTokens: number): boolean {
  const { messages } = conversation
  let over = tokensOfAll(messages) - mostTokens
  let went = false
  // The first two are the instructions and the mission.
  for (let index = 2; index < messages.length - untouched && over > 0; index += 1) {
    const message = messages[index]
    const before = message ? tokensOfMessage(message) : 0
    if (message?.role === 'tool' && typeof message.content === 'string' && message.content.length > longestKeptResult) {
      messages[index] = { ...message, content: `${message.content.slice(0, longestKeptResult)}\n[The rest was left out to make room. Call the tool again if you need it.]` }
    } else if (message?.role === 'user' && Array.isArray(message.content)) {
      messages[index] = { ...message, content: 'Pictures that you saw before; they were left out to make room. Read them again if you need them.' }
    } else continue
    over -= before - tokensOfMessage(messages[index] ?? message)
    went = true
  }
  return went
}
