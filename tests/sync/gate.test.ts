import { randomBytes } from 'node:crypto'
import { encodeAwarenessUpdate, Awareness } from 'y-protocols/awareness'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { directoryOf, factsOf, missionsOf } from '#lib/board/board-document.ts'
import { createMission, moveMission, renameMission } from '#lib/board/edits.ts'
import type { ActorId, CommentId, MissionId, ReviewId } from '#lib/board/ids.ts'
import { addComment, addReview, commentsOf, deleteComment, descriptionOf, filesOf } from '#lib/board/mission-document.ts'
import { missionDocument } from '#lib/sync/document-names.ts'
import type { Client } from '../support/client.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { kinds, openRaw, type RawSocket } from '../support/raw-socket.ts'
import { removeFolder } from '../support/server.ts'

let here: Harbour
let member: Somebody, viewer: Somebody, staff: Somebody, foreign: Somebody
let foreignBoard: string
const mission = 'harbour-fair' as MissionId
const foreignMission = 'not-ours' as MissionId
const raws: RawSocket[] = []

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error' } })
  ;[member, viewer, staff] = await Promise.all([here.token('member'), here.token('viewer'), here.token('staff', 'Analyst')])
  const other = await here.workspace('Elsewhere')
  foreign = other.owner
  foreignBoard = `board/${other.workspaceId}`
  const board = here.connect(member, here.board)
  await board.synced()
  createMission(board.document, { id: mission, title: 'Harbour fair' }, member.id, 1)
  await board.acknowledged()
  const elsewhere = here.connect(foreign, foreignBoard)
  await elsewhere.synced()
  createMission(elsewhere.document, { id: foreignMission, title: 'Not ours' }, foreign.id, 1)
  await elsewhere.acknowledged()
  const talk = here.connect(member, missionDocument(mission))
  await talk.synced()
  addComment(talk.document, { id: 'first' as CommentId, by: member.id, body: 'Hello' }, 1)
  await talk.acknowledged()
  here.leave()
})
afterAll(async () => {
  await here.end()
  removeFolder(here.server.dataDir)
})
afterEach(() => {
  for (const raw of raws.splice(0)) raw.end()
  here.leave()
})

const raw = async (...args: Parameters<typeof openRaw> | []) => {
  const socket = await openRaw(args[0] ?? here.server.wsUrl, args[1])
  raws.push(socket)
  return socket
}
const joined = async (somebody: Somebody, document: string) => {
  const socket = await raw(here.server.wsUrl, { cookie: somebody.cookie })
  expect(await socket.join(document, somebody.token)).toBe('authenticated')
  return socket
}
const open = async (somebody: Somebody, document: string) => {
  const client = here.connect(somebody, document)
  await client.synced()
  return client
}
const shown = ({ document }: Client) => ({
  missions: missionsOf(document).toJSON(), facts: factsOf(document).toJSON(), directory: directoryOf(document).toJSON(),
  comments: commentsOf(document).toJSON(), files: filesOf(document).toJSON(), description: descriptionOf(document).toString(), roots: [...document.share.keys()].sort(),
})

const headOf = async (document: string) => {
  const { rows } = await sql<{ head: number | null }>`select max(seq) as head from (select seq from updates where doc = ${document} union all select upto_seq from snapshots where doc = ${document})`.execute(here.db)
  return rows[0]?.head ?? 0
}

let edits = 0
/** Whatever is tried: nothing of it reaches another client or the disk, and others go on as if nothing had been. */
async function unharmed(document: string, attempt: () => Promise<void>) {
  const [bystander, peer] = [await open(member, document), await open(here.owner, document)]
  const before = { shown: shown(bystander), head: await headOf(document) }
  await attempt()
  expect(shown(bystander)).toEqual(before.shown)
  expect(await headOf(document)).toBe(before.head)

  const title = `Still here ${edits++}`
  if (document === here.board) renameMission(bystander.document, mission, title)
  else addComment(bystander.document, { id: `still${edits}` as CommentId, by: member.id, body: title }, 1)
  await peer.until('in step', () => JSON.stringify(shown(peer)).includes(title), 2_000)
  expect(peer.closes()).toEqual([])
  expect((await fetch(`${here.server.url}/healthz`)).status).toBe(200)
}

