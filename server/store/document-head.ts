import { sql } from 'kysely'
import type { Database } from './database.ts'

/** How far the stored log of a document goes; 0 for one that was never written. */
export async function documentHead(db: Database, doc: string): Promise<number> {
  const { rows: [row] } = await sql<{ head: number }>`
    select max(coalesce((select max(seq) from updates where doc = ${doc}), 0), coalesce((select upto_seq from snapshots where doc = ${doc}), 0)) as head`.execute(db)
  return row?.head ?? 0
}
