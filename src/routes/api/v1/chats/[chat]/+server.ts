import { limits } from '#lib/board/limits.ts'
import { answer, actorWho, body, json, notFound, textField } from '../../answer.ts'
import { chatAsked } from './chat-asked.ts'

export const GET = answer(async (event) => {
  const chat = await chatAsked(event)
  await actorWho(event, chat?.workspace_id, 'read', 'chat')
  if (!chat) throw notFound()
  return json({ chat: event.locals.services.coo.chats.shown(chat) })
})

/** Renames or archives a chat. */
export const PATCH = answer(async (event) => {
  const chat = await chatAsked(event)
  await actorWho(event, chat?.workspace_id, 'edit', 'chat')
  if (!chat) throw notFound()
  const fields = await body(event)
  const changed = await event.locals.services.coo.chats.change(chat.id, {
    ...fields.title === undefined ? {} : { title: textField(fields, 'title', limits.title) },
    ...typeof fields.archived === 'boolean' ? { archived: fields.archived } : {},
  })
  return json({ chat: changed })
})
