import { actorWho, answer, json, projectParam, workspaceOfProject } from '../../../answer.ts'
import { storeUpload } from '../../../upload.ts'

/** The body is the file, as it is; `?name=` says what it is called. */
export const POST = answer(async (event) => {
  const id = projectParam(event)
  const mayUpload = async () => actorWho(event, await workspaceOfProject(event, id), 'upload', 'doc')
  const actor = await mayUpload()
  const stored = await storeUpload(event, { workspaceId: actor.workspaceId, owner: { kind: 'project', id }, kind: 'attachment', by: actor.id, runId: null, mayStill: mayUpload })
  return json(stored, 201)
})
