import type { RequestEvent } from '@sveltejs/kit'
import { makeZip, predictLength } from 'client-zip'
import type { FileOwner, WorkFile } from '#lib/board/files.ts'
import { ApiError } from './answer.ts'
import { zipNames } from './zip-names.ts'

/** The newest version of everything that an owner has, as one archive: streamed, so that it costs no memory however large it is. */
export async function sendZip({ locals, url }: RequestEvent, owner: FileOwner, title: string): Promise<Response> {
  const { files } = locals.services
  const kind = url.searchParams.get('kind')
  const listed = (await files.list(owner)).filter((file) => kind === null || file.kind === kind)
  if (listed.length === 0) throw new ApiError(404, 'no_files', 'There are no files here.')
  const names = zipNames(listed.map(({ name }) => name))
  const [archive = 'files'] = zipNames([title.slice(0, 80).trim() || 'files'])

  async function* contents() {
    for (const [index, { hash, createdAt }] of listed.entries()) yield { name: names[index]!, lastModified: new Date(createdAt), input: await opened(hash) }
  }
  async function opened(hash: WorkFile['hash']) {
    const content = await files.content({ hash })
    // What is sent already cannot be taken back: it breaks off, and the browser says that the download failed.
    if (!content) throw new Error(`The content ${hash} is missing.`)
    return content.stream
  }

  const length = predictLength(listed.map(({ size }, index) => ({ name: names[index]!, size })))
  return new Response(makeZip(contents()), {
    headers: {
      'content-type': 'application/zip',
      'content-length': String(length),
      'content-disposition': `attachment; filename="files.zip"; filename*=UTF-8''${encodeURIComponent(`${archive}.zip`.toWellFormed()).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`,
      'cache-control': 'private, no-store, no-transform',
      'x-content-type-options': 'nosniff',
    },
  })
}
