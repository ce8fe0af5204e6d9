import { randomBytes } from 'node:crypto'
import OpenAI from 'openai'
import { askModel } from '../runs/engines/openai/ask-model.ts'
import { callsOf, type PlainCall } from '../runs/engines/openai/conversation.ts'
import { judgeError } from '../runs/engines/openai/provider-error.ts'
import type { EngineTask } from '../runs/protocol.ts'
import { CooFailed, type CooAnswer, type CooEngine, type CooQuestion } from './coo-engine.ts'
import type { IntakeProposal } from './intake.ts'
import type { NewOffer } from './offers/what-to-offer.ts'
import { offerSetup, proposeMissions, readProposals, readSearch, readSetup, readUse, searchWorkspace, useTemplate } from './openai/calls.ts'
import { foundFor, promptFor } from './openai/prompt.ts'
import { refineByModel } from './openai/refine.ts'
import { refineByRules } from './refine/by-rules.ts'
import type { Refinement, RefineQuestion } from './refine/refinement.ts'

const silentMs = 60_000
/** Proposals that are not as they have to be are asked for so often again. */
const mostMends = 2
const mostSearches = 4
const connectMs = 5_000

/** Places in the order are those of the whole list. */
const together = (before: readonly IntakeProposal[], more: readonly IntakeProposal[]): IntakeProposal[] =>
  [...before, ...more.map((proposal) => ({ ...proposal, blockedBy: proposal.blockedBy.map((place) => place + before.length) }))]

type Step = 'ask' | 'mend' | 'end'

/** The COO driven by a language model behind any OpenAI-compatible endpoint. */
export function openaiCoo({ baseUrl, apiKey, model }: Extract<EngineTask, { kind: 'openai' }>): CooEngine {
  const client = new OpenAI({ baseURL: baseUrl, apiKey: apiKey || 'none', maxRetries: 2, organization: null, project: null, logLevel: 'off' })

  /**
   * Opens the connection, which to a model far away takes as long as some need until their first word. It asks for nothing and says
   * nothing but where it goes; Node closes a connection after HEAD.
   */
  async function prepare() {
    try {
      const response = await fetch(baseUrl, { method: 'OPTIONS', redirect: 'manual', signal: AbortSignal.timeout(connectMs) })
      await response.arrayBuffer()
    } catch {
      // Whoever asks is told.
    }
  }

  async function answer(question: CooQuestion, say: (words: string) => void): Promise<CooAnswer> {
    const mark = randomBytes(6).toString('hex')
    const messages = await promptFor(question, mark)
    const tools = [proposeMissions, searchWorkspace, ...question.templates.length > 0 ? [useTemplate] : [], ...question.request.projects.length === 0 && !question.offered.has('project') ? [offerSetup] : []]
    let made: IntakeProposal[] | null = null
    let offers: NewOffer[] | null = null
    let unread = ''
    let spoke = false
    let [mends, searches] = [0, 0]
    // What a call asks for next.
    let step = 'ask' as Step
    const go = (to: Step) => {
      step = to
    }

    async function carryOut({ name, arguments: args }: PlainCall): Promise<string> {
      if (name === searchWorkspace.name) {
        const read = readSearch(args)
        go('ask')
        if (!read.ok) return read.message
        return searches++ < mostSearches ? foundFor(await question.search(read.value), mark) : 'That is enough. Answer with what you have.'
      }
      if (name === offerSetup.name) {
        const read = readSetup(args)
        if (read.ok) offers = read.value
        return read.ok ? 'It is before the people.' : `Nobody saw it: ${read.message}`
      }
      const read = name === useTemplate.name ? readUse(args, question) : readProposals(args, question)
      if (read.ok) {
        made = together(made ?? [], read.value)
        return 'They are before the people.'
      }
      unread = args
      go('mend')
      return `Not as they have to be, so nobody saw them. Call the tool again with all of them, mended:\n${read.message}`
    }

    for (;;) {
      const mending = step === 'mend'
      let fresh = true
      go('end')
      try {
        await askModel({
          client, model, messages, silentMs, signal: question.signal, withUsage: false, tools: new Map(tools.map((tool) => [tool.name, tool])),
          say(words) {
            // What is only a second try is not said twice.
            if (mending) return
            if (spoke && fresh) say('\n\n')
            fresh = false
            spoke = true
            say(words)
          },
          answered(message) {
            messages.push(message)
            return callsOf(message)
          },
          async carry(call) {
            const told = await carryOut(call)
            messages.push({ role: 'tool', tool_call_id: call.id, content: told })
            return told
          },
        })
      } catch (error) {
        if (question.signal.aborted) throw error
        const verdict = judgeError(error, { pictures: false, usage: false }, apiKey)
        throw new CooFailed(verdict.kind === 'final' ? verdict.reason : verdict.kind === 'smaller' ? `This is more than the model takes: ${verdict.words}` : `The model could not be reached: ${'words' in verdict ? verdict.words : ''}.`)
      }
      if (step === 'end' || made !== null || step === 'mend' && ++mends > mostMends) break
    }

    if (made === null && unread) say(`${spoke ? '\n\n' : ''}The model proposed this, but not in a form that can be made into proposals:\n\n\`\`\`\n${unread.slice(0, 20_000)}\n\`\`\``)
    else if (!spoke) say(made ? 'This is what I would put on the board.' : 'The model said nothing. Try again, or say it in other words.')
    return { proposals: made ?? [], ...offers ? { offers } : {} }
  }

  /** Answers are never lost for a model that cannot be asked, or makes nothing of them: rules take them up. */
  async function refine(question: RefineQuestion): Promise<Refinement> {
    try {
      return await refineByModel(client, model, question) ?? refineByRules(question)
    } catch (error) {
      question.signal.throwIfAborted()
      if (!(error instanceof Error)) throw error
      return refineByRules(question)
    }
  }

  return { name: model, readsAll: true, together: true, prepare, answer, refine }
}
