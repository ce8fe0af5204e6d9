import { isId, type ActorId } from '#lib/board/ids.ts'
import { answer, ApiError, bearer, notFound } from '../../../../answer.ts'

/** The picture of a person, for whoever is in a workspace with them. Another picture has another address, so this one is kept for good. */
export const GET = answer(async (event) => {
  const { auth, contentHeaders } = event.locals.services
  const { person, hash } = event.params as { person: string; hash: string }
  const token = bearer(event)
  const actor = token ? await auth.authenticateToken(token) : null
  const viewer = actor ? { workspaceId: actor.workspaceId } : !token && event.locals.user ? { userId: event.locals.user.id } : null
  if (!viewer) throw new ApiError(401, 'not_signed_in', 'Sign in, or send a valid token.')
  const picture = isId(person) && /^[0-9a-f]{64}$/.test(hash) ? await auth.avatar(person as ActorId, hash, viewer) : null
  if (!picture) throw notFound()
  return new Response(picture.data as Uint8Array<ArrayBuffer>, {
    headers: { ...contentHeaders('picture', picture.type), 'content-length': String(picture.data.byteLength), 'cache-control': 'private, max-age=31536000, immutable' },
  })
})
