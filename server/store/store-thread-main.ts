import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { workerData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { readReviews } from '#lib/board/review.ts'
import { readRichText } from '#lib/editor/rich-text.ts'
import { toMarkdown } from '#lib/editor/to-markdown.ts'
import { doJobs } from '../work-thread.ts'
import { applyStored, replay } from './replay.ts'
import { slicesOf } from './slices.ts'
import { sqliteUpdateLog } from './sqlite-update-log.ts'
import type { Chore, ChoreRead, RunVerdict, SlicedSnapshot, StoredText } from './store-thread.ts'

const { file } = workerData as { file: string }
const sqlite = new DatabaseSync(file, { timeout: 5_000 })
const log = sqliteUpdateLog(sqlite)

async function work(chore: Chore): Promise<ChoreRead> {
  if (chore.kind === 'checkpoint') {
    sqlite.exec('pragma wal_checkpoint(passive)')
    return null
  }
  if (chore.kind === 'read snapshot') return await readSnapshot(chore.doc)
  if (chore.kind === 'read text') return await readText(chore.doc, chore.root)
  if (chore.kind === 'read verdicts') return await readVerdicts(chore.doc)
  const stored = await log.load(chore.doc)
  if (stored) await log.compact(chore.doc, stored.lastSeq, replay(stored), chore.at)
  return null
}

async function readSnapshot(name: string): Promise<SlicedSnapshot | null> {
  const snapshot = await log.snapshot(name)
  return snapshot && { uptoSeq: snapshot.uptoSeq, slices: slicesOf(snapshot.data as Uint8Array<ArrayBuffer>), bytes: snapshot.data.byteLength }
}

async function open(name: string): Promise<Y.Doc> {
  const stored = await log.load(name)
  const doc = new Y.Doc()
  if (stored) applyStored(doc, stored)
  return doc
}

async function readVerdicts(name: string): Promise<RunVerdict[]> {
  const doc = await open(name)
  const newest = new Map<RunVerdict['runId'], RunVerdict['verdict']>()
  for (const { runId, verdict, withdrawnAt } of readReviews(doc)) {
    if (runId !== null && withdrawnAt === null) newest.set(runId, verdict === 'approved' ? 'approved' : 'changes')
  }
  doc.destroy()
  return [...newest].map(([runId, verdict]) => ({ runId, verdict }))
}

async function readText(name: string, root: string): Promise<StoredText> {
  const doc = await open(name)
  const blocks = readRichText(doc.get(root, Y.XmlElement) as Y.XmlElement)
  doc.destroy()
  const json = JSON.stringify(blocks)
  return { markdown: toMarkdown(blocks), content: gzipSync(json), hash: createHash('sha256').update(json).digest('hex') }
}

doJobs(work)
