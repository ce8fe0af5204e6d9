import { fileURLToPath } from 'node:url'
import { DatabaseSync } from 'node:sqlite'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { directoryOf, factsOf, missionsOf } from '#lib/board/board-document.ts'
import { createMission, renameMission } from '#lib/board/edits.ts'
import type { ActorId, CommentId, MissionId } from '#lib/board/ids.ts'
import { addComment, addReview, descriptionOf, filesOf } from '#lib/board/mission-document.ts'
import { connect } from '../tests/support/client.ts'
import { replayStored, storedDocuments } from '../server/admin/stored-document.ts'
import { createToken } from '../tests/support/workspace.ts'
import { kinds, openRaw, type RawSocket } from '../tests/support/raw-socket.ts'
import { temporaryFolder } from '../tests/support/server.ts'
import { participate } from './clients/participant.ts'
import { overRounds, type Figure } from './figures.ts'
import { inTurns, type Part } from './part.ts'
import { ours, program, withMission, type Target } from './peers/target.ts'
import { seeded } from './seeded.ts'

// What is refused, and what refusing costs those who mean well.

const hostileUpdates = 10_000
const sockets = 8
const throughputMs = 4_000
const writers = 6

type Crime = {
  name: string; make: (doc: Y.Doc, n: number) => void; on: 'board' | 'mission'
  /** One bit away lies what a member may do, such as a mission that names nobody as its author: it is sent whole only. */
  nearLawful?: true
}
const id = (n: number) => `crime${n}` as MissionId
const forged = 'somebody-else' as ActorId

const crimes: Crime[] = [
  { name: 'another root', on: 'board', make: (doc, n) => doc.getMap('secrets').set(`key${n}`, n) },
  { name: 'a field that does not exist', on: 'board', make: (doc) => missionsOf(doc).get('measured')!.set('budget', 1) },
  { name: 'a value of the wrong type', on: 'board', make: (doc, n) => missionsOf(doc).get('measured')!.set('title', n as never) },
  { name: 'a title as long as a book', on: 'board', make: (doc) => missionsOf(doc).get('measured')!.set('title', 'x'.repeat(10_000)) },
  { name: 'a list where a map belongs', on: 'board', nearLawful: true, make: (doc, n) => missionsOf(doc).set(id(n), new Y.Array() as never) },
  { name: 'a mission in another name', on: 'board', nearLawful: true, make: (doc, n) => createMission(doc, { id: id(n), title: 'Forged' }, forged, 1) },
  { name: 'facts', on: 'board', make: (doc, n) => factsOf(doc).set(id(n), { comments: 1 }) },
  { name: 'the directory', on: 'board', make: (doc, n) => directoryOf(doc).set(`id${n}`, { kind: 'person', name: 'Mallory', role: 'owner' }) },
  { name: 'a comment in another name', on: 'mission', make: (doc, n) => addComment(doc, { id: id(n) as string as CommentId, by: forged, body: 'I quit' }, 1) },
  { name: 'a file that was never uploaded', on: 'mission', make: (doc, n) => filesOf(doc).set(`file${n}`, { name: 'invoice.pdf' }) },
  { name: 'a review in another name', on: 'mission', make: (doc, n) => addReview(doc, { id: `r${n}` as never, by: forged, verdict: 'approved', note: '', runId: null }, 1) },
  { name: 'a document within a text', on: 'mission', make: (doc) => descriptionOf(doc).insert(0, [new Y.Doc() as never]) },
]

/** Which of `garbage` is an update with one bit that is another. */
const flips = 2

/** Bytes that are no update of a client: noise, halves, another's clocks, deletions of what never was, and far too much. */
function garbage(random: () => number, n: number, whole: Uint8Array): Uint8Array {
  const noise = (length: number) => Uint8Array.from({ length }, () => Math.floor(random() * 256))
  switch (n % 5) {
    case 0: return noise(1 + Math.floor(random() * 200))
    case 1: return whole.slice(0, Math.max(1, Math.floor(random() * whole.length)))
    case flips: {
      const broken = whole.slice()
      broken[Math.floor(random() * broken.length)]! ^= 1 << Math.floor(random() * 8)
      return broken
    }
    case 3: return Uint8Array.of(0, 1, 255, 255, 3, 1, 0, 200, 1)
    default: return new Uint8Array(n % 500 === 4 ? 5 * 1024 * 1024 : 4096).fill(255)
  }
}

