import type { IncomingMessage } from 'node:http'
import type { RequestEvent } from '@sveltejs/kit'
import { answer, ApiError, bearer, body, countField, json, textField } from '../../answer.ts'

const longestWaitSeconds = 60

/** Gives the oldest queued run that the token may work on; waits up to `wait` seconds for one, then answers 204. */
export const POST = answer(async (event) => {
  const { runs, claimScope } = event.locals.services
  const scope = await claimScope(bearer(event))
  if (!scope) throw new ApiError(401, 'not_staff', 'Runs are claimed with the token of a worker or of a staff member.')
  const fields = await body(event)
  const wait = typeof fields.wait === 'number' ? Math.max(0, Math.min(fields.wait, longestWaitSeconds)) : 0
  const { signal, forget } = hungUp(event)
  try {
    const claim = await runs.claimWithin(scope, introduction(fields), wait * 1000, signal)
    return claim ? json(claim) : new Response(null, { status: 204 })
  } finally {
    forget()
  }
})

const introduction = (fields: Record<string, unknown>) => ({
  name: textField(fields, 'worker', 200) || 'worker', id: textField(fields, 'id', 100), version: textField(fields, 'version', 100),
  concurrency: countField(fields, 'concurrency', 1), busy: countField(fields, 'busy', 0), draining: fields.draining === true,
})

/** Aborts when the worker has gone. The request's own signal does not: it ends with the body, which came at once. */
function hungUp({ platform, request }: RequestEvent): { signal: AbortSignal; forget: () => void } {
  const socket = (platform as { req?: IncomingMessage } | undefined)?.req?.socket
  if (!socket) return { signal: request.signal, forget: () => {} }
  const gone = new AbortController()
  const abort = () => gone.abort()
  socket.once('close', abort)
  return { signal: gone.signal, forget: () => socket.off('close', abort) }
}
