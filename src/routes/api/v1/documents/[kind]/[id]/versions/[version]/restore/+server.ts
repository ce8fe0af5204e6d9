import { answer, ApiError, json } from '../../../../../../answer.ts'
import { textHere, versionHere } from '../../text-here.ts'

/** Puts a version back, as an edit by whoever asks; what was there first is kept as a version of its own. */
export const POST = answer(async (event) => {
  const { versions } = event.locals.services
  const { document, workspaceId, actor } = await textHere(event, 'edit')
  const { version } = await versionHere(event, document)
  const restored = await versions.restore({ document, workspaceId, version, actor })
  if (!restored.ok) throw new ApiError(409, restored.code, restored.message)
  return json({ restored: version, before: restored.before })
})
