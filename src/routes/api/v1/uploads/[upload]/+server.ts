import type { RequestEvent } from '@sveltejs/kit'
import { isId } from '#lib/board/ids.ts'
import type { Upload } from '../../../../../../server/files/uploads.ts'
import { actorIn, actorWho, answer, ApiError, json, notFound } from '../../answer.ts'
import { statusOf } from '../../upload.ts'
import { numberIn, requireTus, tusVersion } from '../tus.ts'
import { uploadJson } from '../upload-json.ts'

/** One's own upload, and a question for whether one may still send it. To everybody else it does not exist. */
async function ownUpload(event: RequestEvent) {
  const { uploads } = event.locals.services
  const { upload: id } = event.params as { upload: string }
  const upload = isId(id) ? await uploads.find(id) : null
  const actor = await actorIn(event, upload?.workspaceId)
  if (!upload || upload.by !== actor.id) throw notFound()
  const mayStill = () => actorWho(event, upload.workspaceId, 'upload', 'file')
  return { uploads, upload, mayStill }
}

const progress = ({ offset, size, expiresAt }: Upload) =>
  ({ ...tusVersion, 'upload-offset': String(offset), 'upload-length': String(size), 'upload-expires': new Date(expiresAt).toUTCString() })

/** What arrived whole, but was not put away before the server ended, is put away now. */
async function settledUpload(event: RequestEvent): Promise<Upload> {
  const { uploads, upload, mayStill } = await ownUpload(event)
  const settled = await uploads.settled(upload.id)
  const now = settled && !settled.outcome && settled.offset === settled.size ? await uploads.finish(upload.id, mayStill) : settled
  if (!now) throw notFound()
  return now
}

/** How far it is. */
export const HEAD = answer(async (event) => new Response(null, { headers: progress(await settledUpload(event)) }))

/** As HEAD, in words; with the file once it is there. */
export const GET = answer(async (event) => json(uploadJson(await settledUpload(event))))

/** The next bytes. */
export const PATCH = answer(async (event) => {
  const { request } = event
  requireTus(request)
  if (request.headers.get('content-type') !== 'application/offset+octet-stream') throw new ApiError(415, 'bad_header', 'The type of the content must be "application/offset+octet-stream".')
  const { uploads, upload, mayStill } = await ownUpload(event)
  await mayStill()
  const offset = numberIn(request, 'upload-offset')
  const announced = Number(request.headers.get('content-length') ?? 0)
  const tooLong = () => new ApiError(413, 'too_long', `“${upload.name}” is longer than was announced. Send it again from the start.`)
  if (offset + announced > upload.size) throw tooLong()
  const taken = await uploads.take(upload.id, offset, request.body ?? noBytes(), mayStill)
  if (taken.ok) {
    const { outcome } = taken.upload
    if (outcome && !outcome.ok) throw new ApiError(statusOf(outcome), outcome.code, outcome.message)
    return new Response(null, { status: 204, headers: progress(taken.upload) })
  }
  switch (taken.code) {
    case 'elsewhere': throw new ApiError(409, 'other_offset', `The upload is at ${taken.offset}, not at ${offset}. Go on from there.`)
    case 'pushed_aside': throw new ApiError(423, 'pushed_aside', 'The upload goes on over another connection.')
    case 'gone': throw notFound()
    case 'too_long': throw tooLong()
    default: throw new ApiError(statusOf(taken), taken.code, taken.message)
  }
})

async function *noBytes(): AsyncGenerator<Uint8Array> {}

/** Gives the upload up. */
export const DELETE = answer(async (event) => {
  const { uploads, upload } = await ownUpload(event)
  await uploads.cancel(upload.id)
  return new Response(null, { status: 204, headers: tusVersion })
})
