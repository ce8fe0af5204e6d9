import { answer, ApiError, bearer, json } from '../answer.ts'

export const GET = answer(async (event) => {
  const { auth } = event.locals.services
  const token = bearer(event)
  if (token) {
    const actor = await auth.authenticateToken(token)
    if (!actor) throw new ApiError(401, 'not_signed_in', 'Sign in, or send a valid token.')
    return json({ actor, workspaces: [await auth.workspace(actor.workspaceId)] })
  }
  const session = await auth.validateSession(event.request.headers.get('cookie'))
  if (!session) throw new ApiError(401, 'not_signed_in', 'Sign in, or send a valid token.')
  const memberships = await auth.membershipsOf(session.user.id)
  return json({
    actor: { kind: 'person', ...session.user },
    workspaces: memberships.map(({ workspaceId, workspaceName, role }) => ({ id: workspaceId, name: workspaceName, role })),
  })
})
