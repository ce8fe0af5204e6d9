import { answer, ApiError, body, json, leaseOf, textField } from '../../../../answer.ts'

const longestKey = 200

/** Carries out a tool for the run; what is refused is answered in words for the model. */
export const POST = answer(async (event) => {
  const { actor } = await leaseOf(event)
  const fields = await body(event)
  const given = fields.arguments
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new ApiError(400, 'bad_field', '"arguments" must be an object.')
  return json(await event.locals.services.carryOutTool(actor, { tool: (event.params as { tool: string }).tool, key: textField(fields, 'key', longestKey), args: given as Record<string, unknown> }))
})
