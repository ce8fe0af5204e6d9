import * as Y from 'yjs'
import type { Selectable } from 'kysely'
import { bodyOf } from '#lib/board/doc.ts'
import type { ActorId, DocId, ProjectId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import type { Actor } from '#lib/board/policy.ts'
import type { RunEdit } from '#lib/staff/answers.ts'
import { parseDocumentName } from '#lib/sync/document-names.ts'
import type { Happening } from '../activity/happening.ts'
import { refuse, type Refusal } from '../auth/refusal.ts'
import { turns } from '../in-turn.ts'
import type { ToolAnswer } from '../runs/protocol.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
import type { Documents } from '../sync/documents.ts'
import type { Sync } from '../sync/sync.ts'
import type { Versions } from '../versions/versions.ts'
import { editText } from './text-edits/edit-text.ts'
import { takeBack } from './text-edits/take-back.ts'
import { buildsOn, editAfter, isMade, placesOf, type TextEdit } from './text-edits/text-edit.ts'

type Row = Selectable<Tables['run_edits']>

/** As it is stored, before it is made. `key`: the call that made it. `back`: the Yjs client with which it was taken back, or was to be. */
type Stored = { key: string; edit: TextEdit; added: string; removed: string; back?: { client: number; by: ActorId; at: number } }

const storedIn = ({ edit }: Row) => JSON.parse(edit) as Stored
const longestShown = 20_000
const shown = (text: string) => (text.length > longestShown ? `${text.slice(0, longestShown)}…` : text)
const isApplied = (doc: Y.Doc, client: number) => Y.getState(doc.store, client) > 0

type Of = { runId: RunId; workspaceId: WorkspaceId }

/** What runs change in docs and briefs: made in the name of the staff member, and taken back in that of a person. */
export function createRunEdits({ db, documents, editAs, versions, now, record }: {
  db: Database
  documents: Documents
  editAs: Sync['editAs']
  versions: Pick<Versions, 'keep'>
  now: () => number
  record: (happening: Happening) => void
}) {
  const inTurn = turns()

  const rowsIn = (doc: string) => db.selectFrom('run_edits').selectAll().where('doc', '=', doc).where('undone_at', 'is', null).orderBy('at').orderBy('n').execute()
  const rowsOf = (runId: RunId) => db.selectFrom('run_edits').selectAll().where('run_id', '=', runId).orderBy('n').execute()
  const keepRow = ({ run_id, n }: Row, values: Partial<Pick<Row, 'edit' | 'undone_at' | 'undone_by'>>) =>
    db.updateTable('run_edits').set(values).where('run_id', '=', run_id).where('n', '=', n).execute()

  /** A crash may have come between an edit and what the rows say of it. */
  async function settle(doc: string) {
    for (const row of await rowsIn(doc)) {
      const { back } = storedIn(row)
      if (back && await documents.read(doc, (document) => isApplied(document, back.client))) await keepRow(row, { undone_at: back.at, undone_by: back.by })
    }
  }

  async function titlesOf(rows: readonly Row[]): Promise<Map<string, string>> {
    const ids = rows.flatMap(({ doc }) => parseDocumentName(doc)?.id ?? [])
    if (ids.length === 0) return new Map()
    const docs = await db.selectFrom('docs').select(['id', 'title']).where('id', 'in', ids as DocId[]).execute()
    const projects = await db.selectFrom('projects').select(['id', 'name as title']).where('id', 'in', ids as ProjectId[]).execute()
    return new Map([...projects, ...docs].map(({ id, title }) => [id, title]))
  }

  async function list(runId: RunId): Promise<RunEdit[]> {
    const rows = await rowsOf(runId)
    const titles = await titlesOf(rows)
    return rows.map((row) => {
      const { added, removed } = storedIn(row)
      const id = parseDocumentName(row.doc)!.id as DocId | ProjectId
      return { n: row.n, doc: id, title: titles.get(id) ?? '', added, removed, at: row.at, undoneAt: row.undone_at, undoneBy: row.undone_by }
    })
  }

  return {
    list,

    /** Carries out one call of `edit_doc`; asked again with the same key, it was done. The actor is the staff member, with that tool. */
    edit: ({ runId }: Of, actor: Actor, doc: string, key: string, given: { markdown: string; replace?: string }): Promise<ToolAnswer> => inTurn(doc, async () => {
      const before = (await db.selectFrom('run_edits').selectAll().where('run_id', '=', runId).where('doc', '=', doc).execute()).find((row) => storedIn(row).key === key)
      if (before && await documents.read(doc, (document) => isMade(document, storedIn(before).edit))) return { ok: true, result: 'Done.' }
      if (before) await db.deleteFrom('run_edits').where('run_id', '=', runId).where('n', '=', before.n).execute()
      let refused: string | null = null
      let stored: Stored | null = null
      const edited = await editAs(actor, doc, (draft) => {
        const made = editText(bodyOf(draft), given)
        refused = made.ok ? null : made.message
        stored = made.ok ? { key, edit: made.edit, added: shown(made.added), removed: shown(made.removed) } : null
      }, async () => {
        if (!stored) return
        const edit = JSON.stringify(stored)
        const known = (await rowsOf(runId)).find((row) => storedIn(row).key === key)
        if (known) await keepRow(known, { edit })
        else {
          await db.insertInto('run_edits').values((eb) => ({
            run_id: runId, doc, edit, at: now(), undone_at: null, undone_by: null,
            n: eb.fn.coalesce(eb.selectFrom('run_edits').select((inner) => inner(inner.fn.max('n'), '+', 1).as('n')).where('run_id', '=', runId), eb.lit(1)),
          })).execute()
        }
      })
      if (refused !== null) return { ok: false, message: refused }
      return edited.ok ? { ok: true, result: 'Done.' } : { ok: false, message: edited.message }
    }),

    /**
     * Takes back what a run changed: one edit, with those of the run that were made to what it wrote, or all. What people wrote meanwhile
     * stays, and the text as it was before is kept as a version. The caller has asked `can(actor, 'edit', doc)`.
     */
    async undo({ runId, workspaceId }: Of, n: number | null, actor: Actor): Promise<{ ok: true; edits: RunEdit[] } | Refusal> {
      const all = await rowsOf(runId)
      const asked = n === null ? all : all.filter((row) => row.n === n)
      if (n !== null && asked.length === 0) return refuse('not_found', 'The run has made no such change.')
      let undone = 0
      for (const doc of new Set(asked.map((row) => row.doc))) {
        const outcome = await inTurn(doc, () => undoIn(doc, asked.filter((row) => row.doc === doc).map((row) => row.n)))
        if (!outcome.ok) return outcome
        undone += outcome.undone
      }
      if (undone > 0) {
        const run = await db.selectFrom('runs').select(['mission_id', 'staff_id']).where('id', '=', runId).executeTakeFirstOrThrow()
        record({
          workspaceId, kind: 'run.undone', actor: { kind: actor.kind, id: actor.id }, subject: { kind: 'mission', id: run.mission_id }, missionId: run.mission_id, runId,
          details: { undone }, topic: null,
        })
      }
      return { ok: true, edits: await list(runId) }

      async function undoIn(doc: string, numbers: readonly number[]): Promise<{ ok: true; undone: number } | Refusal> {
        await settle(doc)
        const rows = await rowsIn(doc)
        const wanted = new Set(rows.filter((row) => row.run_id === runId && numbers.includes(row.n)))
        for (const row of rows) {
          if (row.run_id === runId && [...wanted].some((earlier) => row.n > earlier.n && buildsOn(storedIn(row).edit, storedIn(earlier).edit))) wanted.add(row)
        }
        if (wanted.size === 0) return { ok: true, undone: 0 }
        await versions.keep({ document: doc, workspaceId, kind: 'restore', by: actor.id })
        const at = now()
        let after = new Map<Row, Stored>()
        const edited = await editAs(actor, doc, (draft) => {
          after = new Map(rows.map((row) => [row, storedIn(row)]))
          for (const row of rows.filter((each) => wanted.has(each)).reverse()) {
            const { edit } = after.get(row)!
            const others = rows.filter((each) => each !== row)
            if (!isMade(draft, edit)) continue
            const moved = takeBack(bodyOf(draft), edit, placesOf(others.map((each) => after.get(each)!.edit)))
            for (const other of others) after.set(other, { ...after.get(other)!, edit: editAfter(after.get(other)!.edit, moved) })
          }
          for (const row of wanted) after.set(row, { ...after.get(row)!, back: { client: draft.clientID, by: actor.id, at } })
        }, async () => {
          for (const [row, stored] of after) await keepRow(row, { edit: JSON.stringify(stored) })
        })
        if (!edited.ok) return refuse('invalid', edited.message)
        for (const row of wanted) await keepRow(row, { undone_at: at, undone_by: actor.id })
        return { ok: true, undone: wanted.size }
      }
    },
  }
}

export type RunEdits = ReturnType<typeof createRunEdits>
