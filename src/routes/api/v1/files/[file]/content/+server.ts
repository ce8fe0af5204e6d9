import { actorWho, answer, ApiError, fileParam, notFound } from '../../../answer.ts'
import { versionAsked } from '../version-asked.ts'
import { rangeAsked } from './range-asked.ts'

/**
 * The bytes of the newest version, or of `?version=n`; `Range` asks for a part, as players and viewers do. `?as=page` shows HTML, but
 * only in a frame: as a page of its own it would look as if it were ours.
 */
export const GET = answer(async (event) => {
  const { files, contentHeaders } = event.locals.services
  const file = await files.find(fileParam(event), versionAsked(event))
  await actorWho(event, file?.workspaceId, 'read', 'file')
  if (!file) throw notFound()
  const { request } = event
  // As it is: whoever saves it sees how far it got, and a large one is not compressed over and over.
  const asPage = event.url.searchParams.get('as') === 'page' && request.headers.get('sec-fetch-dest') === 'iframe'
  const headers = {
    ...contentHeaders(file.name, file.type, asPage), vary: 'sec-fetch-dest', etag: `"${file.hash}"`, 'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=0, must-revalidate, no-transform',
  }
  if (request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers })
  const ifRange = request.headers.get('if-range')
  const range = ifRange === null || ifRange === headers.etag ? rangeAsked(request.headers.get('range'), file.size) : null
  if (range === 'outside') return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${file.size}` } })
  const content = await files.content(file, range ?? undefined)
  if (!content) throw new ApiError(500, 'content_missing', 'The content of this file is missing on the server. Restore it from a backup; `npm run admin -- doctor` says what else is.')
  if (!range) return new Response(content.stream, { headers: { ...headers, 'content-length': String(content.size) } })
  return new Response(content.stream, {
    status: 206, headers: { ...headers, 'content-length': String(range.end - range.start + 1), 'content-range': `bytes ${range.start}-${range.end}/${content.size}` },
  })
})
