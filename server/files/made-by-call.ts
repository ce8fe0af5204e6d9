import type { FileId } from '#lib/board/ids.ts'
import type { Database } from '../store/database.ts'
import type { NewFile } from './files.ts'

// A call of a run may leave several files, each by a name of its own; what it left is noted with them.

type Made = { id: FileId; version: number }
type ByCall = Pick<NewFile, 'runId' | 'call'>

const keyOf = (call: string, name: string) => `artifact ${call} ${name}`

/** What this very call has left by this name already. */
export async function madeByCall(db: Database, { runId, call }: ByCall, name: string): Promise<Made | null> {
  if (!call || !runId) return null
  const row = await db.selectFrom('run_tool_calls').select('answer').where('run_id', '=', runId).where('key', '=', keyOf(call, name)).executeTakeFirst()
  return row ? JSON.parse(row.answer) as Made : null
}

export async function noteCall(db: Database, { runId, call }: ByCall, name: string, { id, version, at }: Made & { at: number }) {
  if (!call || !runId) return
  await db.insertInto('run_tool_calls').values({ run_id: runId, key: keyOf(call, name), tool: 'artifact', answer: JSON.stringify({ id, version } satisfies Made), at }).execute()
}
