import { afterAll, beforeAll, expect, test } from 'vitest'
import { readComments, readFiles } from '#lib/board/mission-document.ts'
import { Connection } from '#lib/sync/connection.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import type { Claim } from '../../server/runs/protocol.ts'
import { comment } from '../../server/runs/tools/comment.ts'
import { createApi } from '../../server/runs/worker/api.ts'
import { runDesk, type RunDesk } from '../support/run-desk.ts'

let desk: RunDesk
beforeAll(async () => { desk = await runDesk() })
afterAll(() => desk.here.end())

const signal = new AbortController().signal
const store = ({ runId, token }: Claim, call: string, text: string) =>
  createApi(desk.here.server.url, token).artifact(runId, { name: 'findings.md', type: 'text/markdown', bytes: new TextEncoder().encode(text), call }, signal)
async function write({ runId, missionId, staffId, token }: Claim, call: string, text: string) {
  const connection = new Connection({ url: desk.here.server.wsUrl, token })
  try {
    return await comment({ connection, runId, missionId, staffId }).carryOut({ text }, { id: call, signal })
  } finally {
    await connection.destroy()
  }
}

test('[ENGINE5] what a lost worker had left before it could say so is not left again by the next one: no file, whatever is in it now, and no comment', async () => {
  const missionId = await desk.mission()
  const runId = await desk.started(missionId)
  const lost = await desk.claimed()
  const first = await store(lost, 'call-1', 'Prices rose.')
  await write(lost, 'call-2', 'The table has two days.')
  await desk.here.api(desk.lease(lost), 'POST', `/runs/${runId}/release`)

  const next = await desk.claimed()
  expect(next).toMatchObject({ runId, attempt: 2 })
  expect(await store(next, 'call-1', 'Prices rose, as of another minute.')).toMatchObject({ id: first.id, version: 1 })
  expect(await write(next, 'call-2', 'The table has two days.')).toMatchObject({ ok: true })
  // Another call is another thing.
  expect(await store(next, 'call-3', 'Prices rose, and fell.')).toMatchObject({ id: first.id, version: 2 })
  await write(next, 'call-4', 'The table has two days.')
  const mission = desk.here.connect(desk.member, missionDocument(missionId))
  await mission.synced()
  await mission.until('with both versions', () => readFiles(mission.document)[0]?.version === 2)
  expect(readFiles(mission.document)).toHaveLength(1)
  expect(readComments(mission.document).map(({ body }) => body)).toEqual(['The table has two days.', 'The table has two days.'])
})
