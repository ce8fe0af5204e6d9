import { actorWho, answer, ApiError, fileParam, notFound } from '../../../answer.ts'

export const GET = answer(async (event) => {
  const { files, contentHeaders } = event.locals.services
  const file = await files.find(fileParam(event))
  await actorWho(event, file?.workspaceId, 'read', 'file')
  if (!file) throw notFound()
  // As it is: whoever saves it sees how far it got, and a large one is not compressed over and over.
  const headers = { ...contentHeaders(file.name, file.type), etag: `"${file.hash}"`, 'cache-control': 'private, max-age=0, must-revalidate, no-transform' }
  if (event.request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers })
  const content = await files.content(file)
  if (!content) throw new ApiError(500, 'content_missing', 'The content of this file is missing on the server. Restore it from a backup; `npm run admin -- doctor` says what else is.')
  return new Response(content.stream, { headers: { ...headers, 'content-length': String(content.size) } })
})
