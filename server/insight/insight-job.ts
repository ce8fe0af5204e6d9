import { DatabaseSync } from 'node:sqlite'
import type { WorkspaceId } from '#lib/board/ids.ts'
import { behind, figuresOf } from '#lib/insight/figures.ts'
import type { BehindPage, Figure, Insight, InsightAsked } from '#lib/insight/insight.ts'
import { readFacts } from './read-facts.ts'

/** `figure`: the missions behind it are wanted, else all figures. `file`: the database. */
export type InsightJob = { file: string; workspaceId: WorkspaceId; asked: InsightAsked; figure: Figure | null; now: number }

/** So many missions are listed behind a figure. */
const mostListed = 200

export function insightJob({ file, workspaceId, asked, figure, now }: InsightJob): Insight | BehindPage {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 })
  try {
    const facts = readFacts(database, workspaceId)
    return figure ? behind(facts, asked, figure, now, mostListed) : figuresOf(facts, asked, now)
  } finally {
    database.close()
  }
}
