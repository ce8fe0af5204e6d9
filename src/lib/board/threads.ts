import type { Comment } from './comments.ts'
import type { ActorId, CommentId } from './ids.ts'

/** A first comment with its replies, oldest first. */
export type Thread = {
  /** Of its first comment, also when that is gone. */
  id: CommentId
  /** When it began; epoch milliseconds. */
  at: number
  /** `null`: it was deleted, or has not arrived; its replies stay where they are. */
  first: Comment | null
  replies: readonly Comment[]
  resolved: { by: ActorId; at: number } | null
}

/** The comment that carries whether a thread is settled: the first, or the oldest that is left. */
export const headOf = ({ first, replies }: Thread): Comment => (first ?? replies[0])!

/** Threads in the order in which they began. A reply to a reply is one to the thread. */
export function readThreads(comments: readonly Comment[]): Thread[] {
  const byId = new Map(comments.map((comment) => [comment.id, comment]))
  const threadOf = (comment: Comment): CommentId => {
    const passed = new Set([comment.id])
    let { id, replyTo } = comment
    // Whoever writes in circles has a thread all the same.
    while (replyTo !== null && !passed.has(replyTo)) {
      passed.add(replyTo)
      id = replyTo
      replyTo = byId.get(replyTo)?.replyTo ?? null
    }
    return id
  }
  const threads = new Map<CommentId, { first: Comment | null; replies: Comment[] }>()
  for (const comment of comments) {
    const id = threadOf(comment)
    const thread = threads.get(id) ?? { first: null, replies: [] }
    if (id === comment.id) thread.first = comment
    else thread.replies.push(comment)
    threads.set(id, thread)
  }
  return [...threads].map(([id, { first, replies }]): Thread => {
    const head = first ?? replies[0]!
    return {
      id, first, replies,
      at: first?.createdAt ?? Math.min(...replies.map(({ threadAt, createdAt }) => Math.min(threadAt ?? createdAt, createdAt))),
      resolved: head.resolvedBy !== null && head.resolvedAt !== null ? { by: head.resolvedBy, at: head.resolvedAt } : null,
    }
  }).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
}
