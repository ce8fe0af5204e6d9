import { limits } from '#lib/board/limits.ts'
import { answer, ApiError, body, choiceField, json, leaseOf, leaseOver, textField } from '../../../answer.ts'

const [longestKey, longestTool, mostChoices, longestChoice] = [200, 200, 20, 500]

/** Asks people a question, or for an approval. The same key again: the same ask. */
export const POST = answer(async (event) => {
  const { runId, attempt } = await leaseOf(event)
  const fields = await body(event)
  const [key, question] = [textField(fields, 'key', longestKey), textField(fields, 'question', limits.note)]
  if (!key || !question.trim()) throw new ApiError(400, 'bad_field', '"key" and "question" must not be empty.')
  const choices: unknown = fields.choices ?? []
  if (!Array.isArray(choices) || choices.length > mostChoices || !choices.every((choice) => typeof choice === 'string' && choice.length <= longestChoice)) {
    throw new ApiError(400, 'bad_field', `"choices" must be at most ${mostChoices} texts of at most ${longestChoice} characters.`)
  }
  const ask = await event.locals.services.runs.ask(runId, attempt, {
    key, question, kind: choiceField(fields, 'kind', ['question', 'approval']), choices: choices as string[],
    tool: textField(fields, 'tool', longestTool), args: textField(fields, 'args', limits.entryData),
  })
  if (!ask) throw leaseOver()
  return json({ ask })
})
