import type { RequestEvent } from '@sveltejs/kit'
import type { FileOwner, WorkFile } from '#lib/board/files.ts'
import type { WorkspaceId } from '#lib/board/ids.ts'
import type { FileDone, FileRefused, NewFile } from '../../../../server/files/files.ts'
import { ApiError, workspaceOfChat, workspaceOfMission, workspaceOfProject } from './answer.ts'

const statuses: Record<FileRefused['code'], number> = {
  empty: 400, bad_name: 400, cut_off: 400, not_found: 404, name_taken: 409, too_large: 413, no_room: 413, too_many: 429, disk_full: 507,
}

const mostPassedOver = 64 * 1024 * 1024

export const statusOf = ({ code }: FileRefused) => statuses[code]

/** The file, or the refusal as an answer. */
export function fileOf(done: FileDone): WorkFile {
  if (!done.ok) throw new ApiError(statusOf(done), done.code, done.message)
  return done.file
}

/** The workspace of whoever is to have a file; `null` where there is no such mission or project. */
export const workspaceOfOwner = (event: RequestEvent, owner: FileOwner): Promise<WorkspaceId | null> =>
  owner.kind === 'mission' ? workspaceOfMission(event, owner.id) : owner.kind === 'project' ? workspaceOfProject(event, owner.id) : workspaceOfChat(event, owner.id)

/** Streams a request's body to disk and lists it with its owner. */
export async function storeUpload(event: RequestEvent, file: Omit<NewFile, 'name'>, name = event.url.searchParams.get('name') ?? ''): Promise<WorkFile> {
  const { request, locals } = event
  const announced = request.headers.get('content-length')
  const content = request.body ?? new ReadableStream<Uint8Array>({ start: (controller) => controller.close() })
  const stored = await locals.services.files.add({ ...file, name, content, expectedBytes: announced === null ? null : Number(announced) })
  if (!stored.ok && !content.locked) await passOver(content)
  return fileOf(stored)
}

/** Who is still sending reads no answer: what is refused at the start is let come, as long as it is not much. */
async function passOver(content: ReadableStream<Uint8Array>) {
  let passed = 0
  try {
    for await (const chunk of content) if ((passed += chunk.byteLength) > mostPassedOver) return
  } catch {
    // The sender is gone.
  }
}
