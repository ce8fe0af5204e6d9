import { answer, json, leaseOf, leaseOver } from '../../../answer.ts'

/** Earlier work that the run is given, with the reasons. */
export const GET = answer(async (event) => {
  const { runs, library } = event.locals.services
  const { actor, runId } = await leaseOf(event)
  const run = await runs.find(runId)
  if (!run) throw leaseOver()
  return json({ pieces: await library.memoryFor({ missionId: run.mission_id, staffId: actor.id, workspaceId: actor.workspaceId }) })
})
