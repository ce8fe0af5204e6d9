import type { RequestEvent } from '@sveltejs/kit'
import type { ActorId } from '#lib/board/ids.ts'
import { answer, ApiError, json } from '../../answer.ts'

/** Pictures are of people: whoever comes with an agent's token has none. */
function personHere({ locals }: RequestEvent): ActorId {
  if (!locals.user) throw new ApiError(401, 'not_signed_in', 'Sign in to change your picture.')
  return locals.user.id
}

/** The most that is read of a picture, in bytes; the server takes less. */
const mostRead = 1024 * 1024

async function bytesOf({ request }: RequestEvent): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body ?? []) {
    size += part.byteLength
    if (size > mostRead) throw new ApiError(413, 'too_large', 'The picture is larger than 200 kB. Choose a smaller one.')
    parts.push(part)
  }
  return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer())
}

export const PUT = answer(async (event) => {
  const { auth } = event.locals.services
  const userId = personHere(event)
  const stored = await auth.setAvatar(userId, await bytesOf(event))
  if (!stored.ok) throw new ApiError(400, 'bad_picture', stored.message)
  return json({ avatar: (await auth.profile(userId))?.avatar ?? null })
})

export const DELETE = answer(async (event) => {
  await event.locals.services.auth.removeAvatar(personHere(event))
  return new Response(null, { status: 204 })
})
