import { readComment } from '#lib/board/comments.ts'
import type { ActorId } from '#lib/board/ids.ts'
import type { RecentFollower } from '../sync/recent-edits.ts'
import type { RunsContext } from './context.ts'
import { mentionsIn, staffIn, type Mention } from './mentions.ts'

type MissedMention = Mention & { since: number }

/** What people asked of staff just before a start, each with when it was accepted; what is not asked any more is left out. */
export function missedMentions({ isPerson }: Pick<RunsContext, 'isPerson'>, follow: (mentions: readonly MissedMention[]) => Promise<void>): RecentFollower {
  return {
    what: 'mentions not looked for',
    async read(name, workspaceId) {
      if (name.kind === 'board') return null
      const found: MissedMention[] = []
      return {
        edit({ changes, actor, at }) {
          const author = { kind: 'person', id: actor as ActorId, workspaceId, runId: null } as const
          found.push(...mentionsIn({ name, author, changes }).map((mention) => ({ ...mention, since: at })))
        },
        async end(document) {
          // What was deleted, or written anew without them, asks nothing any more.
          const standing: MissedMention[] = []
          for (const mention of found) {
            const asked = staffIn(readComment(document, mention.commentId)?.body)
            const staffIds = mention.staffIds.filter((id) => asked.has(id))
            if (staffIds.length > 0 && await isPerson(workspaceId, mention.by)) standing.push({ ...mention, staffIds })
          }
          await follow(standing)
        },
      }
    },
  }
}