/** What a stock client is told that makes this edit. */
async function told(somebody: Somebody, document: string, edit: (doc: Y.Doc) => void): Promise<string> {
  let reason = ''
  await unharmed(document, async () => {
    const client = await open(somebody, document)
    edit(client.document)
    await client.until('told', () => client.closes().length > 0, 3_000)
    reason = client.closes()[0]!
    client.end()
  })
  return reason
}

describe('[GATE11] what cannot be read', () => {
  test.each([
    ['random bytes', randomBytes(300)],
    ['no bytes', new Uint8Array()],
    ['an update cut short', Y.encodeStateAsUpdate(new Y.Doc()).slice(0, 1)],
  ])('is refused as such: %s', async (_, bytes) => {
    await unharmed(here.board, async () => {
      const socket = await joined(member, here.board)
      socket.update(here.board, bytes)
      expect(await socket.outcome(here.board)).toMatch(/^policy:(malformed|unknown_field|wrong_value|resync):./)
    })
  })

  test('an update in Yjs’ other encoding reads as nothing', async () => {
    const doc = new Y.Doc()
    createMission(doc, { id: 'm' as MissionId, title: '' }, member.id, 1)
    await unharmed(here.board, async () => {
      const socket = await joined(member, here.board)
      socket.update(here.board, Y.encodeStateAsUpdateV2(doc))
      expect(await socket.outcome(here.board)).toBe('saved')
    })
  })

  test('[GATE7] an update that builds on what nobody has', async () => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    createMission(doc, { id: 'm' as MissionId, title: '' }, member.id, 1)
    renameMission(doc, 'm' as MissionId, 'Later')
    await unharmed(here.board, async () => {
      const socket = await joined(member, here.board)
      socket.stateAnswer(here.board, Uint8Array.of(0, 0))
      expect(await socket.outcome(here.board)).toBe('saved')
      socket.update(here.board, updates[1]!)
      expect(await socket.outcome(here.board)).toMatch(/^policy:resync:The edit builds on changes/)
    })
    await unharmed(here.board, async () => {
      const socket = await joined(member, here.board)
      socket.stateAnswer(here.board, updates[1]!)
      expect(await socket.outcome(here.board), 'a state that is not whole is not taken for saved').toMatch(/^policy:resync/)
    })
  })

  test.each([
    ['a message of nothing', new Uint8Array()],
    ['a message of one byte', Uint8Array.of(200)],
    ['random messages', randomBytes(1_000)],
    ['a text', Buffer.from('{"hello": true}')],
  ])('harms nobody: %s', async (_, bytes) => {
    await unharmed(here.board, async () => {
      const socket = await joined(member, here.board)
      socket.sendBytes(bytes)
      socket.socket.send(bytes.toString())
      socket.send(here.board, 99)
      socket.send(here.board, kinds.sync)
      socket.send(here.board, kinds.awareness)
      await new Promise((resolve) => setTimeout(resolve, 50))
    })
  })

  test('an awareness of no JSON closes the document for who sent it', async () => {
    await unharmed(here.board, async () => {
      const socket = await joined(member, here.board)
      socket.awareness(here.board, Uint8Array.of(1, 5, 1, 3, 123, 123, 123))
      expect(await socket.outcome(here.board)).not.toBe('saved')
    })
  })

  test('what only servers say to each other', async () => {
    await unharmed(here.board, async () => {
      const socket = await joined(member, here.board)
      socket.send(here.board, kinds.broadcastStateless, (encoder) => { encoder.cbuf[encoder.cpos++] = 0 })
      expect(await socket.outcome(here.board)).not.toBe('saved')
    })
  })
})

