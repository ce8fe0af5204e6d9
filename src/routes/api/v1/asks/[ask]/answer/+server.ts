import { limits } from '#lib/board/limits.ts'
import { askVerdicts } from '#lib/board/run-record.ts'
import { actorWho, answer, ApiError, askParam, body, choiceField, json, notFound, textField } from '../../../answer.ts'

/** Answers what a run asked. The first answer counts; whoever comes later gets 409 with it. */
export const POST = answer(async (event) => {
  const { runs } = event.locals.services
  const id = askParam(event)
  const actor = await actorWho(event, (await runs.findAsk(id))?.workspace_id, 'edit', 'run')
  const fields = await body(event)
  const verdict = fields.verdict == null ? null : choiceField(fields, 'verdict', askVerdicts)
  const answered = await runs.answer(id, actor.id, { answer: textField(fields, 'answer', limits.note), verdict })
  if (!answered) throw notFound()
  if (answered.ok) return json({ ask: answered.ask })
  if (answered.code === 'bad_field') throw new ApiError(400, answered.code, answered.message)
  return json({ error: { code: answered.code, message: answered.message }, ask: answered.ask }, 409)
})
