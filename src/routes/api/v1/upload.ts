import type { RequestEvent } from '@sveltejs/kit'
import type { MissionFile } from '#lib/board/mission-document.ts'
import type { NewFile } from '../../../../server/files/files.ts'
import { ApiError } from './answer.ts'

const statuses: Partial<Record<string, number>> = { too_large: 413, disk_full: 507 }

/** Streams a request's body to disk and lists it on its mission. */
export async function storeUpload(event: RequestEvent, file: Pick<NewFile, 'workspaceId' | 'missionId' | 'kind' | 'by' | 'runId' | 'mayStill'>): Promise<MissionFile> {
  const { request, url, locals } = event
  const announced = request.headers.get('content-length')
  const stored = await locals.services.files.add({
    ...file,
    name: url.searchParams.get('name') ?? '',
    content: request.body ?? new ReadableStream({ start: (controller) => controller.close() }),
    expectedBytes: announced === null ? null : Number(announced),
  })
  if (!stored.ok) throw new ApiError(statuses[stored.code] ?? 400, stored.code, stored.message)
  return stored.file
}
