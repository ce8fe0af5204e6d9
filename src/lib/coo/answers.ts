import type { ActorId, ChatId, ProjectId } from '#lib/board/ids.ts'

// What the API answers about chats. Times are epoch milliseconds.

/** `lastWords`: the beginning of what was said last. */
export type Chat = {
  id: ChatId; title: string; projectId: ProjectId | null; createdBy: ActorId; createdAt: number
  lastAt: number; lastBy: ActorId | null; lastWords: string; archivedAt: number | null
}
