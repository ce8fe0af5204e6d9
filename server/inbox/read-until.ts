import { sql } from 'kysely'
import type { Database } from '../store/database.ts'

const writtenAtOnce = 100

/** How far the log of each document goes. From one name to the next: the rows between are many. */
async function storedHeads(db: Database): Promise<{ doc: string; seq: number }[]> {
  const { rows } = await sql<{ doc: string; seq: number }>`
    with recursive names(doc) as (
      select (select min(doc) from updates) union all select (select min(doc) from updates where updates.doc > names.doc) from names where names.doc is not null)
    select doc, (select max(seq) from updates where updates.doc = names.doc) as seq from names where doc is not null
    union all select doc, upto_seq from snapshots`.execute(db)
  return rows
}

/** How far each document was read. What was not written yet when the server crashes is read once more. */
export function createReadUntil(db: Database) {
  const unwritten = new Map<string, number>()
  return {
    note: (doc: string, seq: number) => void unwritten.set(doc, seq),

    async write() {
      const rows = [...unwritten].map(([doc, seq]) => ({ doc, seq }))
      unwritten.clear()
      for (let at = 0; at < rows.length; at += writtenAtOnce) {
        await db.insertInto('inbox_followed').values(rows.slice(at, at + writtenAtOnce))
          .onConflict((conflict) => conflict.column('doc').doUpdateSet((eb) => ({ seq: eb.ref('excluded.seq') }))).execute()
      }
    },

    /** Documents whose log goes on beyond what was read of them, and how far it goes. */
    async unread() {
      const read = new Map((await db.selectFrom('inbox_followed').selectAll().execute()).map(({ doc, seq }) => [doc, seq]))
      return (await storedHeads(db)).filter(({ doc, seq }) => seq > (read.get(doc) ?? 0))
    },
  }
}
