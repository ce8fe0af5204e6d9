import type { RequestEvent } from '@sveltejs/kit'
import type { FileOwner } from '#lib/board/files.ts'
import { isId, type ChatId, type FileId, type MissionId, type ProjectId } from '#lib/board/ids.ts'
import { actorIn, actorWho, answer, ApiError, json, notFound } from '../answer.ts'
import { statusOf, workspaceOfOwner } from '../upload.ts'
import { metadataIn, numberIn, requireTus, tusVersion } from './tus.ts'
import { uploadJson } from './upload-json.ts'

const subjectOf = ({ kind }: FileOwner) => kind === 'project' ? 'doc' as const : kind

function ownerIn(value: (name: string) => string | null | undefined): FileOwner | null {
  const [mission, project, chat] = [value('mission'), value('project'), value('chat')]
  if (isId(mission)) return { kind: 'mission', id: mission as MissionId }
  if (isId(chat)) return { kind: 'chat', id: chat as ChatId }
  return isId(project) ? { kind: 'project', id: project as ProjectId } : null
}

/** Where an upload is to go: a mission or a project, or a file that gets a new version. */
async function targetOf(event: RequestEvent, metadata: ReadonlyMap<string, string>) {
  const { files } = event.locals.services
  const fileId = metadata.get('file')
  if (fileId !== undefined) {
    const file = isId(fileId) ? await files.find(fileId as FileId) : null
    const actor = await actorWho(event, file?.workspaceId, 'upload', 'file')
    if (!file) throw notFound()
    return { actor, owner: file.owner, fileId: file.id, name: file.name }
  }
  const owner = ownerIn((name) => metadata.get(name))
  if (!owner) throw new ApiError(400, 'bad_header', '"Upload-Metadata" must name a mission, a project, a chat or a file.')
  const actor = await actorWho(event, await workspaceOfOwner(event, owner), 'upload', subjectOf(owner))
  return { actor, owner, fileId: null, name: metadata.get('filename') ?? '' }
}

/** Announces an upload: what it is called, how large it is, whose it becomes. It may go on from the address in `Location`. */
export const POST = answer(async (event) => {
  const { request, locals } = event
  requireTus(request)
  const metadata = metadataIn(request)
  const { actor, owner, fileId, name } = await targetOf(event, metadata)
  const sha256 = metadata.get('sha256')?.toLowerCase() ?? null
  if (sha256 !== null && !/^[0-9a-f]{64}$/.test(sha256)) throw new ApiError(400, 'bad_header', '"sha256" in "Upload-Metadata" must be 64 hexadecimal digits.')
  const begun = await locals.services.uploads.begin({ workspaceId: actor.workspaceId, owner, fileId, name, size: numberIn(request, 'upload-length'), by: actor.id, sha256 })
  if (!begun.ok) throw new ApiError(statusOf(begun), begun.code, begun.message)
  const { id, expiresAt } = begun.upload
  return new Response(null, { status: 201, headers: { ...tusVersion, location: `/api/v1/uploads/${id}`, 'upload-offset': '0', 'upload-expires': new Date(expiresAt).toUTCString() } })
})

/** One's own uploads to a mission, a project or a chat that are not finished. */
export const GET = answer(async (event) => {
  const owner = ownerIn((name) => event.url.searchParams.get(name))
  if (!owner) throw notFound()
  const actor = await actorIn(event, await workspaceOfOwner(event, owner))
  return json({ uploads: (await event.locals.services.uploads.unfinished(owner, actor.id)).map(uploadJson) })
})

/** What of the protocol is spoken here. */
export const OPTIONS = () => new Response(null, { status: 204, headers: { ...tusVersion, 'tus-version': '1.0.0', 'tus-extension': 'creation,termination,expiration' } })
