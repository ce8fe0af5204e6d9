import { building } from '$app/environment'
import type { Handle, HandleServerError } from '@sveltejs/kit'
import { isOwnOrigin } from '#lib/sync/origin.ts'
import type { Services } from '../server/services.ts'
import { clientAddress } from './routes/client-address.ts'

const slot = Symbol.for('missions.services')

/** What server/main.ts put there: this module is bundled apart from it, so they share no import. */
function services(): Services {
  const found = (globalThis as Record<symbol, unknown>)[slot]
  if (!found) throw new Error('The services are missing: start the server with `npm start` or `npm run dev`.')
  return found as Services
}

const changesNothing = new Set(['GET', 'HEAD', 'OPTIONS'])

export const handle: Handle = async ({ event, resolve }) => {
  event.locals.user = null
  event.locals.sessionId = null
  event.locals.setCookies = []
  if (building) return resolve(event)
  event.locals.services = services()
  const { auth, config } = event.locals.services

  const { headers, method } = event.request
  const origin = headers.get('origin')
  if (!changesNothing.has(method) && !headers.has('authorization') && origin !== null && !isOwnOrigin(origin, config.origin, headers.get('host'))) {
    return foreignOrigin(origin)
  }

  const session = await auth.validateSession(headers.get('cookie'))
  if (session) {
    event.locals.user = session.user
    event.locals.sessionId = session.sessionId
    const address = clientAddress(event)
    auth.sessionUsed(session.sessionId, { userAgent: headers.get('user-agent'), address }).catch((error: unknown) =>
      event.locals.services.log.warn({ err: error }, 'use of a session not noted'))
    if (session.setCookie) event.locals.setCookies.push(session.setCookie)
  }

  const response = await resolve(event, { filterSerializedResponseHeaders: (name) => name === 'content-type' })
  for (const cookie of event.locals.setCookies) response.headers.append('set-cookie', cookie)
  // What a page shows is one person's: no cache between keeps it, and after signing out it is asked for again.
  if (response.headers.get('content-type')?.startsWith('text/html') && !response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-cache')
  return response
}

function foreignOrigin(origin: string): Response {
  const message = `This request came from a page of ${origin}, which is not this server's address. If it is, set ORIGIN to it and start the server again.`
  return Response.json({ error: { code: 'foreign_origin', message } }, { status: 403 })
}

export const handleError: HandleServerError = ({ error, event, status, message }) => {
  if (status === 404) return { message: 'There is no page at this address.' }
  const id = crypto.randomUUID().slice(0, 8)
  const { method } = event.request
  event.locals.services?.log.error({ id, err: error, status, method, path: event.url.pathname }, message)
  return { message: 'Something went wrong on the server.', id }
}
