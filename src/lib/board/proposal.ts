import * as Y from 'yjs'
import { instant } from './board-document.ts'
import { ownEdit } from './edits.ts'
import { isId, type ActorId, type ChatId, type CommentId, type DocId, type MessageId, type MissionId, type ProjectId, type RunId, type TemplateId } from './ids.ts'
import { priorities, type Priority } from './mission.ts'
import { readChanges, type CooChange } from './proposal-changes.ts'

/**
 * A mission that is not on the board yet: an entry of `proposals` in the board document, under the id that the mission will have. Its
 * description is in `mission/<id>` from the start, so that approving moves the very text that people edited.
 */
export type Proposal = {
  id: MissionId
  title: string
  projectId: ProjectId | null
  assigneeId: ActorId | null
  /** Why that assignee, in words; '' where nothing is to say. */
  why: string
  priority: Priority
  dueOn: string | null
  labels: readonly string[]
  autoRun: boolean
  size: ProposalSize | null
  /** Proposals and missions that come before it. */
  blockedBy: readonly MissionId[]
  /** What whoever does it should read: `missions://<kind>/<id>`, as mentions are addressed. */
  context: readonly string[]
  /** Missions that may be the same work. */
  duplicates: readonly MissionId[]
  questions: readonly Question[]
  /** What the COO made of answers, oldest first. */
  changes: readonly CooChange[]
  state: ProposalState
  /** Who proposed it: a person, a staff member, or the COO. */
  by: ActorId
  /** Where it was asked for. */
  origin: Origin
  /** The template that it is made from, if it is. */
  template: FromTemplate | null
  createdAt: number
  decidedBy: ActorId | null
  decidedAt: number | null
  /** Why it was declined. */
  reason: string
}

/** `aside`: not now. Approved and declined ones stay, as what was decided. */
const proposalStates = ['open', 'aside', 'approved', 'declined'] as const
export type ProposalState = (typeof proposalStates)[number]

export const proposalSizes = ['small', 'medium', 'large'] as const
export type ProposalSize = (typeof proposalSizes)[number]

/** What the human has to say. `choices`: may be empty; an answer may be other words. */
export type Question = { id: string; text: string; choices: readonly string[]; answer: string | null; answeredBy: ActorId | null }

export type Origin =
  | { kind: 'chat'; chatId: ChatId; messageId: MessageId }
  | { kind: 'run'; runId: RunId; missionId: MissionId }
  /** A comment on a doc, or on a brief, which has its project's id. */
  | { kind: 'doc'; docId: DocId | ProjectId; commentId: CommentId }
  | { kind: 'api' }

/** Which mission of a template a proposal is, and what its fields were filled in with, by key, on which day. */
export type FromTemplate = { id: TemplateId; name: string; mission: string; values: Readonly<Record<string, string>>; today: string }
export const isUndecided = ({ state }: Pick<Proposal, 'state'>) => state === 'open' || state === 'aside'

/** The COO, in every workspace. It is staff, but not one that missions are assigned to. */
export const coo = { id: 'coo' as ActorId, name: 'COO' } as const

export const proposalsOf = (board: Y.Doc) => board.getMap<Y.Map<unknown>>('proposals')

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const id = (value: unknown) => (isId(value) ? value : null)
const texts = (value: unknown) => (Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [])

/** Each answer stands by itself, so that two people who answer different questions both do. */
export const answerField = (questionId: string) => `answer_${questionId}`

function readAnswer(value: unknown): { answer: string | null; answeredBy: ActorId | null } {
  const { text: words, by } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  return typeof words === 'string' ? { answer: words, answeredBy: id(by) as ActorId | null } : { answer: null, answeredBy: null }
}

function readQuestions(map: Y.Map<unknown>): Question[] {
  const questions = map.get('questions')
  if (!Array.isArray(questions)) return []
  return questions.flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null) return []
    const { id: key, text: words, choices } = each as Record<string, unknown>
    return isId(key) && typeof words === 'string' ? [{ id: key, text: words, choices: texts(choices), ...readAnswer(map.get(answerField(key))) }] : []
  })
}

function readOrigin(value: unknown): Origin {
  const { kind, chatId, messageId, runId, missionId, docId, commentId } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (kind === 'chat' && isId(chatId) && isId(messageId)) return { kind, chatId: chatId as ChatId, messageId: messageId as MessageId }
  if (kind === 'run' && isId(runId) && isId(missionId)) return { kind, runId: runId as RunId, missionId: missionId as MissionId }
  if (kind === 'doc' && isId(docId) && isId(commentId)) return { kind, docId: docId as DocId, commentId: commentId as CommentId }
  return { kind: 'api' }
}