const wordsOf = (struct: Y.Item | Y.GC | Y.Skip) =>
  `${struct.id.client}:${struct.id.clock}${struct instanceof Y.Item ? ` ${String(struct.parent)} ${struct.parentSub} ${JSON.stringify(struct.content).slice(0, 80)}` : ''}`

/**
 * What an update tells: everything in it but structs that were collected. Those hold nothing; Yjs makes one of what was written into
 * something that is gone, as an honest client does that was away.
 */
function told(update: Uint8Array): string[] {
  const { structs, ds } = Y.decodeUpdate(update)
  return [
    ...structs.filter((struct) => struct instanceof Y.Item).map(wordsOf),
    ...[...ds.clients].flatMap(([client, ranges]) => ranges.map(({ clock, len }) => `deleted ${client}:${clock}+${len}`)),
  ]
}

/** What the disk has of every document. */
function stored(target: Target): string {
  const database = new DatabaseSync(target.database, { readOnly: true })
  try {
    const items = (doc: Y.Doc) => Y.decodeUpdate(Y.encodeStateAsUpdate(doc)).structs.filter((struct) => struct instanceof Y.Item && !(struct.content instanceof Y.ContentDeleted)).map(wordsOf)
    return JSON.stringify(storedDocuments(database).map((name) => [name, items(replayStored(database, name))]))
  } finally {
    database.close()
  }
}

async function leave(raw: RawSocket, name: string) {
  raw.send(name, kinds.close)
  await raw.next('close', ({ kind, document }) => kind === kinds.close && document === name)
}

/** Sends them all; answers with how many were saved, though nothing of them should be, and what peers and the disk had of it. */
async function attack(seed: number): Promise<{ sent: number; reached: number; seen: string[]; healthy: boolean }> {
  const target = await ours({ LIMIT_UPDATES_PER_SECOND: '1000000', LOG_LEVEL: 'silent' })
  const random = seeded(seed)
  try {
    const mission = await withMission(target)
    const mallory = await createToken(target.folder, target.workspaceId, 'member')
    const names = { board: target.document, mission }
    const seen: string[] = []
    const [board, talk] = [connect(target.wsUrl, target.document, { token: target.token }), connect(target.wsUrl, mission, { token: target.token })]
    await Promise.all([board.synced(), talk.synced()])
    board.provider.setAwarenessField('looking', 'at the board')
    await new Promise((resolve) => setTimeout(resolve, 500))
    const before = stored(target)
    for (const { document } of [board, talk]) document.on('update', (update: Uint8Array) => seen.push(...told(update)))
    board.provider.awareness!.on('change', () => {
      for (const [client, state] of board.provider.awareness!.getStates()) {
        const { user } = state as { user?: { id?: string } }
        if (client !== board.document.clientID && user?.id === target.actor) seen.push('a cursor in another name')
      }
    })

    let sent = 0
    await Promise.all(Array.from({ length: sockets }, async (_, place) => {
      let raw = await openRaw(target.wsUrl)
      const copies = { board: new Y.Doc(), mission: new Y.Doc() }
      Y.applyUpdate(copies.board, Y.encodeStateAsUpdate(board.document))
      Y.applyUpdate(copies.mission, Y.encodeStateAsUpdate(talk.document))
      for (let n = place; n < hostileUpdates; n += sockets) {
        const crime = crimes[Math.floor(random() * crimes.length)]!
        const on = crime.on
        if (raw.closed()) raw = await openRaw(target.wsUrl)
        if (await raw.join(names[on], mallory.token) !== 'authenticated') continue
        raw.stateAnswer(names[on], Uint8Array.of(0, 0))
        if (await raw.outcome(names[on]) !== 'saved') continue
        const doc = new Y.Doc()
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(copies[on]))
        if (n % 7 === 3) doc.clientID = (on === 'board' ? board : talk).document.clientID
        const vector = Y.encodeStateVector(doc)
        crime.make(doc, n)
        const update = Y.encodeStateAsUpdate(doc, vector)
        const bytes = n % 4 === 1 && !(crime.nearLawful && n % 5 === flips) ? garbage(random, n, update) : update
        sent++
        if (n % 11 === 5) {
          const awareness = new Awareness(new Y.Doc())
          awareness.clientID = board.document.clientID
          awareness.setLocalState({ user: { id: target.actor, name: 'Ada Owner' }, looking: 'elsewhere' })
          awareness.meta.set(awareness.clientID, { clock: 1_000_000 + n, lastUpdated: Date.now() })
          raw.awareness(names[on], encodeAwarenessUpdate(awareness, [awareness.clientID]))
          awareness.destroy()
          await leave(raw, names[on])
          continue
        }
        raw.update(names[on], bytes)
        // What says nothing new is answered like an edit, and nothing is closed for it.
        if (await raw.outcome(names[on]) === 'saved') await leave(raw, names[on])
      }
      raw.end()
    }))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const reached = seen.length + (stored(target) === before ? 0 : 1)
    const health = await fetch(`${target.wsUrl.replace('ws', 'http').replace('/sync', '')}/healthz`)
    const fresh = connect(target.wsUrl, target.document, { token: target.token })
    await fresh.synced()
    const whole = JSON.stringify(missionsOf(fresh.document).toJSON()) === JSON.stringify(missionsOf(board.document).toJSON())
    for (const client of [board, talk, fresh]) client.end()
    return { sent, reached, seen, healthy: health.status === 200 && whole }
  } finally {
    await target.end()
  }
}

