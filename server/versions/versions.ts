import { gunzipSync } from 'node:zlib'
import type { Selectable } from 'kysely'
import * as Y from 'yjs'
import type { ActorId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import type { Actor } from '#lib/board/policy.ts'
import { besideTheEditor, putBlocks } from '#lib/editor/put-blocks.ts'
import type { Block } from '#lib/editor/rich-text.ts'
import { parseDocumentName } from '#lib/sync/document-names.ts'
import type { StoredText } from '../store/store-thread.ts'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
import type { Sync } from '../sync/sync.ts'
import { thin } from './thin.ts'
import { countWords, wordChanges } from './word-changes.ts'

/** Why a version was made: somebody named it, nobody wrote for a while, a run began to read, another version was put back. */
export type VersionKind = Tables['text_versions']['kind']

/** `added` and `removed` count words against the version before. `runs` read the text as it is in this version. */
export type Version = {
  version: number; kind: VersionKind; name: string; by: ActorId | null; at: number
  words: number; added: number; removed: number; runs: RunId[]
}
export type WholeVersion = Version & { markdown: string; content: Block[] }

type VersionRefused = { ok: false; code: 'no_text' | 'bad_name' | 'too_many' | 'empty'; message: string }
type Kept = { ok: true; version: Version }

/** A text that nobody named a version of, and in which so few words changed, needs no version of its own. */
const muchWords = 25
const mostNamed = 500
/** What the newest runs read is kept, so that it can be told what changed since. */
const keptForRuns = 20

/** Where the rich text of a document lies, for those that have one. */
export function textRootOf(document: string): string | null {
  const name = parseDocumentName(document)
  return name?.kind === 'mission' ? 'description' : name?.kind === 'doc' ? 'body' : null
}

export type Versions = ReturnType<typeof createVersions>

type New = { document: string; workspaceId: WorkspaceId; kind: VersionKind; name?: string; by: ActorId | null; runId?: RunId }
type Row = Selectable<Tables['text_versions']>
const columns = ['version', 'kind', 'name', 'by', 'at', 'words', 'added', 'removed'] as const

/** Versions of descriptions, briefs and docs: the text as it was, apart from the document, whose deleted words are gone for good. */
export function createVersions({ db, readText, editAs, now, onChanged }: {
  db: Database
  /** A stored text, read beside the event loop. */
  readText: (document: string, root: string) => Promise<StoredText>
  editAs: Sync['editAs']
  now: () => number
  /** The versions of a document are not the same any more. */
  onChanged: (document: string) => void
}) {
  /** Of one document one after the other: each is numbered after, and compared with, the one before. */
  const turns = new Map<string, Promise<unknown>>()
  async function inTurn<Answer>(document: string, work: () => Promise<Answer>): Promise<Answer> {
    const turn = (turns.get(document) ?? Promise.resolve()).then(work)
    const over = turn.then(() => {}, () => {})
    turns.set(document, over)
    try {
      return await turn
    } finally {
      if (turns.get(document) === over) turns.delete(document)
    }
  }

  const newest = (document: string) =>
    db.selectFrom('text_versions').selectAll().where('doc', '=', document).orderBy('version', 'desc').limit(1).executeTakeFirst()

  async function runsOf(document: string): Promise<Map<number, RunId[]>> {
    const runs = new Map<number, RunId[]>()
    for (const { version, run_id } of await db.selectFrom('text_version_reads').select(['version', 'run_id']).where('doc', '=', document).execute()) {
      runs.set(version, [...runs.get(version) ?? [], run_id])
    }
    return runs
  }

  const told = ({ version, kind, name, by, at, words, added, removed }: Pick<Row, (typeof columns)[number]>, runs: Map<number, RunId[]>): Version =>
    ({ version, kind, name, by, at, words, added, removed, runs: runs.get(version) ?? [] })

  async function thinOut(document: string) {
    const rows = await db.selectFrom('text_versions').select(['version', 'kind', 'at']).where('doc', '=', document).orderBy('version', 'desc').execute()
    const read = new Set((await db.selectFrom('text_version_reads').select('version').where('doc', '=', document)
      .groupBy('version').orderBy('version', 'desc').limit(keptForRuns).execute()).map(({ version }) => version))
    const gone = thin(rows.map(({ version, kind, at }) => ({ version, at, kept: kind === 'named' || read.has(version) })), now())
    if (gone.length === 0) return
    await db.deleteFrom('text_versions').where('doc', '=', document).where('version', 'in', gone).execute()
    // Who comes after a gap is compared with who comes before it.
    const left = rows.filter(({ version }) => !gone.includes(version))
    for (const [at, { version }] of left.entries()) {
      const before = left[at + 1]?.version ?? 0
      if (!gone.some((each) => each < version && each > before)) continue
      const text = async (number: number) => (await db.selectFrom('text_versions').select('markdown').where('doc', '=', document).where('version', '=', number).executeTakeFirst())?.markdown ?? ''
      await db.updateTable('text_versions').set(wordChanges(await text(before), await text(version))).where('doc', '=', document).where('version', '=', version).execute()
    }
  }

  async function insert({ document, workspaceId, kind, name = '', by }: New, text: StoredText, latest: Row | undefined): Promise<number> {
    const version = (latest?.version ?? 0) + 1
    await db.insertInto('text_versions').values({
      doc: document, version, workspace_id: workspaceId, kind, name, by, at: now(), words: countWords(text.markdown),
      ...wordChanges(latest?.markdown ?? '', text.markdown), markdown: text.markdown, content: text.content, hash: text.hash,
    }).execute()
    await thinOut(document)
    return version
  }

  const verbs = {
    /**
     * Keeps a text as it is now. One that is as the newest version has it needs no second: that version then stands for this
     * moment as well, and gets the name where one is given and it has none.
     */
    keep: (asked: New): Promise<Kept | VersionRefused> => inTurn(asked.document, async (): Promise<Kept | VersionRefused> => {
      const { document, kind, by, runId } = asked
      const root = textRootOf(document)
      if (!root) return { ok: false, code: 'no_text', message: 'There is no text of which versions are kept.' }
      const name = (asked.name ?? '').trim()
      if (kind === 'named') {
        if (name.length > limits.name || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) return { ok: false, code: 'bad_name', message: `A version's name is one line of at most ${limits.name} characters.` }
        const named = await db.selectFrom('text_versions').select((eb) => eb.fn.countAll<number>().as('n')).where('doc', '=', document).where('kind', '=', 'named').executeTakeFirstOrThrow()
        if (Number(named.n) >= mostNamed) return { ok: false, code: 'too_many', message: `This text has ${mostNamed} versions that somebody saved, which is the most it may have.` }
      }
      const text = await readText(document, root)
      const latest = await newest(document)
      let version: number
      if (latest && latest.hash === text.hash && (kind !== 'named' || latest.kind !== 'named')) {
        version = latest.version
        if (kind === 'named') await db.updateTable('text_versions').set({ kind, name, by, at: now() }).where('doc', '=', document).where('version', '=', version).execute()
      } else if (!latest && text.markdown === '' && kind !== 'named') {
        return { ok: false, code: 'empty', message: 'The text is empty, so there is nothing to keep.' }
      } else if (kind === 'pause' && !isMuch(latest?.markdown ?? '', text.markdown)) {
        return { ok: false, code: 'empty', message: 'Hardly anything changed since the last version.' }
      } else version = await insert({ ...asked, name }, text, latest)
      if (runId) await db.insertInto('text_version_reads').values({ run_id: runId, doc: document, version }).onConflict((conflict) => conflict.columns(['run_id', 'doc']).doUpdateSet({ version })).execute()
      onChanged(document)
      const row = await db.selectFrom('text_versions').select(columns).where('doc', '=', document).where('version', '=', version).executeTakeFirstOrThrow()
      return { ok: true, version: told(row, await runsOf(document)) }
    }),

    /** Newest first. */
    async list(document: string): Promise<Version[]> {
      const runs = await runsOf(document)
      const rows = await db.selectFrom('text_versions').select(columns).where('doc', '=', document).orderBy('version', 'desc').execute()
      return rows.map((row) => told(row, runs))
    },

    async find(document: string, version: number): Promise<WholeVersion | null> {
      const row = await db.selectFrom('text_versions').selectAll().where('doc', '=', document).where('version', '=', version).executeTakeFirst()
      if (!row) return null
      return { ...told(row, await runsOf(document)), markdown: row.markdown, content: JSON.parse(gunzipSync(row.content).toString()) as Block[] }
    },

    /** Puts a version back as an edit by this actor. `before` is the version that has what was there, `null` where there was nothing. */
    async restore({ document, workspaceId, version, actor }: { document: string; workspaceId: WorkspaceId; version: number; actor: Actor }) {
      const found = await verbs.find(document, version)
      const root = textRootOf(document)
      if (!found || !root) return { ok: false as const, code: 'not_found', message: 'There is no such version.' }
      const kept = await verbs.keep({ document, workspaceId, kind: 'restore', by: actor.id })
      if (!kept.ok && kept.code !== 'empty') return kept
      const edited = await editAs(actor, document, (doc) => putBlocks(doc.get(root, Y.XmlElement) as Y.XmlElement, found.content, besideTheEditor))
      return edited.ok ? { ok: true as const, before: kept.ok ? kept.version.version : null } : edited
    },
  }
  return verbs
}

function isMuch(before: string, after: string): boolean {
  const { added, removed } = wordChanges(before, after)
  return added + removed >= muchWords
}
