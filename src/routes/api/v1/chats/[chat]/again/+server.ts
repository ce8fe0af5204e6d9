import { isId, type MessageId } from '#lib/board/ids.ts'
import { actorWho, answer, ApiError, body, json, notFound } from '../../../answer.ts'
import { chatAsked } from '../chat-asked.ts'

/** Has the COO try a message again whose answer failed. */
export const POST = answer(async (event) => {
  const chat = await chatAsked(event)
  await actorWho(event, chat?.workspace_id, 'edit', 'chat')
  if (!chat) throw notFound()
  const { messageId } = await body(event)
  if (!isId(messageId)) throw new ApiError(400, 'bad_field', '"messageId" must be the id of a message.')
  await event.locals.services.coo.conversation.again(chat.id, messageId as MessageId)
  return json({})
})
