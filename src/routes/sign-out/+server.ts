import { redirect } from '@sveltejs/kit'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async ({ locals }) => {
  if (locals.sessionId) {
    const { setCookie } = await locals.services.auth.endSession(locals.sessionId)
    locals.setCookies = [setCookie]
  }
  redirect(303, '/sign-in')
}

/** A link or a bookmark signs nobody out. */
export const GET: RequestHandler = () => redirect(303, '/')