describe('what is too large', () => {
  const text = (bytes: number) => {
    const doc = new Y.Doc()
    ;(doc.get('description', Y.XmlElement) as Y.XmlElement).insert(0, [new Y.XmlText('x'.repeat(bytes))])
    return Y.encodeStateAsUpdate(doc)
  }

  test('over 4 MiB is refused, in words', async () => {
    await unharmed(missionDocument(mission), async () => {
      const socket = await joined(member, missionDocument(mission))
      socket.update(missionDocument(mission), text(4 * 1024 * 1024))
      expect(await socket.outcome(missionDocument(mission))).toBe('policy:too_large:The edit is larger than 4 MiB.')
    })
  })

  test('over 8 MiB is not even read', async () => {
    await unharmed(missionDocument(mission), async () => {
      const socket = await joined(member, missionDocument(mission))
      socket.update(missionDocument(mission), text(9 * 1024 * 1024))
      expect(await socket.outcome(missionDocument(mission))).toBe('socket closed: 1009')
    })
  })

  test('just below is taken', async () => {
    const socket = await joined(member, missionDocument(mission))
    socket.update(missionDocument(mission), text(4 * 1024 * 1024 - 1_000))
    expect(await socket.outcome(missionDocument(mission))).toBe('saved')
    const client = await open(member, missionDocument(mission))
    descriptionOf(client.document).delete(0, descriptionOf(client.document).length)
    await client.acknowledged()
  })
})

describe('[GATE3] what a board or a mission does not take', () => {
  const onBoard: [string, () => Somebody, (doc: Y.Doc) => void, RegExp][] = [
    ['another root', () => member, (doc) => doc.getMap('secrets').set('key', 1), /^policy:unknown_field:A board has no "secrets"\.$/],
    ['a title that is no text', () => member, (doc) => missionsOf(doc).get(mission)!.set('title', 7), /^policy:wrong_value:The field "title" of a mission does not take this value\.$/],
    ['an array where a map belongs', () => here.owner, (doc) => missionsOf(doc).set('x', new Y.Array() as never), /^policy:wrong_value:A mission must be a map of its fields\.$/],
    ['facts by an owner', () => here.owner, (doc) => factsOf(doc).set(mission, {}), /^policy:not_allowed:Only the server writes "facts"\.$/],
    ['another name in the directory', () => here.owner, (doc) => directoryOf(doc).set(member.id, { kind: 'person', name: 'Mallory' }), /^policy:not_allowed:Only the server writes "directory"\.$/],
    ['a mission in another’s name', () => member, (doc) => createMission(doc, { id: 'forged' as MissionId, title: 'Forged' }, here.owner.id, 1), /^policy:forged_author:./],
    ['Done by staff', () => staff, (doc) => moveMission(doc, mission, 'done', 0), /^policy:not_allowed:Staff cannot move a mission to Done: a person reviews it first\.$/],
    ['anything by a viewer', () => viewer, (doc) => renameMission(doc, mission, 'Renamed'), /^policy:not_allowed:./],
  ]
  test.each(onBoard)('%s', async (_, somebody, edit, reason) => {
    expect(await told(somebody(), here.board, edit)).toMatch(reason)
  })

  const onMission: [string, () => Somebody, (doc: Y.Doc) => void, RegExp][] = [
    ['a comment in another’s name', () => member, (doc) => addComment(doc, { id: 'x' as CommentId, by: here.owner.id, body: 'I quit' }, 1), /^policy:forged_author:./],
    ['another’s comment, changed', () => here.owner, (doc) => commentsOf(doc).get('first')!.set('body', 'Changed'), /^policy:not_allowed:You may not change this comment\.$/],
    ['another’s comment, deleted by staff', () => staff, (doc) => deleteComment(doc, 'first' as CommentId), /^policy:not_allowed:./],
    ['a review by staff', () => staff, (doc) => addReview(doc, { id: 'r' as ReviewId, by: staff.id, verdict: 'approved', note: '', runId: null }, 1), /^policy:not_allowed:./],
    ['a file that was never uploaded', () => here.owner, (doc) => filesOf(doc).set('f', { name: 'x' }), /^policy:not_allowed:Only the server writes "files"\.$/],
    ['a comment by a viewer', () => viewer, (doc) => addComment(doc, { id: 'x' as CommentId, by: viewer.id, body: 'Me too' }, 1), /^policy:not_allowed:./],
  ]
  test.each(onMission)('%s', async (_, somebody, edit, reason) => {
    expect(await told(somebody(), missionDocument(mission), edit)).toMatch(reason)
  })

  test('an owner may delete a member’s comment', async () => {
    const author = await open(member, missionDocument(mission))
    addComment(author.document, { id: 'spam' as CommentId, by: member.id, body: 'Buy' }, 1)
    await author.acknowledged()
    const client = await open(here.owner, missionDocument(mission))
    deleteComment(client.document, 'spam' as CommentId)
    await client.acknowledged()
    await author.until('without the comment', () => !commentsOf(author.document).has('spam'))
  })
})

