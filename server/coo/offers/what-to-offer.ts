import { limits } from '#lib/board/limits.ts'
import type { OfferKind } from '#lib/board/offer.ts'
import { templates } from '#lib/staff/templates.ts'
import type { ActorId } from '#lib/board/ids.ts'
import type { IntakeProposal, IntakeRequest } from '../intake.ts'
import { isQuestion } from '../about-board.ts'
import { staffFor } from '../intake/staff-for.ts'

/** `proposals`: places, in the answer, of those that it is for. */
export type NewOffer = { kind: OfferKind; name: string; template: string; why: string; proposals: readonly number[] }

/** Whoever has more than the one that every workspace begins with has chosen its staff. */
const fewStaff = 1
const mostStaff = 2
const offered = templates.filter(({ key }) => key !== 'blank')
/** Of whom nothing says which is needed, these two are of use to most. */
const usual = ['researcher', 'writer']

/** Whoever asks this wants to begin. */
const howToBegin = /(?<!\p{L})(?:begin|start(?:ed|en)?|set (?:\p{L}+ )?up|help|can you do|(?:it|this) works?|anfangen|beginnen|loslegen|einrichten|commencer|démarrer|empezar|comenzar)(?!\p{L})/iu

/**
 * What is offered beside an answer where the workspace has no project yet, or nobody but its first staff member. `have`: what this chat offered already.
 * Where nothing is proposed, it is of use to who begins, and in the way of who asked something else.
 */
export function whatToOffer({ text, projects, staff, missions }: Pick<IntakeRequest, 'text' | 'projects' | 'staff' | 'missions'>, proposals: readonly IntakeProposal[], have: ReadonlySet<OfferKind>): NewOffer[] {
  const offers: NewOffer[] = []
  if (proposals.length === 0 && (missions.length > 0 || isQuestion(text) && !howToBegin.test(text))) return offers
  if (projects.length === 0 && !have.has('project')) {
    offers.push({ kind: 'project', name: projectNameIn(text) ?? 'First project', template: '', why: 'It keeps what belongs together, with a brief that everybody reads, AI staff too.', proposals: placesFor({ kind: 'project', template: '' }, proposals) })
  }
  if (staff.length <= fewStaff && !have.has('staff')) offers.push(...staffFrom(proposals, staff))
  return offers
}

function staffFrom(proposals: readonly IntakeProposal[], present: IntakeRequest['staff']): NewOffer[] {
  const known = new Set(present.map(({ name }) => name.toLowerCase()))
  const free = offered.filter(({ name }) => !known.has(name.toLowerCase()))
  const asStaff = free.map(({ key, name, role }) => ({ id: key as ActorId, name, role }))
  const wanted = new Map<string, number[]>()
  for (const [at, { title, description, assigneeId }] of proposals.entries()) {
    const choice = assigneeId === null ? staffFor(title, description, asStaff) : null
    if (choice) wanted.set(choice.id, [...wanted.get(choice.id) ?? [], at])
  }
  const keys = wanted.size > 0 ? [...wanted].sort(([, a], [, b]) => b.length - a.length).map(([key]) => key) : proposals.length === 0 ? usual : []
  return keys.slice(0, mostStaff).flatMap((key): NewOffer[] => {
    const template = free.find((each) => each.key === key)
    return template ? [{ kind: 'staff', name: template.name, template: key, why: template.says, proposals: wanted.get(key) ?? [] }] : []
  })
}

/** Which proposals an offer is for that a model made: a project for all without one, staff for what their template says is their work. */
export function placesFor({ kind, template }: Pick<NewOffer, 'kind' | 'template'>, proposals: readonly IntakeProposal[]): number[] {
  if (kind === 'project') return proposals.flatMap(({ projectId }, at) => (projectId === null ? [at] : []))
  const one = offered.filter(({ key }) => key === template).map(({ key, name, role }) => ({ id: key as ActorId, name, role }))
  return proposals.flatMap(({ title, description, assigneeId }, at) => (assigneeId === null && staffFor(title, description, one) ? [at] : []))
}

const upper = (text: string) => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())

/** What the request calls what it is all for: a title above, or "… for the summer fair". */
function projectNameIn(text: string): string | null {
  const [first = ''] = text.trim().split('\n')
  const title = /^\s*(?:#{1,3}\s+(.{3,60}?)|([\p{L}\d][^.!?:]{2,50}):)\s*$/u.exec(first)
  const heading = (title?.[1] ?? title?.[2])?.replace(/\*\*|__/g, '').trim()
  if (heading && !/^(?:to ?-?do|todos?|tasks?|hi|hello|hey|dear|please|notes?|we need|i need|here)\b/i.test(heading)) return upper(heading).slice(0, limits.name)
  const said = /\b(?:for|about|of|prepare|plan|organi[sz]e|launch|start|we (?:open|renovate|celebrate)|opening of|do|hold|host|have|run|build) (?:the|our|my|an?) ((?:[\p{L}\d'’-]+ ){0,3}?[\p{L}\d'’-]{3,}?)(?=\s+(?:by|on|in|at|with|before|until|next|this|and|so|to|for|from|is|are|will|that|which)\b|[.,;:!?)\n]|\s*$)/iu.exec(text)
  const name = said?.[1]?.trim()
  return name && !/^(?:team|company|week|month|year|day|office|board|customers?|people|first|next|same|best|whole|new|look|call|question|problem|idea|try|list|plan)$/i.test(name) ? upper(name).slice(0, limits.name) : null
}
