import type { ChatId, FileId, MessageId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import type { Offer } from '#lib/board/offer.ts'
import type { Chat } from '#lib/coo/answers.ts'
import { callApi } from '#lib/workspace/call-api.ts'

/** `begins`: the chat is made under that id. With `messageId` it is said once, however often it is sent. */
export type Request = { text: string; projectId?: ProjectId | null; quotes?: readonly string[]; files?: readonly FileId[]; chatId?: ChatId; begins?: boolean; messageId?: MessageId }

/** Archived ones too. */
export const listChats = (workspace: WorkspaceId) => callApi<{ chats: Chat[] }>('GET', `workspaces/${workspace}/chats?archived=1`)
/** Makes a chat in which nothing is said yet: nobody sees it before. */
export const beginChat = (workspace: WorkspaceId, id: ChatId, projectId: ProjectId | null) => callApi<{ chat: Chat }>('POST', `workspaces/${workspace}/chats`, { body: { id, title: '', projectId } })
export const changeChat = (chat: ChatId, body: { title?: string; archived?: boolean }) => callApi<{ chat: Chat }>('PATCH', `chats/${chat}`, { body })
/** Says something in a chat of its own. */
export const ask = (workspace: WorkspaceId, body: Request) => callApi<{ chatId: ChatId; messageId: MessageId }>('POST', `workspaces/${workspace}/requests`, { body })
/** Makes what the COO offered to set up, or puts it aside. */
export const answerOffer = (chat: ChatId, offer: string, accept: boolean, name: string) => callApi<{ offer: Offer }>('POST', `chats/${chat}/offers/${offer}`, { body: { accept, name } })
/** Has a turn that failed tried again. */
export const tryAgain = (chat: ChatId, messageId: MessageId) => callApi<unknown>('POST', `chats/${chat}/again`, { body: { messageId } })