describe('[GATE6] client ids', () => {
  test('belong to who used them first: nobody writes as somebody else', async () => {
    const author = await open(member, here.board)
    renameMission(author.document, mission, 'By the member')
    await author.acknowledged()
    await unharmed(here.board, async () => {
      const forger = new Y.Doc()
      Y.applyUpdate(forger, Y.encodeStateAsUpdate(author.document))
      forger.clientID = author.document.clientID
      renameMission(forger, mission, 'By somebody else')
      const socket = await joined(here.owner, here.board)
      socket.update(here.board, Y.encodeStateAsUpdate(forger, Y.encodeStateVector(author.document)))
      expect(await socket.outcome(here.board)).toMatch(/^policy:foreign_client:./)
    })
  })

  test('two edits of one id that say different things at the same moment: one is taken, the other refused, and the document loads again', async () => {
    const edit = (value: string[]) => {
      const doc = new Y.Doc()
      doc.clientID = 77_000 + edits
      const fields = new Y.Map<unknown>()
      doc.getMap('missions').set(value.length > 2 ? 'one' : 'two', fields)
      for (const title of value) fields.set('title', title)
      return Y.encodeStateAsUpdate(doc)
    }
    const [one, two] = [await joined(member, here.board), await joined(member, here.board)]
    one.update(here.board, edit(['a', 'b', 'c']))
    two.update(here.board, edit(['x', 'y']))
    const outcomes = await Promise.all([one.outcome(here.board), two.outcome(here.board)])
    expect(outcomes.filter((outcome) => outcome === 'saved')).not.toEqual([])
    const before = await open(member, here.board)
    const loaded = shown(before)
    here.leave()
    await here.server.kill()
    await here.server.restart()
    const after = await open(member, here.board)
    expect(shown(after)).toEqual(loaded)
  })
})

test('[GATE5] a comment that is just being made is nobody else’s to make', async () => {
  const document = missionDocument(mission)
  const makes = (by: ActorId, client: number) => {
    const doc = new Y.Doc()
    doc.clientID = client
    addComment(doc, { id: `race${edits}` as CommentId, by, body: `By ${by}` }, 1)
    return Y.encodeStateAsUpdate(doc)
  }
  for (let round = 0; round < 5; round++, edits++) {
    const [one, two] = [await joined(member, document), await joined(staff, document)]
    one.update(document, makes(member.id, 600_000 + edits))
    two.update(document, makes(staff.id, 700_000 + edits))
    const outcomes = await Promise.all([one.outcome(document), two.outcome(document)])
    expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1)
    const reader = await open(member, document)
    expect(commentsOf(reader.document).get(`race${edits}`)?.get('by')).toBe(outcomes[0] === 'saved' ? member.id : staff.id)
    here.leave()
  }
})

