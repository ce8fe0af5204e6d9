import { DatabaseSync } from 'node:sqlite'
import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { addComment, commentsOf } from '#lib/board/comments.ts'
import type { ActorId, CommentId } from '#lib/board/ids.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { blockType } from '#lib/editor/rich-text.ts'
import { removeFolder, temporaryFolder } from '../../tests/support/server.ts'
import { seeded } from '../../bench/seeded.ts'
import { databaseFile, openStore } from '../store/database.ts'
import { replay } from '../store/replay.ts'
import { sqliteUpdateLog } from '../store/sqlite-update-log.ts'
import { placeReader } from './read-place.ts'

const paragraph = (text: string) => blockType({ kind: 'paragraph', children: [{ kind: 'text', text, marks: [] }] })

test('[SEARCH5] a document that is read change by change says what it says to whoever reads it as a whole, also where it was compacted in between', async () => {
  const folder = temporaryFolder('read-place')
  const store = await openStore(folder, 'process')
  const log = sqliteUpdateLog(store.logConnection)
  const board = { id: 'w', name: 'W', created_at: 0 }
  store.sqlite.prepare('insert into workspaces (id, name, created_at) values (?, ?, ?)').run(board.id, board.name, board.created_at)
  const columns = store.sqlite.prepare(`select name, type, "notnull" as required, dflt_value as usual from pragma_table_info('missions')`).all()
  const fields = new Map<string, string | number>([['id', 'm'], ['workspace_id', 'w'], ['title', 'Fees'], ['status', 'backlog']])
  for (const { name, type, required, usual } of columns) if (required && usual === null && !fields.has(String(name))) fields.set(String(name), /int/i.test(String(type)) ? 0 : '[]')
  store.sqlite.prepare(`insert into missions (${[...fields.keys()].join(', ')}) values (${[...fields.keys()].map(() => '?').join(', ')})`).run(...fields.values())

  const database = new DatabaseSync(databaseFile(folder), { readOnly: true })
  const reader = placeReader(database)
  const seed = 20_260_601
  const random = seeded(seed)
  const doc = new Y.Doc()
  const stored: Promise<void>[] = []
  doc.on('update', (data: Uint8Array) => stored.push(log.append({ doc: 'mission/m', data, actor: 'ann', at: 0, claims: [] })))
  const any = (count: number) => Math.floor(random() * count)
  const sorted = (items: readonly { item: string }[] | undefined) => [...items ?? []].sort((a, b) => (a.item < b.item ? -1 : 1))
  for (let n = 0; n < 120; n++) {
    const text = descriptionOf(doc)
    const ids = [...commentsOf(doc).keys()]
    const inside = text.length > 0 ? (text.get(any(text.length)) as Y.XmlElement).get(0) : null
    const edits = [
      () => addComment(doc, { id: `c${n}` as CommentId, by: 'ann' as ActorId, body: `said **${n}**` }, n),
      () => ids.length > 0 && commentsOf(doc).get(ids[any(ids.length)]!)?.set('body', `rewritten ${n}`),
      () => ids.length > 0 && commentsOf(doc).delete(ids[any(ids.length)]!),
      () => text.insert(any(text.length + 1), [paragraph(`paragraph ${n}`)]),
      () => inside instanceof Y.XmlText && inside.insert(0, `typed ${n} `),
      () => text.length > 0 && text.delete(any(text.length), 1),
    ]
    edits[any(edits.length)]!()
    await Promise.all(stored)
    if (n % 25 === 24) await log.compact('mission/m', (await log.load('mission/m'))!.lastSeq, replay((await log.load('mission/m'))!), n)
    if (n % 3 !== 0) continue
    const kept = await reader.read('mission/m')
    expect(sorted(kept?.items), `seed ${seed}, edit ${n}`).toEqual(sorted((await placeReader(database).read('mission/m'))?.items))
  }
  database.close()
  await store.close()
  removeFolder(folder)
})
