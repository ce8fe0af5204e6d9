import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import * as Y from 'yjs'
import { missionsOf } from '#lib/board/board-document.ts'
import { addComment } from '#lib/board/comments.ts'
import type { ActorId, CommentId, FileId, MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { rankBetween } from '#lib/board/rank.ts'
import { writeMarkdown } from '#lib/editor/markdown.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { textEngine } from '../../server/files/extract/file-text.ts'
import { checksum } from '../../server/store/checksum.ts'
import { openStore } from '../../server/store/database.ts'
import { rebuildProjection } from '../../server/store/projection.ts'
import { seeded } from '../seeded.ts'

export type Sizes = { missions: number; comments: number; files: number }

const vocabularySize = 20_000
const day = 86_400_000

/** Made-up words, of which a few are in everything and most are rare, as in any language (Zipf). */
export function vocabulary(seed: number) {
  const random = seeded(seed)
  const [onsets, vowels] = ['b c d f g h k l m n p r s t v w st br tr pl'.split(' '), 'a e i o u ea oo'.split(' ')]
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)]!
  const words = new Set<string>()
  while (words.size < vocabularySize) words.add(Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(onsets) + pick(vowels)).join('') + (random() < 0.5 ? pick(['n', 'r', 's', 't', 'l']) : ''))
  const all = [...words]
  /** The word of a rank: rank 0 is the most common. */
  return { word: (rank: number) => all[Math.min(all.length - 1, rank)]!, some: () => all[Math.min(all.length - 1, Math.floor(Math.exp(random() * Math.log(all.length))) - 1)]!, random }
}

/** Writes a workspace of this size into a data folder that no server uses, as the server would have stored it; files without their bytes, which nobody opens. */
export async function seedWorkspace(dataDir: string, workspaceId: WorkspaceId, by: ActorId, sizes: Sizes) {
  const store = await openStore(dataDir, 'process')
  const { some, random } = vocabulary(7)
  const text = (words: number) => Array.from({ length: words }, some).join(' ')
  const now = Date.now()
  const sqlite = store.sqlite
  const putSnapshot = sqlite.prepare('insert into snapshots (doc, upto_seq, data, at, crc) values (?, 1, ?, ?, ?)')
  const putDocument = sqlite.prepare('insert into documents (doc, workspace_id) values (?, ?) on conflict do nothing')
  // Nothing in it is news for anybody: a server would have read all of it by now.
  const putFollowed = sqlite.prepare('insert into inbox_followed (doc, seq) values (?, 1)')
  const putFile = sqlite.prepare(`insert into files (id, workspace_id, mission_id, project_id, kind, name, created_at, deleted_at, deleted_by) values (?, ?, ?, null, 'artifact', ?, ?, null, null)`)
  const putVersion = sqlite.prepare(`insert into file_versions (file_id, version, hash, size, type, created_by, run_id, created_at) values (?, 1, ?, ?, 'text/markdown', ?, null, ?)`)
  const putText = sqlite.prepare(`insert into file_texts (hash, name, type, status, reason, engine, attempts, content, created_at) values (?, ?, 'text/markdown', 'ready', '', ?, 1, ?, ?)`)
  const put = (name: string, doc: Y.Doc) => {
    const data = Y.encodeStateAsUpdate(doc)
    putSnapshot.run(name, data, now, checksum(data))
    putDocument.run(name, workspaceId)
    putFollowed.run(name)
    doc.destroy()
  }
  try {
    const ids = Array.from({ length: sizes.missions }, (_, n) => `m${n}` as MissionId)
    const board = new Y.Doc()
    let rank: string | null = null
    board.transact(() => {
      // As `createMission` does, which looks at all others each time.
      for (const id of ids) {
        rank = rankBetween(rank, null)
        missionsOf(board).set(id, new Y.Map<unknown>(Object.entries({
          title: text(3 + Math.floor(random() * 4)), status: 'backlog', rank, projectId: null, assigneeId: null, autoRun: false, priority: 'none', labels: [], dueOn: null,
          createdBy: by, createdAt: now - Math.floor(random() * 700 * day), archivedAt: null,
        })))
      }
    })
    const each = sizes.comments / sizes.missions
    sqlite.exec('begin')
    for (const [n, id] of ids.entries()) {
      const doc = new Y.Doc()
      writeMarkdown(descriptionOf(doc), text(25))
      doc.transact(() => {
        for (let at = 0; at < each; at++) addComment(doc, { id: `c${n}-${at}` as CommentId, by, body: text(8 + Math.floor(random() * 20)) }, now - Math.floor(random() * 700 * day))
      })
      put(missionDocument(id), doc)
    }
    for (let n = 0; n < sizes.files; n++) {
      const body = text(800)
      const hash = createHash('sha256').update(`${n}`).digest('hex')
      putFile.run(`f${n}` as FileId, workspaceId, ids[Math.floor(random() * ids.length)]!, `${text(2).replace(' ', '-')}.md`, now)
      putVersion.run(`f${n}`, hash, body.length, by, now)
      putText.run(hash, 'x.md', textEngine, deflateRawSync(JSON.stringify({ parts: [{ kind: 'text', title: null, page: null, markdown: body }], pages: null, notes: [] })), now)
    }
    sqlite.exec('commit')
    await rebuildProjection(store.db, board, workspaceId)
    put(boardDocument(workspaceId), board)
  } finally {
    await store.close()
  }
}
