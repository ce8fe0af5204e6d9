import type { ChatId, FileId, MessageId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import type { Chat } from '#lib/coo/answers.ts'
import { callApi } from '#lib/workspace/call-api.ts'

export type Request = { text: string; projectId?: ProjectId | null; quotes?: readonly string[]; files?: readonly FileId[] }

/** Archived ones too. */
export const listChats = (workspace: WorkspaceId) => callApi<{ chats: Chat[] }>('GET', `workspaces/${workspace}/chats?archived=1`)
export const changeChat = (chat: ChatId, body: { title?: string; archived?: boolean }) => callApi<{ chat: Chat }>('PATCH', `chats/${chat}`, { body })
/** Says something in a chat of its own. */
export const ask = (workspace: WorkspaceId, body: Request) => callApi<{ chatId: ChatId; messageId: MessageId }>('POST', `workspaces/${workspace}/requests`, { body })
/** Has a turn that failed tried again. */
export const tryAgain = (chat: ChatId, messageId: MessageId) => callApi<unknown>('POST', `chats/${chat}/again`, { body: { messageId } })