describe('[ACCESS2] the document of a mission that is deleted', () => {
  const gone = async (id: MissionId) => {
    const board = await open(member, here.board)
    createMission(board.document, { id, title: 'To be deleted' }, member.id, 1)
    await board.acknowledged()
    const talk = await open(member, missionDocument(id))
    addComment(talk.document, { id: 'secret' as CommentId, by: member.id, body: 'Between us' }, 1)
    await talk.acknowledged()
    missionsOf(board.document).delete(id)
    return talk
  }

  test('is closed for whoever has it open, within a second, and not opened again', async () => {
    const talk = await gone('deleted-here' as MissionId)
    await talk.until('closed', () => talk.closes().includes('access:changed'), 1_000)
    await expect(here.connect(member, missionDocument('deleted-here' as MissionId)).synced()).rejects.toThrow('auth:not-found-or-not-allowed')
  })

  test('is not opened by another workspace that makes a mission of its id', async () => {
    const id = 'deleted-and-claimed' as MissionId
    const talk = await gone(id)
    await talk.until('closed', () => talk.closes().length > 0)
    const elsewhere = await open(foreign, foreignBoard)
    createMission(elsewhere.document, { id, title: 'Mine now' }, foreign.id, 1)
    await elsewhere.acknowledged()
    await expect(here.connect(foreign, missionDocument(id)).synced()).rejects.toThrow('auth:not-found-or-not-allowed')
  })
})

describe('at the door', () => {
  const refusedAs = async (document: string, token: string, cookie?: string) => {
    const socket = await raw(here.server.wsUrl, { cookie })
    return socket.join(document, token)
  }
  const notFound = 'auth:not-found-or-not-allowed'
  const notSignedIn = 'auth:not-signed-in'

  test('[ACCESS1] what does not exist and what is somebody else’s get the same answer', async () => {
    for (const name of ['board/nothing', 'mission/nothing', 'run/nothing', 'doc/nothing', 'chat/nothing', 'board/', 'board', '/', `board/${'x'.repeat(10_000)}`, '../board', foreignBoard, missionDocument(foreignMission)]) {
      expect(await refusedAs(name, member.token), name).toBe(notFound)
    }
    expect(await refusedAs(foreignBoard, here.owner.token, here.owner.cookie)).toBe(notFound)
  })

  test('who shows nothing, or nothing good, is not signed in', async () => {
    for (const token of ['', 'cookie', 'mis_guessed', 'lease_guessed', 'embedded_guessed', member.token.slice(0, -1), `${member.token}x`, member.token.toUpperCase()]) {
      expect(await refusedAs(here.board, token), token).toBe(notSignedIn)
    }
    expect(await refusedAs(here.board, 'cookie', 'missions_session=guessed')).toBe(notSignedIn)
    expect(await refusedAs(here.board, 'cookie', 'missions_session=%E0%A4%A; other=1')).toBe(notSignedIn)
  })

  test('a session that has run out is none', async () => {
    const somebody = await here.member('member')
    expect(await refusedAs(here.board, 'cookie', somebody.cookie)).toBe('authenticated')
    await here.db.updateTable('sessions').set({ expires_at: Math.floor(Date.now() / 1000) - 1 }).where('user_id', '=', somebody.id).execute()
    expect(await refusedAs(here.board, 'cookie', somebody.cookie)).toBe(notSignedIn)
  })

  test('a token that was revoked is none', async () => {
    const agent = await here.token('member')
    await here.auth.revokeToken(here.workspaceId, agent.tokenId)
    expect(await refusedAs(here.board, agent.token)).toBe(notSignedIn)
  })

  test('a refusal does not keep a socket from asking better', async () => {
    const socket = await raw()
    expect(await socket.join(here.board, 'mis_guessed')).toBe(notSignedIn)
    expect(await socket.join(here.board, member.token)).toBe('authenticated')
  })

  test('edits sent before any answer are nothing to who may not', async () => {
    await unharmed(here.board, async () => {
      const socket = await raw()
      const forged = new Y.Doc()
      createMission(forged, { id: 'early' as MissionId, title: 'Early' }, member.id, 1)
      socket.update(here.board, Y.encodeStateAsUpdate(forged))
      expect(await socket.join(here.board, 'mis_guessed')).toBe(notSignedIn)
    })
  })

  test('a socket that asks for very many documents without a right to any is ended', async () => {
    await unharmed(here.board, async () => {
      const socket = await raw()
      for (let n = 0; n < 550; n++) socket.askForState(`board/guess${n}`)
      expect((await socket.ended()).code).toBeGreaterThan(4_000)
    })
  })

  test.each(['https://evil.example', 'null', 'http://localhost:1', 'file://', 'http://127.0.0.1.evil.example'])('a page of another origin is not let in: %s', async (origin) => {
    await expect(raw(here.server.wsUrl, { origin, cookie: here.owner.cookie })).rejects.toThrow('HTTP 403')
  })

  test('our own page is', async () => {
    const socket = await raw(here.server.wsUrl, { origin: here.server.url, cookie: here.owner.cookie })
    expect(await socket.join(here.board, 'cookie')).toBe('authenticated')
  })

  test('there is no other door', async () => {
    for (const path of ['', '/', '/synchronise', '/api/v1/me']) {
      await expect(raw(`${here.server.wsUrl.replace('/sync', path)}`)).rejects.toThrow()
    }
    await raw(`${here.server.wsUrl}/%E0%A4%A`)
    expect((await fetch(`${here.server.url}/healthz`)).status).toBe(200)
  })
})

