import { actorWho, answer, json, missionParam, workspaceOfMission } from '../../../answer.ts'
import { storeUpload } from '../../../upload.ts'

/** The body is the file, as it is; `?name=` says what it is called. */
export const POST = answer(async (event) => {
  const missionId = missionParam(event)
  const mayUpload = async () => actorWho(event, await workspaceOfMission(event, missionId), 'upload', 'mission')
  const actor = await mayUpload()
  return json(await storeUpload(event, { workspaceId: actor.workspaceId, missionId, kind: 'attachment', by: actor.id, runId: null, mayStill: mayUpload }), 201)
})
