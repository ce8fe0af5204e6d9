import type { WorkspaceId } from '#lib/board/ids.ts'
import type { BehindPage, Figure, Insight, InsightAsked } from '#lib/insight/insight.ts'
import { workThread } from '../work-thread.ts'
import type { InsightJob } from './insight-job.ts'

/** What was counted a moment ago is not counted again for the next who looks. */
const freshMs = 2_000
const mostKept = 50
/** Whoever looks at figures looks at several: the thread is kept for so long. */
const idleMs = 60_000
const longestMs = 120_000

/**
 * Figures over all that happened in a workspace. They are counted in a thread of their own, with a connection that only reads: twenty thousand missions take
 * longer than anybody's edit may wait. One after the other, however many look.
 */
export function createInsight({ file, settled, now }: { file: string; settled: () => Promise<void>; now: () => number }) {
  const kept = new Map<string, { at: number; answer: Promise<unknown> }>()
  const thread = workThread<InsightJob, Insight | BehindPage>(new URL('./insight-thread-main.ts', import.meta.url), { idleMs, longestMs, workerData: { file }, resourceLimits: { maxOldGenerationSizeMb: 512 } })

  async function count(workspaceId: WorkspaceId, asked: InsightAsked, figure: Figure | null) {
    await settled()
    return await thread.do({ workspaceId, asked, figure, now: now() })
  }

  function ask(workspaceId: WorkspaceId, asked: InsightAsked, figure: Figure | null) {
    const key = JSON.stringify([workspaceId, asked, figure])
    const known = kept.get(key)
    if (known && now() - known.at < freshMs) return known.answer
    const answer = count(workspaceId, asked, figure)
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
