import { redirect } from '@sveltejs/kit'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async ({ locals }) => {
  if (locals.sessionId) {
    const { setCookie } = await locals.services.auth.endSession(locals.sessionId)
    locals.setCookies = [setCookie]
    // What other tabs of this browser have open closes with it.
    await locals.services.sync.recheck()
  }
  redirect(303, '/sign-in')
}

/** A link or a bookmark signs nobody out. */
export const GET: RequestHandler = () => redirect(303, '/')
