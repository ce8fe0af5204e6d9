import { isDeepStrictEqual } from 'node:util'
import type { DatabaseSync } from 'node:sqlite'
import * as Y from 'yjs'
import { missionDocument } from '#lib/sync/document-names.ts'
import { missionsSeenBy } from './edits.ts'
import { storedNow } from './ledger.ts'
import type { Participant } from './participant.ts'

export type Difference = { kind: 'divergence' | 'stuck'; what: string }

/** Longer than the longest pause that a client makes before it asks again: a minute, for an acknowledgement that was lost. */
const patienceMs = 75_000

/**
 * Everybody opens everything, and has what the database has in the end. Answers with what still differs when patience is over;
 * while the server is down, for whatever other schedule, it does not wear out.
 */
export async function converge(everybody: readonly Participant[], board: string, sqlite: DatabaseSync, isUp = () => true): Promise<Difference | null> {
  let left = patienceMs
  for (let wait = 10; ; wait = Math.min(200, wait * 1.5)) {
    const difference = firstDifference(everybody, board, sqlite)
    if (!difference || left <= 0) return difference
    await new Promise((resolve) => setTimeout(resolve, wait))
    if (isUp()) left -= wait
    else left = patienceMs
  }
}

function firstDifference(everybody: readonly Participant[], board: string, sqlite: DatabaseSync): Difference | null {
  const missions = new Set(everybody.flatMap((participant) => missionsSeenBy(participant, board)))
  const names = [board, ...[...missions].map(missionDocument)]
  for (const participant of everybody) for (const name of names) participant.open(name)
  for (const participant of everybody) {
    for (const name of names) {
      const { synced, denied } = participant.open(name)
      const waiting = participant.connection?.waitingIn(name) ?? 0
      if (synced && waiting === 0) continue
      const state = [participant.connection?.status, `${waiting} changes wait`, ...denied ? ['denied'] : [], ...synced ? [] : ['not in step']]
      return { kind: 'stuck', what: `${participant.label} in ${name}: ${state.join(', ')}\n    ${participant.network.lastSeen(name, 20).join('\n    ')}` }
    }
  }
  for (const name of names) {
    const stored = storedNow(sqlite, name)
    for (const participant of everybody) {
      const difference = compare(participant.open(name).doc, stored)
      if (difference) return { kind: 'divergence', what: `${participant.label} and the database differ in ${name}: ${difference}\n    ${participant.network.lastSeen(name, 20).join('\n    ')}` }
    }
    stored.destroy()
  }
  return null
}

/** `null` when two documents hold the same: the same structs, the same deletions, and nothing pending. */
function compare(one: Y.Doc, other: Y.Doc): string | null {
  if (one.store.pendingStructs || one.store.pendingDs) return 'something is pending'
  const [here, there] = [Y.snapshot(one), Y.snapshot(other)]
  if (Y.equalSnapshots(here, there)) return null
  if (!isDeepStrictEqual(here.sv, there.sv)) return `clocks ${JSON.stringify([...here.sv])} and ${JSON.stringify([...there.sv])}`
  return 'deletions'
}
