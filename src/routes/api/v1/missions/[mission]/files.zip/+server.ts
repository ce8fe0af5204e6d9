import { actorWho, answer, missionParam, workspaceOfMission } from '../../../answer.ts'
import { sendZip } from '../../../send-zip.ts'

export const GET = answer(async (event) => {
  const id = missionParam(event)
  await actorWho(event, await workspaceOfMission(event, id), 'read', 'mission')
  const mission = await event.locals.services.db.selectFrom('missions').select('title').where('id', '=', id).executeTakeFirst()
  return sendZip(event, { kind: 'mission', id }, mission?.title ?? '')
})
