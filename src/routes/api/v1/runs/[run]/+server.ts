import type { Cause, Chain } from '#lib/board/run-record.ts'
import { actorWho, answer, json, notFound, runParam } from '../../answer.ts'

/** A run: what started it, what it read, used, asked and changed, and why it ended. */
export const GET = answer(async (event) => {
  const { runs, runEdits } = event.locals.services
  const row = await runs.find(runParam(event))
  await actorWho(event, row?.workspace_id, 'read', 'run')
  if (!row) throw notFound()
  const { cause, chain, ...run } = row
  const manifest = await runs.manifestOf(row.id)
  return json({
    run: {
      ...run, cause: JSON.parse(cause) as Cause, chain: JSON.parse(chain) as Chain,
      usage: { turns: run.turns, inputTokens: run.input_tokens, outputTokens: run.output_tokens, micros: run.micros, workingMs: run.working_ms },
    },
    manifest: manifest ? JSON.parse(manifest) as unknown : null,
    asks: await runs.asksOf(row.id),
    edits: await runEdits.list(row.id),
  })
})
