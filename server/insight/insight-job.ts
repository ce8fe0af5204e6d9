import { DatabaseSync } from 'node:sqlite'
import type { WorkspaceId } from '#lib/board/ids.ts'
import { behind, figuresOf } from '#lib/insight/figures.ts'
import type { BehindPage, Facts, Figure, Insight, InsightAsked } from '#lib/insight/insight.ts'
import { readFacts } from './read-facts.ts'

/** `figure`: the missions behind it are wanted, else all figures. */
export type InsightJob = { workspaceId: WorkspaceId; asked: InsightAsked; figure: Figure | null; now: number }

/** So many missions are listed behind a figure. */
const mostListed = 200
/** Who chooses another period or looks behind a figure asks about what was read for the figures before. */
const freshMs = 2_000

/** Counts over a database, `file`. What was read last is kept, for as long as nothing is written, or for a moment. */
export function insightJobs(file: string) {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 })
  const version = database.prepare('pragma data_version')
  let kept: { workspaceId: WorkspaceId; version: number; at: number; facts: Facts } | null = null

  function factsOf(workspaceId: WorkspaceId, now: number): Facts {
    const current = Number(version.get()?.data_version)
    if (kept?.workspaceId !== workspaceId || (kept.version !== current && Math.abs(now - kept.at) > freshMs)) kept = { workspaceId, version: current, at: now, facts: readFacts(database, workspaceId) }
    return kept.facts
  }

  return ({ workspaceId, asked, figure, now }: InsightJob): Insight | BehindPage => {
    const facts = factsOf(workspaceId, now)
    return figure ? behind(facts, asked, figure, now, mostListed) : figuresOf(facts, asked, now)
  }
}
