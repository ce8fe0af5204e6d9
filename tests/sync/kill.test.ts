import { expect, test } from 'vitest'
import { createMission } from '#lib/board/edits.ts'
import { missionsOf } from '#lib/board/board-document.ts'
import type { CommentId, MissionId } from '#lib/board/ids.ts'
import { addComment, commentsOf } from '#lib/board/mission-document.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import { type Client } from '../support/client.ts'
import { harbour } from '../support/harbour.ts'
import { randomFrom, seedOf } from '../support/random.ts'

// The short form; `npm run test:faults -- --kills 100` is a long one.
const kills = Number(process.env.KILLS ?? 8)
const seed = seedOf('KILL_SEED')
const missionId = 'kill-mission' as MissionId

/** A client that writes records under names of its own, and knows which of them it saw acknowledged. */
function writer(client: Client, write: (name: string) => void, label: string) {
  const acknowledged = new Set<string>()
  let made: string[] = []
  let count = 0
  client.provider.on('unsyncedChanges', () => {
    if (!client.provider.isSynced || client.provider.unsyncedChanges > 0) return
    for (const name of made) acknowledged.add(name)
    made = []
  })
  return {
    client,
    acknowledged,
    write() {
      const name = `${label}-${count++}`
      made.push(name)
      write(name)
    },
  }
}

test(`[GATE1] what any client saw acknowledged is there after each of ${kills} kills in mid-traffic (KILL_SEED=${seed})`, { timeout: 60_000 + kills * 10_000 }, async () => {
  const random = randomFrom(seed)
  const { server, connect, token, board, end } = await harbour()
  const mission = missionDocument(missionId)
  const people = await Promise.all(['one', 'two', 'three'].map((name) => token('member', name)))
  const at = Date.UTC(2026, 0, 1)

  const first = connect(people[0]!, board)
  await first.synced()
  createMission(first.document, { id: missionId, title: 'Everything at once' }, people[0]!.id, at)
  await first.acknowledged()
  first.end()

  const writers = people.flatMap((person, index) => {
    const onBoard = connect(person, board)
    const inMission = connect(person, mission)
    return [
      writer(onBoard, (name) => createMission(onBoard.document, { id: name as MissionId, title: name }, person.id, at), `m${index}`),
      writer(inMission, (name) => addComment(inMission.document, { id: name as CommentId, by: person.id, body: name }, at), `c${index}`),
    ]
  })
  await Promise.all(writers.map(({ client }) => client.synced()))

  const lost: string[] = []
  for (let kill = 0; kill < kills; kill++) {
    const until = Date.now() + 100 + random.below(400)
    while (Date.now() < until) {
      random.pick(writers).write()
      await new Promise((resolve) => setTimeout(resolve, random.below(8)))
    }
    await server.kill()
    // Nobody may bring back what the server lost before we have looked.
    for (const { client } of writers) client.goAway()
    await server.restart()
    const fresh = [board, mission].map((name) => connect(people[0]!, name))
    await Promise.all(fresh.map((client) => client.synced()))
    const present = new Set([...missionsOf(fresh[0]!.document).keys(), ...commentsOf(fresh[1]!.document).keys()])
    for (const { acknowledged } of writers) for (const name of acknowledged) if (!present.has(name)) lost.push(`${name} after kill ${kill + 1}`)
    for (const client of fresh) client.end()
    for (const { client } of writers) await client.comeBack()
    await Promise.all(writers.map(({ client }) => client.acknowledged(20_000)))
  }

  const total = writers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)
  console.log(`${kills} kills (KILL_SEED=${seed}): ${total} acknowledged, ${lost.length} lost`)
  expect(lost).toEqual([])
  expect(total).toBeGreaterThan(kills * 10)
  const records = (name: string) => {
    const clients = writers.filter(({ client }) => client.provider.configuration.name === name)
    return clients.map(({ client: { document } }) => [...(name === board ? missionsOf(document) : commentsOf(document)).keys()].sort())
  }
  for (const name of [board, mission]) {
    await expect.poll(() => new Set(records(name).map(String)).size, { timeout: 10_000, message: `clients that stayed agree on ${name}` }).toBe(1)
    expect(records(name)[0]!.length).toBeGreaterThan(0)
  }
  await end()
})
