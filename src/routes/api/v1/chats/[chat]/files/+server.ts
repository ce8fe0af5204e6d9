import { actorWho, answer, json, notFound } from '../../../answer.ts'
import { storeUpload } from '../../../upload.ts'
import { chatAsked } from '../chat-asked.ts'

/** The files that were put into a chat. */
export const GET = answer(async (event) => {
  const chat = await chatAsked(event)
  await actorWho(event, chat?.workspace_id, 'read', 'chat')
  if (!chat) throw notFound()
  return json({ files: await event.locals.services.files.list({ kind: 'chat', id: chat.id }) })
})

/** Stores a file of a chat; a message then names it. */
export const POST = answer(async (event) => {
  const chat = await chatAsked(event)
  const mayUpload = () => actorWho(event, chat?.workspace_id, 'upload', 'chat')
  const actor = await mayUpload()
  if (!chat) throw notFound()
  return json(await storeUpload(event, { workspaceId: actor.workspaceId, owner: { kind: 'chat', id: chat.id }, kind: 'attachment', by: actor.id, runId: null, mayStill: mayUpload }), 201)
})
