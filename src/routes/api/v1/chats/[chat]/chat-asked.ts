import type { RequestEvent } from '@sveltejs/kit'
import { isId, type ChatId } from '#lib/board/ids.ts'

export const chatAsked = async ({ params, locals }: RequestEvent) =>
  isId(params.chat) ? await locals.services.coo.chats.find(params.chat as ChatId) : undefined