/** Honest edits a second that get through, each writer waiting for its acknowledgement before the next few. */
async function throughput(rules: 'on' | 'off', seed: number): Promise<number> {
  const folder = temporaryFolder(`rules-${rules}`)
  const target = await program(fileURLToPath(new URL('./peers/gate-server.ts', import.meta.url)), folder, (port) => [folder, String(port), rules], `${folder}/missions.db`, {})
  const random = seeded(seed)
  try {
    const wsUrl = `${target.wsUrl}/sync`
    const setUp = connect(wsUrl, target.document, { token: 'anyone' })
    await setUp.synced()
    for (let n = 0; n < 100; n++) createMission(setUp.document, { id: `m${n}` as MissionId, title: `Mission ${n}` }, target.actor, n)
    await setUp.acknowledged()
    setUp.end()
    const people = await Promise.all(Array.from({ length: writers }, (_, n) => participate({ wsUrl, name: n % 2 ? 'mission/m0' : target.document, token: 'anyone' })))
    let done = 0
    const until = performance.now() + throughputMs
    await Promise.all(people.map(async (person, place) => {
      while (performance.now() < until) {
        await Promise.all(Array.from({ length: 8 }, async () => {
          await person.write((doc) => {
            if (place % 2) {
              const root = descriptionOf(doc)
              if (root.length === 0) root.insert(0, [new Y.XmlText()])
              const text = root.get(0) as Y.XmlText
              text.insert(Math.floor(random() * (text.length + 1)), 'a')
            } else renameMission(doc, `m${Math.floor(random() * 100)}` as MissionId, `Renamed ${random()}`)
          })
          done++
        }))
      }
    }))
    for (const person of people) person.end()
    return done / (throughputMs / 1000)
  } finally {
    await target.end()
  }
}

export const hostile: Part = async ({ rounds, tell }) => {
  const attacks = []
  for (let number = 1; number <= rounds; number++) {
    const round = await attack(number)
    attacks.push(round)
    tell(`round ${number} of ${rounds}: ${round.sent} hostile updates, ${round.reached} reached anybody${round.seen.length > 0 ? `: ${round.seen.join('; ')}` : ''}`)
  }
  const turns = await inTurns({ rounds: Math.max(rounds, 5), sides: ['on', 'off'], measure: throughput })
  for (const { on, off } of turns) tell(`honest edits a second: ${on.toFixed(0)} with rules, ${off.toFixed(0)} without`)
  const figures: Figure[] = [
    { name: 'hostile updates sent, least of a round', unit: 'count', measured: Math.min(...attacks.map(({ sent }) => sent)), atLeast: hostileUpdates * 0.99 },
    { name: 'reached peers or disk', unit: 'count', measured: attacks.reduce((sum, { reached }) => sum + reached, 0), atMost: 0 },
    { name: 'servers that were not well afterwards', unit: 'count', measured: attacks.filter(({ healthy }) => !healthy).length, atMost: 0 },
    overRounds('honest edits a second, rules on', 'count', turns.map(({ on }) => Math.round(on))),
    overRounds('honest edits a second, rules off', 'count', turns.map(({ off }) => Math.round(off))),
    { ...overRounds('throughput with rules against without', '%', turns.map(({ on, off }) => on / off * 100)), atLeast: 85 },
  ]
  return figures
}
