import { limits } from '#lib/board/limits.ts'
import { actorWho, answer, ApiError, body, json, missionParam, textField, workspaceOfMission } from '../../../answer.ts'

/** Starts a run of the mission by the staff member it is assigned to. */
export const POST = answer(async (event) => {
  const missionId = missionParam(event)
  const actor = await actorWho(event, await workspaceOfMission(event, missionId), 'start run', 'mission')
  const note = textField(await body(event), 'note', limits.note)
  const started = await event.locals.services.runs.start({ missionId, cause: { kind: 'person', id: actor.id }, note })
  if (!started.ok) throw new ApiError(started.code === 'not_found' ? 404 : 409, started.code, started.message)
  return json({ run: { id: started.runId } }, 201)
})
