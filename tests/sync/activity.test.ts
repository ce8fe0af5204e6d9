import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Entry } from '#lib/activity/entry.ts'
import { plainly, told } from '#lib/activity/words.ts'
import { missionsOf, projectsOf } from '#lib/board/board-document.ts'
import {
  archiveMission, assignMission, createMission, createProject, moveMission, renameMission, restoreMission, setAutoRun, setDueOn, setPriority,
} from '#lib/board/edits.ts'
import type { ActorId, CommentId, MissionId, ProjectId, ReviewId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { addComment, addReview, commentsOf, deleteComment, descriptionOf, editComment } from '#lib/board/mission-document.ts'
import { briefDocument, missionDocument } from '#lib/sync/document-names.ts'
import { readNotice } from '#lib/sync/notices.ts'
import { databaseFile } from '../../server/store/database.ts'
import { admin } from '../support/admin.ts'
import type { Client } from '../support/client.ts'
import { harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { temporaryFolder } from '../support/server.ts'

type Page = { entries: Entry[]; next: number | null; seq: number }

let here: Harbour
beforeAll(async () => {
  here = await harbour()
})
afterAll(() => here.end())

const read = async (who: Somebody, query = '', workspaceId = here.workspaceId) => (await here.api<Page>(who, 'GET', `/workspaces/${workspaceId}/activity${query}`)).body
/** Newest last, as sentences. */
const sentences = async (who: Somebody, query = '') => (await read(who, query)).entries.reverse().map((entry) => `${entry.actor.name || '?'} ${plainly(told(entry))}`)

async function board(who: Somebody): Promise<Client> {
  const client = here.connect(who, here.board)
  await client.synced()
  return client
}
const opened = async (who: Somebody, name: string) => {
  const client = here.connect(who, name)
  await client.synced()
  return client
}

let made = 0
/** A mission of its own for each test, whose record is then told by itself. */
async function mission(client: Client, by: ActorId, title = 'Plan the fair'): Promise<MissionId> {
  const id = `mission-${made++}` as MissionId
  createMission(client.document, { id, title }, by, 1)
  await client.acknowledged()
  return id
}
const ofMission = (id: MissionId) => `?mission=${id}`
const type = (client: Client, root: Y.XmlElement, words: string) => client.document.transact(() => {
  const text = new Y.XmlText()
  text.insert(0, words)
  root.insert(root.length, [text])
})

describe('what is recorded', () => {
  test('[ACTIVITY1] each property of a mission, one by one, with what it was and is', async () => {
    const member = await here.token('member', 'Mia')
    const client = await board(member)
    const id = await mission(client, member.id)
    createProject(client.document, 'spring' as ProjectId, 'Spring', 'teal')
    const edits: ((doc: Y.Doc) => void)[] = [
      (doc) => moveMission(doc, id, 'in_progress', 0),
      (doc) => assignMission(doc, id, member.id),
      (doc) => renameMission(doc, id, 'Plan the spring fair'),
      (doc) => setPriority(doc, id, 'high'),
      (doc) => archiveMission(doc, id, 5),
      (doc) => restoreMission(doc, id),
      (doc) => void missionsOf(doc).delete(id),
    ]
    for (const edit of edits) {
      edit(client.document)
      await client.acknowledged()
    }
    expect(await sentences(member, ofMission(id))).toEqual([
      'Mia created “Plan the fair” in Backlog',
      'Mia moved “Plan the fair” from Backlog to In progress',
      'Mia took on “Plan the fair”',
      'Mia renamed “Plan the fair” to “Plan the spring fair”',
      'Mia set the priority of “Plan the spring fair” to high',
      'Mia archived “Plan the spring fair”',
      'Mia brought back “Plan the spring fair”',
      'Mia deleted “Plan the spring fair”',
    ])
    client.end()
  })

  test('[ACTIVITY3] several properties within a moment are one entry', async () => {
    const member = await here.token('member', 'Mia')
    const client = await board(member)
    const id = await mission(client, member.id)
    setDueOn(client.document, id, '2026-03-05')
    await client.acknowledged()
    setPriority(client.document, id, 'low')
    setAutoRun(client.document, id, true)
    await client.acknowledged()
    setPriority(client.document, id, 'urgent')
    await client.acknowledged()
    const { entries } = await read(member, ofMission(id))
    expect(entries.map(({ kind }) => kind)).toEqual(['mission.changed', 'mission.created'])
    expect(entries[0]?.details.fields).toEqual({ dueOn: { from: null, to: '2026-03-05' }, priority: { from: 'none', to: 'urgent' }, autoRun: { from: false, to: true } })
    client.end()
  })

  test('[ACTIVITY1] comments, reviews and the text of a mission, without their words', async () => {
    const member = await here.token('member', 'Mia')
    const client = await board(member)
    const id = await mission(client, member.id)
    const content = await opened(member, missionDocument(id))
    addComment(content.document, { id: 'first' as CommentId, by: member.id, body: 'A secret word' }, 1)
    await content.acknowledged()
    addComment(content.document, { id: 'second' as CommentId, by: member.id, body: 'An answer', replyTo: 'first' as CommentId }, 2)
    await content.acknowledged()
    editComment(content.document, 'first' as CommentId, 'A secret sentence', 3)
    await content.acknowledged()
    deleteComment(content.document, 'second' as CommentId)
    await content.acknowledged()
    addReview(content.document, { id: 'verdict' as ReviewId, by: member.id, verdict: 'changes_requested', note: 'Shorter', runId: null }, 4)
    await content.acknowledged()
    type(content, descriptionOf(content.document), 'Buns')
    await content.acknowledged()
    expect(await sentences(member, ofMission(id))).toEqual([
      'Mia created “Plan the fair” in Backlog',
      'Mia commented on “Plan the fair”',
      'Mia replied to a comment on “Plan the fair”',
      'Mia edited a comment on “Plan the fair”',
      'Mia deleted a comment on “Plan the fair”',
      'Mia asked for changes to “Plan the fair”',
      'Mia edited the description of “Plan the fair”',
    ])
    expect(JSON.stringify(await read(member, ofMission(id)))).not.toContain('secret')
    addComment(content.document, { id: 'second' as CommentId, by: member.id, body: 'An answer', replyTo: 'first' as CommentId }, 2)
    await content.acknowledged()
    expect((await sentences(member, ofMission(id))).at(-1)).toBe('Mia brought back a comment on “Plan the fair”')
    content.end()
    client.end()
  })

  test('[ACTIVITY1] projects and the text of a brief', async () => {
    const member = await here.token('member', 'Mia')
    const client = await board(member)
    const id = 'autumn' as ProjectId
    createProject(client.document, id, 'Autumn', 'teal')
    await client.acknowledged()
    projectsOf(client.document).get(id)?.set('name', 'Autumn fair')
    await client.acknowledged()
    const brief = await opened(member, briefDocument(id))
    type(brief, brief.document.get('body', Y.XmlElement) as Y.XmlElement, 'What for')
    await brief.acknowledged()
    projectsOf(client.document).get(id)?.set('archivedAt', 7)
    await client.acknowledged()
    expect(await sentences(member, `?project=${id}`)).toEqual([
      'Mia created the project “Autumn”',
      'Mia renamed the project “Autumn” to “Autumn fair”',
      'Mia edited the brief of “Autumn fair”',
      'Mia archived the project “Autumn fair”',
    ])
    brief.end()
    client.end()
  })

  test('[ACTIVITY1] what staff do is theirs', async () => {
    const staff = await here.token('staff', 'Scout')
    const client = await board(staff)
    const id = await mission(client, staff.id, 'Look around')
    moveMission(client.document, id, 'review', 0)
    await client.acknowledged()
    const { entries } = await read(here.owner, ofMission(id))
    expect(entries.map(({ kind, actor }) => [kind, actor.kind, actor.name])).toEqual([['mission.moved', 'staff', 'Scout'], ['mission.created', 'staff', 'Scout']])
    client.end()
  })

  test('[ACTIVITY1] a run from its start to its end, and that it moved its mission', async () => {
    const staff = await here.token('staff', 'Runner')
    const client = await board(here.owner)
    const id = await mission(client, here.owner.id, 'Count the chairs')
    assignMission(client.document, id, staff.id)
    await client.acknowledged()
    const { body } = await here.api<{ run: { id: RunId } }>(here.owner, 'POST', `/missions/${id}/runs`, {})
    const claim = await here.api<{ token: string }>(staff, 'POST', '/runs/claim', { worker: 'test' })
    expect(claim.status).toBe(200)
    await here.api({ id: staff.id, token: claim.body.token }, 'POST', `/runs/${body.run.id}/finish`, { state: 'succeeded', summary: 'Twelve' })
    const { entries } = await read(here.owner, ofMission(id))
    expect(entries.reverse().map(({ kind, actor, runId }) => [kind, actor.name, runId])).toEqual([
      ['mission.created', 'Ada Owner', null],
      ['mission.assigned', 'Ada Owner', null],
      ['run.queued', 'Ada Owner', body.run.id],
      ['mission.moved', 'Ada Owner', body.run.id],
      ['run.started', 'Runner', body.run.id],
      ['run.succeeded', 'Runner', body.run.id],
      ['mission.moved', 'Runner', body.run.id],
    ])
    client.end()
  })

  test('[ACTIVITY1] a run that is cancelled names who did it, and one that is tried again which it follows', async () => {
    const staff = await here.token('staff', 'Sprinter')
    const client = await board(here.owner)
    const id = await mission(client, here.owner.id, 'Count the tables')
    assignMission(client.document, id, staff.id)
    await client.acknowledged()
    const { body } = await here.api<{ run: { id: RunId } }>(here.owner, 'POST', `/missions/${id}/runs`, {})
    await here.api(here.owner, 'POST', `/runs/${body.run.id}/cancel`)
    await here.api(here.owner, 'POST', `/runs/${body.run.id}/retry`)
    expect((await sentences(here.owner, `${ofMission(id)}&kind=run`))).toEqual([
      'Ada Owner asked Sprinter to run “Count the tables”',
      'Ada Owner cancelled a run by Sprinter of “Count the tables”',
      'Ada Owner asked Sprinter to run “Count the tables” again',
    ])
    client.end()
  })

  test('[ACTIVITY1] a move to Done is an approval by who moved it, and taking it out takes that back', async () => {
    const client = await board(here.owner)
    const id = await mission(client, here.owner.id, 'Count the cups')
    for (const status of ['done', 'in_progress'] as const) {
      moveMission(client.document, id, status, 0)
      await client.acknowledged()
      await expect.poll(async () => (await read(here.owner, `${ofMission(id)}&kind=review`)).entries.length).toBe(status === 'done' ? 1 : 2)
    }
    const { entries } = await read(here.owner, ofMission(id))
    expect(entries.reverse().map(({ kind, actor }) => [kind, actor.name])).toEqual([
      ['mission.created', 'Ada Owner'], ['mission.moved', 'Ada Owner'], ['review.approved', 'Ada Owner'],
      ['mission.moved', 'Ada Owner'], ['review.withdrawn', 'Ada Owner'],
    ])
    client.end()
  })

  test('[ACTIVITY1] what an administrator does with commands says so, also beside a server', async () => {
    await admin(here.server.dataDir, 'member', 'add', '--workspace', here.workspaceId, '--role', 'viewer', '--name', 'Vera', '--email', 'vera@example.com', '--password', 'correct horse')
    await admin(here.server.dataDir, 'token', 'create', '--workspace', here.workspaceId, '--name', 'Porter', '--as', 'staff')
    expect((await sentences(here.owner, '?actor=administrator')).slice(-3)).toEqual([
      'An administrator of the server added Vera as a viewer',
      'An administrator of the server added Porter to the staff',
      'An administrator of the server made the token “Porter” that acts as staff',
    ])
  })
})

describe('merged edits', () => {
  test('[ACTIVITY1] what was done offline is recorded when it arrives, all of it', async () => {
    const member = await here.token('member', 'Olga')
    const client = await board(member)
    const id = await mission(client, member.id, 'Known before')
    // As a device has it that was opened anew without a network: everything comes in one update.
    const document = new Y.Doc()
    Y.applyUpdate(document, Y.encodeStateAsUpdate(client.document))
    client.end()
    moveMission(document, id, 'in_progress', 0)
    renameMission(document, id, 'Renamed on the train')
    for (let n = 0; n < 100; n++) createMission(document, { id: `offline-${n}` as MissionId, title: `Offline ${n}` }, member.id, n)
    moveMission(document, id, 'review', 0)
    const back = here.connect(member, here.board, { document })
    await back.acknowledged()
    const { entries } = await read(member, `?actor=${member.id}&limit=200`)
    expect(entries.filter(({ kind }) => kind === 'mission.created').length).toBe(101)
    expect((await sentences(member, ofMission(id))).slice(1).sort()).toEqual([
      'Olga moved “Renamed on the train” from Backlog to Review', 'Olga renamed “Known before” to “Renamed on the train”',
    ])
    back.end()
  })
})

describe('bundles', () => {
  test('[ACTIVITY3] what is typed in a description is one entry, also over a restart of the server', async () => {
    const member = await here.token('member', 'Typist')
    const client = await board(member)
    const id = await mission(client, member.id, 'Write much')
    const content = await opened(member, missionDocument(id))
    for (let n = 0; n < 30; n++) {
      type(content, descriptionOf(content.document), `word ${n}`)
      await content.acknowledged()
    }
    expect((await read(member, `${ofMission(id)}&kind=mission`)).entries[0]).toMatchObject({ kind: 'mission.described', count: 30 })
    await here.server.restart()
    await content.acknowledged(20_000)
    type(content, descriptionOf(content.document), 'after')
    await content.acknowledged()
    const { entries } = await read(member, ofMission(id))
    expect(entries.map(({ kind, count }) => [kind, count])).toEqual([['mission.described', 31], ['mission.created', 1]])
    content.end()
    client.end()
  })

  test('[ACTIVITY3] back and forth is one entry that names where it went; what comes between keeps the two apart', async () => {
    const member = await here.token('member', 'Mover')
    const client = await board(member)
    const id = await mission(client, member.id, 'To and fro')
    for (const status of ['in_progress', 'review', 'backlog'] as const) {
      moveMission(client.document, id, status, 0)
      await client.acknowledged()
    }
    expect((await sentences(member, `${ofMission(id)}&kind=mission`)).slice(1)).toEqual(['Mover moved “To and fro” to In progress and Review and back to Backlog'])
    assignMission(client.document, id, member.id)
    await client.acknowledged()
    moveMission(client.document, id, 'done', 0)
    await client.acknowledged()
    expect((await sentences(member, `${ofMission(id)}&kind=mission`)).slice(1)).toEqual([
      'Mover moved “To and fro” to In progress and Review and back to Backlog',
      'Mover took on “To and fro”',
      'Mover moved “To and fro” from Backlog to Done',
    ])
    client.end()
  })

  test('[ACTIVITY3] two who move one mission are never told as one', async () => {
    const [first, second] = [await here.token('member', 'First'), await here.token('member', 'Second')]
    const [one, two] = [await board(first), await board(second)]
    const id = await mission(one, first.id, 'Ours')
    moveMission(one.document, id, 'in_progress', 0)
    await one.acknowledged()
    await two.until('moved', () => missionsOf(two.document).get(id)?.get('status') === 'in_progress')
    moveMission(two.document, id, 'backlog', 0)
    await two.acknowledged()
    expect((await sentences(first, ofMission(id))).slice(1)).toEqual(['First moved “Ours” from Backlog to In progress', 'Second moved “Ours” from In progress to Backlog'])
    one.end()
    two.end()
  })
})

describe('who may', () => {
  test('[ACTIVITY4] a viewer reads it, a stranger and nobody do not', async () => {
    const viewer = await here.token('viewer')
    const other = await here.workspace('Quay')
    expect((await read(viewer)).entries.length).toBeGreaterThan(0)
    const path = `/workspaces/${here.workspaceId}/activity`
    for (const [who, status] of [[other.owner, 404], [null, 401]] as const) {
      expect((await here.api(who, 'GET', path)).status).toBe(status)
      expect((await here.api(who, 'GET', `${path}.csv`)).status).toBe(status)
    }
    expect((await read(other.owner, '', other.workspaceId)).entries.every(({ subject }) => subject.id !== here.workspaceId)).toBe(true)
  })

  test('[ACTIVITY1] a client that says it is somebody else is refused, and leaves no entry', async () => {
    const [honest, liar] = [await here.token('member', 'Honest'), await here.token('member', 'Liar')]
    const client = await board(liar)
    createMission(client.document, { id: 'forged' as MissionId, title: 'Forged' }, honest.id, 1)
    await expect.poll(() => client.closes().length).toBeGreaterThan(0)
    client.end()
    const again = await board(liar)
    const id = await mission(again, liar.id, 'Mine')
    const content = await opened(liar, missionDocument(id))
    addComment(content.document, { id: 'forged' as CommentId, by: honest.id, body: 'Not mine' }, 1)
    await expect.poll(() => content.closes().length).toBeGreaterThan(0)
    content.end()
    again.end()
    expect((await read(liar, `?actor=${honest.id}`)).entries).toEqual([])
    expect((await read(liar, `?actor=${liar.id}`)).entries.map(({ kind, subject }) => [kind, subject.name])).toEqual([['mission.created', 'Mine']])
  })

  test('[ACTIVITY1] the API takes no entries', async () => {
    const member = await here.token('member')
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect((await here.api(member, method, `/workspaces/${here.workspaceId}/activity`, method === 'DELETE' ? undefined : { kind: 'mission.created' })).status).toBe(405)
    }
  })
})

describe('reading', () => {
  test('pages by cursor without gap or repetition, and tells what is new since', async () => {
    const member = await here.token('member', 'Pager')
    const client = await board(member)
    for (let n = 0; n < 25; n++) await mission(client, member.id, `Page ${n}`)
    const seen: number[] = []
    let before: number | null = null
    do {
      const page: Page = await read(member, `?actor=${member.id}&limit=10${before === null ? '' : `&before=${before}`}`)
      seen.push(...page.entries.map(({ id }) => id))
      before = page.next
    } while (before !== null)
    expect(seen.length).toBe(25)
    expect([...seen].sort((a, b) => b - a)).toEqual(seen)

    const { seq } = await read(member, '?limit=1')
    const notices: number[] = []
    client.provider.on('stateless', ({ payload }: { payload: string }) => {
      const notice = readNotice(payload)
      if (notice?.kind === 'activity') notices.push(notice.seq)
    })
    const id = await mission(client, member.id, 'New')
    moveMission(client.document, id, 'in_progress', 0)
    await expect.poll(() => notices.at(-1) ?? 0).toBeGreaterThan(seq)
    await expect.poll(async () => (await here.api<Page>(member, 'GET', `/workspaces/${here.workspaceId}/activity?since=${seq}&actor=${member.id}`)).body.entries.map(({ kind }) => kind)).toEqual(['mission.moved', 'mission.created'])
    client.end()
  })

  test('filters by kind and time, and says what is wrong with a filter', async () => {
    const { entries } = await read(here.owner, '?kind=member,token&limit=200')
    expect(new Set(entries.map(({ kind }) => kind.split('.')[0]))).toEqual(new Set(['member', 'token']))
    expect((await read(here.owner, `?from=${new Date(Date.now() + 60_000).toISOString()}`)).entries).toEqual([])
    expect((await read(here.owner, `?to=${new Date(0).toISOString()}`)).entries).toEqual([])
    for (const query of ['kind=nothing', 'from=yesterday', 'to=2026-01-01', 'before=-1', 'limit=ten', 'actor=a/b']) {
      expect((await here.api(here.owner, 'GET', `/workspaces/${here.workspaceId}/activity?${query}`)).status, query).toBe(400)
    }
  })

  test('as CSV: for Excel in UTF-8, with times and zone, and no formula in any cell', async () => {
    const member = await here.token('member', '=Mallory')
    const client = await board(member)
    await mission(client, member.id, '=HYPERLINK("http://evil.example","Click"),x\r\n+1')
    const response = await here.api(member, 'GET', `/workspaces/${here.workspaceId}/activity.csv?actor=${member.id}`)
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="activity-\d{4}-\d\d-\d\d\.csv"$/)
    const bytes = new Uint8Array(await (await fetch(`${here.server.url}/api/v1/workspaces/${here.workspaceId}/activity.csv?actor=${member.id}`, { headers: { authorization: `Bearer ${member.token}` } })).arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [head, row] = [response.text.slice(0, response.text.indexOf('\r\n')), response.text.slice(response.text.indexOf('\r\n') + 2)]
    expect(head).toContain('Time,Until,Actor')
    expect(row).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z,/)
    expect(row).toContain(`"'=Mallory"`)
    expect(row).toContain(`"'=HYPERLINK(""http://evil.example"",""Click""),x`)
    client.end()
  })
})

