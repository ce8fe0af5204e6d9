import type { Thread } from '#lib/board/threads.ts'

/** The comment or review that an address leads to: `#comment-<id>`. */
export const linkedId = (hash: string): string | null => /^#(?:comment|review)-([\w-]{1,64})$/.exec(hash)?.[1] ?? null

export const holds = (thread: Thread, id: string | null): boolean => id !== null && (thread.first?.id === id || thread.replies.some((reply) => reply.id === id))
