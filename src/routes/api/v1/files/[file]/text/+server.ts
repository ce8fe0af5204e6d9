import { actorWho, answer, fileParam, notFound } from '../../../answer.ts'
import { versionAsked } from '../version-asked.ts'

const longestWait = 30

/**
 * The text inside a file: `{status, reason, text}`, where `text` has its parts. `?wait=seconds` waits for it while it is being read.
 * What holds no text, such as a picture, has the status `none`.
 */
export const GET = answer(async (event) => {
  const { files, texts } = event.locals.services
  const file = await files.find(fileParam(event), versionAsked(event))
  await actorWho(event, file?.workspaceId, 'read', 'file')
  if (!file) throw notFound()
  const wait = Number(event.url.searchParams.get('wait') ?? 0)
  const found = await texts.read(file.hash, Math.min(longestWait, Math.max(0, wait || 0)) * 1000)
  const { status, reason, text } = found ?? { status: 'none', reason: '', text: null }
  const head = new TextEncoder().encode(`${JSON.stringify({ version: file.version, status, reason }).slice(0, -1)},"text":`)
  // The text is JSON already, and may be long: nothing here is ever whole in memory.
  async function* json(): AsyncGenerator<Uint8Array> {
    yield head
    if (text) yield* text
    else yield new TextEncoder().encode('null')
    yield new TextEncoder().encode('}')
  }
  const pieces = json()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => void await pieces.return(undefined),
  })
  return new Response(body, {
    headers: { 'content-type': 'application/json', 'cache-control': 'private, no-store, no-transform' },
  })
})