describe('what stays', () => {
  test('[ACTIVITY2] what was recorded a quarter of a second ago survives the death of the process', async () => {
    const member = await here.token('member', 'Survivor')
    const client = await board(member)
    const id = await mission(client, member.id, 'Lives on')
    moveMission(client.document, id, 'review', 0)
    await client.acknowledged()
    await new Promise((resolve) => setTimeout(resolve, 250))
    await here.server.kill()
    await here.server.restart()
    await client.acknowledged(20_000)
    expect((await read(member, ofMission(id))).entries.map(({ kind }) => kind)).toEqual(['mission.moved', 'mission.created'])
    client.end()
  })

  test('[ACTIVITY4] a purge takes the record of its workspace, and leaves those of others', async () => {
    const { workspaceId, owner } = await here.workspace('Gone')
    const client = here.connect(owner, `board/${workspaceId as WorkspaceId}`)
    await client.synced()
    createMission(client.document, { id: 'gone' as MissionId, title: 'Gone' }, owner.id, 1)
    await client.acknowledged()
    client.end()
    expect((await read(owner, '', workspaceId)).entries.length).toBeGreaterThan(0)
    await admin(here.server.dataDir, 'workspace', 'delete', '--workspace', workspaceId)
    await admin(here.server.dataDir, 'workspace', 'purge', '--workspace', workspaceId, '--yes')
    const left = await here.db.selectFrom('activity').select('workspace_id').distinct().execute()
    expect(left.map((row) => row.workspace_id)).not.toContain(workspaceId)
    expect(left.map((row) => row.workspace_id)).toContain(here.workspaceId)
  })

  test('[ACTIVITY4] a backup has the record, a restore brings it back, the doctor finds nothing wrong; the backup itself is on the record', async () => {
    const archive = join(temporaryFolder('backup'), 'missions.tar')
    const restored = temporaryFolder('restored')
    const kept = (await read(here.owner)).entries
    await admin(here.server.dataDir, 'backup', '--to', archive)
    expect((await sentences(here.owner, '?limit=1'))).toEqual(['An administrator of the server made a backup of the workspace'])
    await admin(restored, 'restore', '--from', archive)
    expect(await admin(restored, 'doctor')).toMatchObject({ ok: true })
    const sqlite = new DatabaseSync(databaseFile(restored), { readOnly: true })
    const ids = sqlite.prepare('select id from activity where workspace_id = ? order by id desc limit ?').all(here.workspaceId, kept.length).map(({ id }) => id)
    sqlite.close()
    expect(ids).toEqual(kept.map(({ id }) => id))
  })

  test('[ACTIVITY1] a comment with a hostile client id is still its connection’s', async () => {
    const member = await here.token('member', 'Own')
    const client = await board(member)
    const id = await mission(client, member.id, 'Ids')
    const content = await opened(member, missionDocument(id))
    content.document.clientID = 1
    addComment(content.document, { id: 'one' as CommentId, by: member.id, body: 'Hello' }, 1)
    await content.acknowledged()
    expect(commentsOf(content.document).size).toBe(1)
    expect((await read(member, `${ofMission(id)}&kind=comment`)).entries).toMatchObject([{ actor: { id: member.id, name: 'Own' } }])
    content.end()
    client.end()
  })
})
