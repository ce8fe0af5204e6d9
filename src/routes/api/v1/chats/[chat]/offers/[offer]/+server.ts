import { isId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { actorWho, answer, body, done, json, notFound, textField } from '../../../../answer.ts'
import { chatAsked } from '../../chat-asked.ts'

/** Makes the project or the staff member that the COO offered, under a name of one's choice; `accept: false` puts the offer aside. */
export const POST = answer(async (event) => {
  const chat = await chatAsked(event)
  const { offer: id } = event.params
  if (!chat || !isId(id)) throw notFound()
  const fields = await body(event)
  const actor = await actorWho(event, chat.workspace_id, 'edit', 'chat')
  const { offers } = event.locals.services.coo
  const { offer } = done(fields.accept === false ? await offers.decline(actor, chat.id, id) : await offers.accept(actor, chat.id, id, textField(fields, 'name', limits.name)))
  return json({ offer })
})
