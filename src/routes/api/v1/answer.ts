import type { RequestEvent } from '@sveltejs/kit'
import type { AskId, ChatId, FileId, MissionId, ProjectId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { isId } from '#lib/board/ids.ts'
import { can, type Action, type Actor, type Subject } from '#lib/board/policy.ts'

/** A request that ends in an error answer. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  /** The input that it is about. */
  readonly field: string | undefined
  constructor(status: number, code: string, message: string, field?: string) {
    super(message)
    this.status = status
    this.code = code
    this.field = field
  }
}

export const notFound = () => new ApiError(404, 'not_found', 'This does not exist, or you have no access to it.')

type Refused = { ok: false; code: string; message: string; field?: string }
const refusedWith: Readonly<Record<string, number>> = { not_found: 404, name_taken: 409, too_many: 409, decided: 409, changed_meanwhile: 409 }

/** The outcome of something that people may be refused. */
export function done<Outcome extends { ok: true } | Refused>(outcome: Outcome): Extract<Outcome, { ok: true }> {
  if (!outcome.ok) throw new ApiError(refusedWith[outcome.code] ?? 400, outcome.code, outcome.message, outcome.field)
  return outcome as Extract<Outcome, { ok: true }>
}

/** With its length, by which what is too short to be worth it is not compressed. */
export function json(body: unknown, status = 200) {
  const bytes = new TextEncoder().encode(JSON.stringify(body))
  return new Response(bytes, { status, headers: { 'content-type': 'application/json', 'content-length': String(bytes.byteLength), 'cache-control': 'no-store' } })
}

/** Wraps a handler of the API, so that what it throws as ApiError is answered in the API's form. */
export const answer = (handler: (event: RequestEvent) => Promise<Response>) => async (event: RequestEvent): Promise<Response> => {
  try {
    return await handler(event)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return json({ error: { code: error.code, message: error.message, ...error.field && { field: error.field } } }, error.status)
  }
}

export const bearer = ({ request }: RequestEvent) => /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''

/** Who asks, in this workspace. Nobody signed in: 401. Not a member, or no such workspace: as if it did not exist. */
export async function actorIn(event: RequestEvent, workspaceId: WorkspaceId | null | undefined): Promise<Actor> {
  const identity = await event.locals.services.identify(bearer(event), event.request.headers.get('cookie'))
  if (!identity) throw new ApiError(401, 'not_signed_in', 'Sign in, or send a valid token.')
  const actor = workspaceId ? await identity.actorIn(workspaceId) : null
  if (!actor) throw notFound()
  return actor
}

/** As `actorIn`, and refuses what the actor may not do. */
export async function actorWho(event: RequestEvent, workspaceId: WorkspaceId | null | undefined, action: Action, kind: Exclude<Subject['kind'], 'comment'>): Promise<Actor> {
  const actor = await actorIn(event, workspaceId)
  if (!can(actor, action, { kind, workspaceId: actor.workspaceId })) throw new ApiError(403, 'not_allowed', 'You may look at this, but not change it.')
  return actor
}

const param = (event: RequestEvent, name: string) => {
  const value = (event.params as Record<string, string | undefined>)[name]
  if (!isId(value)) throw notFound()
  return value
}
export const workspaceParam = (event: RequestEvent) => param(event, 'workspace') as WorkspaceId
export const missionParam = (event: RequestEvent) => param(event, 'mission') as MissionId
export const projectParam = (event: RequestEvent) => param(event, 'project') as ProjectId
export const runParam = (event: RequestEvent) => param(event, 'run') as RunId
export const askParam = (event: RequestEvent) => param(event, 'ask') as AskId
export const fileParam = (event: RequestEvent) => param(event, 'file') as FileId

/** The workspace of a mission, once its board's latest edits are in the tables. */
export async function workspaceOfMission(event: RequestEvent, missionId: MissionId): Promise<WorkspaceId | null> {
  const { db, sync } = event.locals.services
  await sync.projected()
  return (await db.selectFrom('missions').select('workspace_id').where('id', '=', missionId).executeTakeFirst())?.workspace_id ?? null
}

/** As `workspaceOfMission`, for a project. */
export async function workspaceOfProject(event: RequestEvent, projectId: ProjectId): Promise<WorkspaceId | null> {
  const { db, sync } = event.locals.services
  await sync.projected()
  return (await db.selectFrom('projects').select('workspace_id').where('id', '=', projectId).executeTakeFirst())?.workspace_id ?? null
}

export const workspaceOfChat = async (event: RequestEvent, chatId: ChatId): Promise<WorkspaceId | null> =>
  (await event.locals.services.coo.chats.find(chatId))?.workspace_id ?? null

/** The attempt that the bearer of a lease's token holds; anybody else's lease is over. */
export async function leaseOf(event: RequestEvent): Promise<{ actor: Extract<Actor, { kind: 'staff' }>; runId: RunId; attempt: number }> {
  const actor = await event.locals.services.runs.actorOfLease(bearer(event))
  if (!actor?.lease || actor.lease.runId !== event.params.run) throw leaseOver()
  return { actor, ...actor.lease }
}

export const leaseOver = () => new ApiError(410, 'lease_over', 'This run is not yours any more: it was cancelled, or another worker has it.')

/** The most that a JSON body may have, in bytes; files are streamed elsewhere. */
const longestBody = 1024 * 1024

/** Who sends so many times too much is cut off; who sends less is told, which takes reading it to its end. */
const patience = 4

/** The body as it was sent; `longest` in bytes. */
export async function bytesOf({ request }: RequestEvent, longest: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  const tooLarge = () => new ApiError(413, 'too_large', `The body is larger than ${longest >= 1024 * 1024 ? `${longest / 1024 / 1024} MiB` : `${longest / 1024} KiB`}.`)
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > patience * longest) throw tooLarge()
    if (size <= longest) chunks.push(chunk)
  }
  if (size > longest) throw tooLarge()
  return Buffer.concat(chunks)
}

export async function body(event: RequestEvent, longest = longestBody): Promise<Record<string, unknown>> {
  const text = new TextDecoder().decode(await bytesOf(event, longest))
  if (!text) return {}
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Answered below, with what is not an object.
  }
  throw new ApiError(400, 'bad_json', 'The body must be a JSON object.')
}

export function textField(fields: Record<string, unknown>, name: string, longest: number): string {
  const value = fields[name] ?? ''
  if (typeof value !== 'string' || value.length > longest) throw new ApiError(400, 'bad_field', `"${name}" must be a text of at most ${longest} characters.`)
  return value
}

/** A whole number of at least 0; `otherwise` where there is none. */
export function countField(fields: Record<string, unknown>, name: string, otherwise?: number): number {
  const value = fields[name] ?? otherwise
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new ApiError(400, 'bad_field', `"${name}" must be a whole number of at least 0.`)
  return value
}

/** One of a closed set. */
export function choiceField<Choice extends string>(fields: Record<string, unknown>, name: string, choices: readonly Choice[]): Choice {
  const value = choices.find((choice) => choice === fields[name])
  if (value === undefined) throw new ApiError(400, 'bad_field', `"${name}" must be one of ${choices.join(', ')}.`)
  return value
}

/** A whole number of the query; `null` where it does not say. */
export function countAsked(event: RequestEvent, name: string): number | null {
  const text = event.url.searchParams.get(name)
  if (text === null) return null
  if (!/^\d{1,15}$/.test(text)) throw new ApiError(400, 'bad_field', `"${name}" must be a whole number.`)
  return Number(text)
}
