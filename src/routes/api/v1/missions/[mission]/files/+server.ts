import { actorWho, answer, json, missionParam, workspaceOfMission } from '../../../answer.ts'
import { storeUpload } from '../../../upload.ts'

/** The body is the file, as it is; `?name=` says what it is called. */
export const POST = answer(async (event) => {
  const id = missionParam(event)
  const mayUpload = async () => actorWho(event, await workspaceOfMission(event, id), 'upload', 'mission')
  const actor = await mayUpload()
  const stored = await storeUpload(event, { workspaceId: actor.workspaceId, owner: { kind: 'mission', id }, kind: 'attachment', by: actor.id, runId: null, mayStill: mayUpload })
  return json(stored, 201)
})
