import { isId, type ChatId, type FileId, type MessageId, type ProjectId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { actorWho, answer, ApiError, body, json, notFound, textField, workspaceOfProject, workspaceParam } from '../../../answer.ts'

/** Tells the COO what is needed, in a chat of its own unless one is named; what it makes of it is among the proposals a moment later. */
export const POST = answer(async (event) => {
  const actor = await actorWho(event, workspaceParam(event), 'edit', 'chat')
  const { coo } = event.locals.services
  const fields = await body(event)
  const text = textField(fields, 'text', limits.message).trim()
  if (!text) throw new ApiError(400, 'bad_field', '"text" must say what is needed.')
  const projectId = isId(fields.projectId) ? fields.projectId as ProjectId : null
  if (projectId && await workspaceOfProject(event, projectId) !== actor.workspaceId) throw new ApiError(400, 'bad_field', '"projectId" must be a project of this workspace.')
  const chatId = isId(fields.chatId) ? fields.chatId as ChatId : null
  const chat = chatId && await coo.chats.find(chatId)
  // One that was begun without the network has an id before it is there.
  const begins = chatId === null || (!chat && fields.begins === true)
  if (fields.chatId !== undefined && !begins && chat?.workspace_id !== actor.workspaceId) throw notFound()
  const messageId = isId(fields.messageId) ? fields.messageId as MessageId : null
  const listed = (name: string) => Array.isArray(fields[name]) ? (fields[name] as unknown[]).filter((each): each is string => typeof each === 'string').slice(0, limits.references) : []
  const asked = await coo.ask(actor, { chatId, begins, projectId, messageId, text, quotes: listed('quotes'), files: listed('files').filter(isId) as FileId[] })
  if (!asked.ok) throw new ApiError(asked.code === 'not_stored' ? 503 : 403, asked.code, asked.message)
  return json({ chatId: asked.chatId, messageId: asked.messageId }, 202)
})