describe('who is where', () => {
  const seen = (client: Client, clientId: number) => client.provider.awareness?.getStates().get(clientId) as { user?: { id: ActorId; name: string } } | undefined

  test('[GATE2] is told with the name of who it is, whatever they claim', async () => {
    const [claimant, watcher] = [await open(member, here.board), await open(here.owner, here.board)]
    claimant.provider.setAwarenessField('user', { id: here.owner.id, name: 'Ada Owner', kind: 'person', colour: 'red' })
    claimant.provider.setAwarenessField('name', 'Ada Owner')
    const id = claimant.document.clientID
    await eventually('the state to arrive', () => seen(watcher, id)?.user !== undefined && 'name' in seen(watcher, id)!)
    expect(seen(watcher, id)).toMatchObject({ user: { id: member.id, kind: 'person', colour: 'red' } })
    expect(JSON.stringify(seen(watcher, id))).not.toContain('Ada Owner')
  })

  test('nobody moves another about, nor takes them away', async () => {
    const [victim, watcher] = [await open(here.owner, here.board), await open(member, here.board)]
    victim.provider.setAwarenessField('looking', 'at the fair')
    const id = victim.document.clientID
    await eventually('the state to arrive', () => JSON.stringify(seen(watcher, id) ?? '').includes('fair'))
    const forger = new Awareness(new Y.Doc())
    forger.clientID = id
    const socket = await joined(member, here.board)
    for (const state of [{ looking: 'at secrets' }, null]) {
      forger.setLocalState(state)
      forger.meta.set(id, { clock: 1_000_000, lastUpdated: Date.now() })
      socket.awareness(here.board, encodeAwarenessUpdate(forger, [id], new Map(state ? [[id, state]] : [])))
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(seen(watcher, id)).toMatchObject({ looking: 'at the fair', user: { id: here.owner.id } })
    forger.destroy()
  })

  test('takes no more room than it needs', async () => {
    const watcher = await open(member, here.board)
    const socket = await joined(here.owner, here.board)
    const crowd = new Awareness(new Y.Doc())
    const states = new Map(Array.from({ length: 100 }, (_, n) => [500_000 + n, { n }]))
    for (const id of states.keys()) crowd.meta.set(id, { clock: 1, lastUpdated: Date.now() })
    socket.awareness(here.board, encodeAwarenessUpdate(crowd, [...states.keys()], states))
    crowd.meta.set(400_000, { clock: 1, lastUpdated: Date.now() })
    socket.awareness(here.board, encodeAwarenessUpdate(crowd, [400_000], new Map([[400_000, { essay: 'x'.repeat(100_000) }]])))
    await eventually('some of the states', () => [...watcher.provider.awareness!.getStates().keys()].some((id) => states.has(id)))
    const others = [...watcher.provider.awareness!.getStates().keys()].filter((id) => id === 400_000 || states.has(id))
    expect(others.length).toBeLessThanOrEqual(10)
    expect(others).not.toContain(400_000)
    crowd.destroy()
  })
})

describe('when rights change beside the server', () => {
  const withinASecond = (client: Client, what: string, holds: () => boolean) => client.until(what, holds, 1_000)

  test('a member who is removed is out, and comes not back', async () => {
    const somebody = await here.member('member')
    const client = await open(somebody, here.board)
    const removed = await here.auth.removeMember({ workspaceId: here.workspaceId, userId: somebody.id })
    expect(removed.ok).toBe(true)
    await withinASecond(client, 'closed', () => client.closes().includes('access:changed'))
    await unharmed(here.board, async () => {
      renameMission(client.document, mission, 'From outside')
      const again = here.connect(somebody, here.board)
      await expect(again.synced()).rejects.toThrow('auth:not-found-or-not-allowed')
    })
  })

  test('a member who is made a viewer may read on, and write no more', async () => {
    const somebody = await here.member('member')
    const client = await open(somebody, here.board)
    await here.auth.changeRole({ workspaceId: here.workspaceId, userId: somebody.id }, 'viewer')
    await withinASecond(client, 'closed', () => client.closes().includes('access:changed'))
    client.end()
    const again = await open(somebody, here.board)
    expect(again.provider.authorizedScope).toBe('readonly')
    again.end()
    expect(await told(somebody, here.board, (doc) => renameMission(doc, mission, 'Against it'))).toMatch(/^policy:not_allowed/)
  })

  test('a viewer who is made a member may write', async () => {
    const somebody = await here.member('viewer')
    const client = await open(somebody, here.board)
    await here.auth.changeRole({ workspaceId: here.workspaceId, userId: somebody.id }, 'member')
    await withinASecond(client, 'closed', () => client.closes().includes('access:changed'))
    const again = await open(somebody, here.board)
    renameMission(again.document, mission, 'Now mine too')
    await again.acknowledged()
  })

  test('a token that is revoked is out', async () => {
    const agent = await here.token('member')
    const client = await open(agent, here.board)
    await here.auth.revokeToken(here.workspaceId, agent.tokenId)
    await withinASecond(client, 'closed', () => client.closes().includes('access:changed'))
    await expect(here.connect(agent, here.board).synced()).rejects.toThrow('auth:not-signed-in')
  })

  test('a person who signs out is out, in every tab', async () => {
    const somebody = await here.member('member')
    const client = await open(somebody, here.board)
    // What was written beside the server to make this person is noticed within a second; it must not be that which ends them.
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(client.closes()).toEqual([])
    await fetch(`${here.server.url}/sign-out`, { method: 'POST', headers: { cookie: somebody.cookie!, origin: here.server.url }, redirect: 'manual' })
    await withinASecond(client, 'closed', () => client.closes().includes('access:changed'))
  })

  test('nobody else notices', async () => {
    const bystander = await open(member, here.board)
    const somebody = await here.member('member')
    await here.auth.removeMember({ workspaceId: here.workspaceId, userId: somebody.id })
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    renameMission(bystander.document, mission, 'As ever')
    await bystander.acknowledged()
    expect(bystander.closes()).toEqual([])
  })
})

test('a client that does not read is cut off before it costs much, and others go on', async () => {
  const document = missionDocument(mission)
  const stalled = await joined(here.owner, document)
  stalled.socket.pause()
  const writer = await open(member, document)
  for (let n = 0; n < 14; n++) {
    descriptionOf(writer.document).insert(0, [new Y.XmlText('x'.repeat(3 * 1024 * 1024))])
    descriptionOf(writer.document).delete(0, 1)
    await writer.acknowledged()
  }
  const { VmRSS } = Object.fromEntries((await import('node:fs')).readFileSync(`/proc/${here.server.pid}/status`, 'utf8').split('\n').map((line) => line.split(':\t') as [string, string]))
  console.log(`memory of the server: ${VmRSS?.trim()}`)
  stalled.socket.resume()
  expect(await stalled.ended()).toBeTruthy()
})
