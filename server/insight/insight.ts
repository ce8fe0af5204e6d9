import type { WorkspaceId } from '#lib/board/ids.ts'
import type { BehindPage, Figure, Insight, InsightAsked } from '#lib/insight/insight.ts'
import { insightThread } from './insight-thread.ts'

/** What was counted a moment ago is not counted again for the next who looks. */
const freshMs = 2_000
const mostKept = 50

/**
 * Figures over all that happened in a workspace. They are counted in a thread of their own, with a connection that only reads: twenty thousand missions take
 * longer than anybody's edit may wait. One after the other, however many look.
 */
export function createInsight({ file, settled, now }: { file: string; settled: () => Promise<void>; now: () => number }) {
  const kept = new Map<string, { at: number; answer: Promise<unknown> }>()
  let last: Promise<unknown> = Promise.resolve()
  const thread = insightThread()

  async function count(workspaceId: WorkspaceId, asked: InsightAsked, figure: Figure | null) {
    await settled()
    return await thread.run({ file, workspaceId, asked, figure, now: now() })
  }

  function ask(workspaceId: WorkspaceId, asked: InsightAsked, figure: Figure | null) {
    const key = JSON.stringify([workspaceId, asked, figure])
    const known = kept.get(key)
    if (known && now() - known.at < freshMs) return known.answer
    const answer = last.catch(() => {}).then(() => count(workspaceId, asked, figure))
    last = answer
    kept.delete(key)
    kept.set(key, { at: now(), answer })
    answer.catch(() => kept.delete(key))
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!)
    return answer
  }

  return {
    figures: (workspaceId: WorkspaceId, asked: InsightAsked) => ask(workspaceId, asked, null) as Promise<Insight>,
    behind: (workspaceId: WorkspaceId, asked: InsightAsked, figure: Figure) => ask(workspaceId, asked, figure) as Promise<BehindPage>,
  }
}

export type InsightReader = ReturnType<typeof createInsight>