function readFromTemplate(value: unknown): FromTemplate | null {
  const { id: templateId, name, mission, values, today } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (!isId(templateId) || !isId(mission) || typeof values !== 'object' || values === null) return null
  const given = Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return { id: templateId as TemplateId, name: text(name), mission, values: Object.fromEntries(given), today: text(today) }
}

/** A question about a field of a template: what is answered is filled in wherever the field stands. */
export const fieldQuestion = (key: string) => `field_${key}`
export const fieldOfQuestion = (questionId: string) => (questionId.startsWith('field_') ? questionId.slice('field_'.length) : null)

/** `null` where the id holds no proposal. What is missing or malformed reads as its empty value. */
export function readProposal(board: Y.Doc, proposalId: MissionId): Proposal | null {
  const map = proposalsOf(board).get(proposalId)
  if (!(map instanceof Y.Map)) return null
  const dueOn = map.get('dueOn')
  return {
    id: proposalId,
    title: text(map.get('title')),
    projectId: id(map.get('projectId')) as ProjectId | null,
    assigneeId: id(map.get('assigneeId')) as ActorId | null,
    why: text(map.get('why')),
    priority: priorities.find((known) => known === map.get('priority')) ?? 'none',
    dueOn: typeof dueOn === 'string' ? dueOn : null,
    labels: texts(map.get('labels')),
    autoRun: map.get('autoRun') === true,
    size: proposalSizes.find((known) => known === map.get('size')) ?? null,
    blockedBy: texts(map.get('blockedBy')).filter(isId) as MissionId[],
    context: texts(map.get('context')),
    duplicates: texts(map.get('duplicates')).filter(isId) as MissionId[],
    questions: readQuestions(map),
    changes: readChanges(map),
    state: proposalStates.find((known) => known === map.get('state')) ?? 'open',
    by: text(map.get('by')) as ActorId,
    origin: readOrigin(map.get('origin')),
    template: readFromTemplate(map.get('template')),
    createdAt: instant(map.get('createdAt')) ?? 0,
    decidedBy: id(map.get('decidedBy')) as ActorId | null,
    decidedAt: instant(map.get('decidedAt')),
    reason: text(map.get('reason')),
  }
}

/** Oldest first. */
export const readProposals = (board: Y.Doc): Proposal[] =>
  [...proposalsOf(board).keys()]
    .map((key) => readProposal(board, key as MissionId))
    .filter((proposal): proposal is Proposal => proposal !== null)
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))

export type NewProposal = Pick<Proposal, 'id' | 'title' | 'by' | 'origin'> & Partial<Omit<Proposal, 'id' | 'title' | 'by' | 'origin' | 'state' | 'createdAt' | 'questions' | 'changes'>> & { questions?: readonly NewQuestion[] }

export function createProposal(board: Y.Doc, { id: proposalId, ...proposal }: NewProposal, now: number) {
  board.transact(() => {
    proposalsOf(board).set(proposalId, new Y.Map(Object.entries({
      projectId: null, assigneeId: null, why: '', priority: 'none', dueOn: null, labels: [], autoRun: false, size: null, template: null,
      blockedBy: [], context: [], duplicates: [], questions: [], decidedBy: null, decidedAt: null, reason: '',
      ...proposal, state: 'open', createdAt: now,
    } satisfies Omit<Proposal, 'id' | 'questions' | 'changes'> & { questions: readonly NewQuestion[] })))
  }, ownEdit)
}

/** Of a proposal that is asked about. */
export type NewQuestion = Pick<Question, 'id' | 'text' | 'choices'>

type Editable = 'title' | 'projectId' | 'assigneeId' | 'why' | 'priority' | 'dueOn' | 'labels' | 'autoRun' | 'size' | 'blockedBy' | 'context'

const set = (board: Y.Doc, proposalId: MissionId, fields: Readonly<Record<string, unknown>>) =>
  board.transact(() => {
    const map = proposalsOf(board).get(proposalId)
    if (!(map instanceof Y.Map)) return
    for (const [field, value] of Object.entries(fields)) {
      if (JSON.stringify(map.get(field)) !== JSON.stringify(value)) map.set(field, value)
    }
  }, ownEdit)

/** Edits fields of an open proposal. What was decided is decided: approving and declining go over the server. */
export const editProposal = (board: Y.Doc, proposalId: MissionId, fields: Partial<Pick<Proposal, Editable>>) => set(board, proposalId, fields)

/** Answers one question; `null` takes the answer back. */
export const answerQuestion = (board: Y.Doc, proposalId: MissionId, questionId: string, answer: string | null, by: ActorId) =>
  set(board, proposalId, { [answerField(questionId)]: answer === null ? null : { text: answer, by } })
