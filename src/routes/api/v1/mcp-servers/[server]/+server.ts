import { answer, body, done, json } from '../../answer.ts'
import { serverAsked } from '../server-asked.ts'

export const PATCH = answer(async (event) => {
  const { actor, row } = await serverAsked(event, 'manage', 'workspace')
  return json({ server: done(await event.locals.services.mcpServers.change(row.id, await body(event), actor.id)).server })
})

export const DELETE = answer(async (event) => {
  const { actor, row } = await serverAsked(event, 'manage', 'workspace')
  done(await event.locals.services.mcpServers.remove(row.id, actor.id))
  return json({})
})
