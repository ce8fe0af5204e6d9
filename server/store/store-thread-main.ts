import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { readRichText } from '#lib/editor/rich-text.ts'
import { toMarkdown } from '#lib/editor/to-markdown.ts'
import { applyStored, replay } from './replay.ts'
import { sqliteUpdateLog } from './sqlite-update-log.ts'
import type { Chore, ChoreDone, StoredText } from './store-thread.ts'

const { file } = workerData as { file: string }
const sqlite = new DatabaseSync(file, { timeout: 5_000 })
const log = sqliteUpdateLog(sqlite)

async function work(chore: Chore): Promise<StoredText | null> {
  if (chore.kind === 'checkpoint') {
    sqlite.exec('pragma wal_checkpoint(passive)')
    return null
  }
  if (chore.kind === 'read text') return await readText(chore.doc, chore.root)
  const stored = await log.load(chore.doc)
  if (stored) await log.compact(chore.doc, stored.lastSeq, replay(stored), chore.at)
  return null
}

async function readText(name: string, root: string): Promise<StoredText> {
  const stored = await log.load(name)
  const doc = new Y.Doc()
  if (stored) applyStored(doc, stored)
  const blocks = readRichText(doc.get(root, Y.XmlElement) as Y.XmlElement)
  doc.destroy()
  const json = JSON.stringify(blocks)
  return { markdown: toMarkdown(blocks), content: gzipSync(json), hash: createHash('sha256').update(json).digest('hex') }
}

parentPort?.on('message', (chore: Chore) => {
  work(chore).then(
    (text): ChoreDone => ({ error: null, text }),
    (error: unknown): ChoreDone => ({ error: error instanceof Error ? error.message : String(error) }),
  ).then((done) => parentPort?.postMessage(done))
})
