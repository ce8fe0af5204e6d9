import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readFacts } from '#lib/board/board-document.ts'
import type { RunId } from '#lib/board/ids.ts'
import { readFiles } from '#lib/board/mission-document.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { eventually } from '../support/harbour.ts'
import { modelDesk } from '../support/model-desk.ts'
import { smallDisk } from '../support/small-disk.ts'

const megabyte = 1024 * 1024
const disk = smallDisk(64)

test.skipIf(!disk)('a small disk can be mounted here: without the right to do so what follows is left out', () => {})

describe.skipIf(!disk)('a disk that is full', () => {
  const desk = modelDesk({ ...disk && { dataDir: disk.folder } })
  beforeAll(desk.begin)
  afterAll(async () => {
    await desk.end()
    disk?.end()
  })
  const write = (name: string, length: number) => ({ calls: [{ name: 'write_file', args: { name, content: 'Prices rose. '.repeat(length / 13) } }] })

  test('[ENGINE2] while an artifact is written ends the run with a reason; what was stored stays, and with room again a retry succeeds', async () => {
    const turns = [write('small.md', 100), { reply: write('large.md', 1_900_000), pieceLength: 100_000 }, { say: 'Both are there.' }]
    const staff = await desk.staffWith(turns)
    const id = await desk.missionFor(staff)
    disk?.fill(megabyte)
    const runId = await desk.start(id)
    const reason = 'The server has no room for “large.md”. Tell whoever runs it that its disk is full.'
    expect(await desk.until(runId, 'failed')).toMatchObject({ code: 'no_room', reason })
    await eventually('the card', () => readFacts(desk.board.document, id).run?.line === reason)
    const mission = await desk.open(missionDocument(id))
    expect(readFiles(mission.document).map(({ name }) => name)).toEqual(['small.md'])

    disk?.free()
    desk.model.script(staff.script, turns)
    const again = await desk.here.api<{ run: { id: RunId } }>(desk.member, 'POST', `/runs/${runId}/retry`, {})
    expect(again.status, again.text).toBe(201)
    await desk.until(again.body.run.id, 'succeeded')
    await mission.until('with both files', () => readFiles(mission.document).map(({ name }) => name).sort().join() === 'large.md,small.md')
  }, 90_000)
})
