import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, test } from 'vitest'
import { createMission, renameMission } from '#lib/board/edits.ts'
import { directoryOf, missionsOf, readMission } from '#lib/board/board-document.ts'
import type { MissionId } from '#lib/board/ids.ts'
import { addComment, commentsOf } from '#lib/board/mission-document.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { readNotice } from '#lib/sync/notices.ts'
import { databaseFile } from '../../server/store/database.ts'
import type { Client } from '../support/client.ts'
import { eventually, harbour, type Harbour } from '../support/harbour.ts'

// The disk fails under a server in use: it is held by another process, or full.

let here: Harbour
afterEach(() => here.end())

const mission = 'on-record' as MissionId

/** What breaks the store of a running server, and mends it again. */
const faults = {
  'another process holds the database'() {
    const other = new DatabaseSync(databaseFile(here.server.dataDir), { timeout: 10_000 })
    other.exec('begin immediate')
    return () => {
      other.exec('rollback')
      other.close()
    }
  },
  'the disk is full'() {
    const limit = (bytes: number | 'unlimited') => execFileSync('prlimit', ['--pid', String(here.server.pid), `--fsize=${bytes}:unlimited`])
    limit(statSync(`${databaseFile(here.server.dataDir)}-shm`).size)
    return () => limit('unlimited')
  },
}
const hasPrlimit = (() => {
  try {
    execFileSync('prlimit', ['--version'])
    return true
  } catch {
    return false
  }
})()
const breakable = (Object.keys(faults) as (keyof typeof faults)[]).filter((name) => hasPrlimit || name !== 'the disk is full')

const notices = (client: Client) => {
  const told: boolean[] = []
  client.provider.on('stateless', ({ payload }: { payload: string }) => {
    const notice = readNotice(payload)
    if (notice?.kind === 'store') told.push(notice.failing)
  })
  return told
}

async function inUse() {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'fatal' } })
  const [author, visitor] = await Promise.all([here.token('member'), here.token('member')])
  const board = here.connect(author, here.board)
  await board.synced()
  createMission(board.document, { id: mission, title: 'On record' }, author.id, 1)
  await board.acknowledged()
  return { author, visitor, board }
}

describe.each(breakable)('[GATE10] while %s', (fault) => {
  test('edits are not acknowledged, people are told, and all is stored and acknowledged when it is over', async () => {
    const { author, board, visitor } = await inUse()
    const told = notices(board)
    const mend = faults[fault]()
    renameMission(board.document, mission, 'While it failed')
    createMission(board.document, { id: 'made-meanwhile' as MissionId, title: 'Meanwhile' }, author.id, 1)
    missionsOf(board.document).delete('made-meanwhile')
    await eventually('the author to be told', () => told.includes(true))
    expect(board.provider.unsyncedChanges).toBeGreaterThan(0)
    const latecomer = here.connect(visitor, here.board)
    const toldLater = notices(latecomer)
    await latecomer.synced()
    await eventually('whoever comes to be told', () => toldLater.includes(true))
    expect(readMission(latecomer.document, mission)?.title).toBe('On record')
    mend()
    const mended = performance.now()
    await board.acknowledged()
    await eventually('everybody to be told', () => told.at(-1) === false && toldLater.at(-1) === false)
    expect(performance.now() - mended).toBeLessThan(2_000)
    await latecomer.until('in step', () => readMission(latecomer.document, mission)?.title === 'While it failed')
    expect(board.closes()).toEqual([])
    await here.server.kill()
    await here.server.restart()
    const fresh = here.connect(visitor, here.board)
    await fresh.synced()
    expect(readMission(fresh.document, mission)?.title).toBe('While it failed')
  })

  test('an author leaves, a visitor comes and goes: nothing is lost, and nobody sees an empty document', async () => {
    const { author, visitor } = await inUse()
    const document = missionDocument(mission)
    const writer = here.connect(author, document)
    await writer.synced()
    addComment(writer.document, { id: 'before' as never, by: author.id, body: 'Before' }, 1)
    await writer.acknowledged()
    const mend = faults[fault]()
    addComment(writer.document, { id: 'during' as never, by: author.id, body: 'During' }, 1)
    await new Promise((resolve) => setTimeout(resolve, 100))
    writer.end()
    const visit = here.connect(visitor, document)
    await visit.synced()
    expect([...commentsOf(visit.document).keys()]).toEqual(['before'])
    visit.end()
    await new Promise((resolve) => setTimeout(resolve, 500))
    mend()
    const after = here.connect(visitor, document)
    await after.until('whole', () => commentsOf(after.document).size === 2, 2_000)
  })

  test('what the server itself writes is seen by nobody before it is stored, so that no client brings it back after a crash', async () => {
    const { author, visitor, board } = await inUse()
    board.end()
    await here.server.stop()
    await here.db.updateTable('users').set({ name: 'Renamed Meanwhile' }).where('id', '=', here.owner.id).execute()
    await here.server.restart()
    const mend = faults[fault]()
    // The board is loaded, and with it the directory is brought up to date.
    const client = here.connect(author, here.board)
    await new Promise((resolve) => setTimeout(resolve, 800))
    expect(JSON.stringify(directoryOf(client.document).toJSON())).not.toContain('Renamed Meanwhile')
    await here.server.kill()
    if (fault !== 'the disk is full') mend()
    await here.server.restart()
    await client.synced()
    renameMission(client.document, mission, 'After the crash')
    await client.acknowledged()
    expect(client.closes().filter((reason) => reason?.startsWith('policy:'))).toEqual([])
    const other = here.connect(visitor, here.board)
    await other.until('whole', () => readMission(other.document, mission)?.title === 'After the crash' && JSON.stringify(directoryOf(other.document).toJSON()).includes('Renamed Meanwhile'))
  })

  test('the server stops within 5 s, says by its exit code that something is not stored, and has all that it acknowledged', async () => {
    const { board, visitor } = await inUse()
    const mend = faults[fault]()
    renameMission(board.document, mission, 'Never acknowledged')
    await new Promise((resolve) => setTimeout(resolve, 100))
    const from = performance.now()
    expect(await here.server.stop()).toBe(1)
    expect(performance.now() - from).toBeLessThan(5_000)
    expect(board.provider.unsyncedChanges).toBeGreaterThan(0)
    board.end()
    if (fault !== 'the disk is full') mend()
    await here.server.restart()
    const fresh = here.connect(visitor, here.board)
    await fresh.synced()
    expect(readMission(fresh.document, mission)?.title).toBe('On record')
  })
})
