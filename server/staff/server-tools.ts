import { bodyOf } from '#lib/board/doc.ts'
import type { ActorId, DocId, ProjectId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { isId } from '#lib/board/ids.ts'
import type { Actor } from '#lib/board/policy.ts'
import { narrower } from '#lib/board/staff.ts'
import { permissionFor, toolTable, type ToolName } from '#lib/board/tools.ts'
import { readMarkdown } from '#lib/editor/markdown.ts'
import { docDocument } from '#lib/sync/document-names.ts'
import type { ServerTools, ToolAnswer } from '../runs/protocol.ts'
import type { Search } from '../search/search.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'
import type { Sync } from '../sync/sync.ts'
import { findForModel } from './find-for-model.ts'
import type { RunEdits } from './run-edits.ts'

type Holder = Extract<Actor, { kind: 'staff' }>
type Call = { tool: string; key: string; args: Readonly<Record<string, unknown>> }
type Run = { id: RunId; workspaceId: WorkspaceId; staffId: ActorId }

const longestKey = 200
const longestMarkdown = 200_000

const no = (message: string): ToolAnswer => ({ ok: false, message })

type Read<Args> = { ok: true; args: Args } | { ok: false; message: string }
const text = (args: Call['args'], name: string, longest: number, shortest = 1): string | null => {
  const value = args[name]
  return typeof value === 'string' && value.length >= shortest && value.length <= longest ? value : null
}
const wrong = (name: string, what: string): { ok: false; message: string } => ({ ok: false, message: `"${name}" must be ${what}.` })

/** What a call may give, of each tool that is carried out here. */
const readers: { [Name in keyof ServerTools]: (args: Call['args']) => Read<ServerTools[Name]> } = {
  search(args) {
    const query = text(args, 'query', 1_000)
    const where = (['missions', 'comments', 'docs', 'files'] as const).find((known) => known === args.in)
    if (query === null) return wrong('query', 'the words to look for')
    if (args.in !== undefined && !where) return wrong('in', 'missions, comments, docs or files')
    return { ok: true, args: { query, ...where && { in: where } } }
  },
  read_doc: ({ doc }) => (isId(doc) ? { ok: true, args: { doc } } : wrong('doc', 'the id of a doc, or of a project for its brief')),
  edit_doc(args) {
    const [markdown, replace] = [text(args, 'markdown', longestMarkdown, 0), text(args, 'replace', longestMarkdown)]
    if (!isId(args.doc)) return wrong('doc', 'the id of a doc, or of a project for its brief')
    if (markdown === null) return wrong('markdown', `a text of at most ${longestMarkdown} characters`)
    if (args.replace !== undefined && replace === null) return wrong('replace', 'a passage of the doc')
    return { ok: true, args: { doc: args.doc, markdown, ...replace !== null && { replace } } }
  },
  propose_mission(args) {
    const [title, description, assignee] = [text(args, 'title', 500), text(args, 'description', 20_000, 0), text(args, 'assignee', 100)]
    if (title === null) return wrong('title', 'a text of at most 500 characters')
    if (description === null) return wrong('description', 'Markdown of at most 20,000 characters')
    if (args.assignee !== undefined && assignee === null) return wrong('assignee', 'the name or id of somebody of the workspace')
    return { ok: true, args: { title, description, ...assignee !== null && { assignee } } }
  },
  remember(args) {
    const [words, why] = [text(args, 'text', 4_000), text(args, 'why', 500)]
    if (words === null) return wrong('text', 'what is to be remembered, in at most 4,000 characters')
    return why === null ? wrong('why', 'why it is worth remembering, in at most 500 characters') : { ok: true, args: { text: words, why } }
  },
  hand_to(args) {
    const [staff, note] = [text(args, 'staff', 100), text(args, 'note', 8_000)]
    if (staff === null) return wrong('staff', 'the name or id of a staff member')
    return note === null ? wrong('note', 'what is done, and what is to be done next, in at most 8,000 characters') : { ok: true, args: { staff, note } }
  },
}

/** A tool that needs nobody's answer to be the same when it is asked again. */
const onlyReads = new Set<string>(['search', 'read_doc'])

/**
 * The tools that the server carries out for runs. A worker checks what its staff member may as well, but it is this that decides: the tools that
 * were given to the staff member, its autonomy, and what people answered when it asked.
 */
export function createServerTools({ db, documents, workspaceOf, search, edits, handOver, propose, remember }: {
  db: Database
  documents: Documents
  workspaceOf: Sync['workspaceOf']
  search: Search
  edits: RunEdits
  handOver: (runId: RunId, staffId: ActorId, note: string) => Promise<ToolAnswer>
  propose: (run: Run, proposal: ServerTools['propose_mission'], key: string) => Promise<ToolAnswer>
  remember: (run: Run, note: ServerTools['remember']) => Promise<ToolAnswer>
}) {
  /** The name of the document, where the workspace has a doc or brief by this id. */
  async function documentOf(run: Run, id: string): Promise<string | null> {
    const name = docDocument(id as DocId)
    return await workspaceOf({ kind: 'doc', id: id as DocId }) === run.workspaceId ? name : null
  }
  const noDoc = no('There is no such doc in this workspace. Find its id with search.')

  const carryOut: { [Name in keyof ServerTools]: (run: Run, actor: Holder, args: ServerTools[Name], key: string) => Promise<ToolAnswer> } = {
    search: (run, _actor, args) => findForModel(search, run, args),

    async read_doc(run, _actor, { doc }) {
      const name = await documentOf(run, doc)
      if (!name) return noDoc
      const markdown = await documents.read(name, (document) => readMarkdown(bodyOf(document)))
      const title = (await db.selectFrom('docs').select('title').where('id', '=', doc as DocId).executeTakeFirst())?.title
      const project = title === undefined ? (await db.selectFrom('projects').select('name').where('id', '=', doc as ProjectId).executeTakeFirst())?.name : undefined
      return { ok: true, result: `[${title === undefined ? `The brief of the project “${project ?? ''}”` : `“${title}”`}, ${markdown.length} characters]\n\n${markdown}` }
    },

    async edit_doc(run, actor, { doc, ...given }, key) {
      const name = await documentOf(run, doc)
      return name ? edits.edit({ runId: run.id, workspaceId: run.workspaceId }, { ...actor, tool: 'edit_doc' }, name, key, given) : noDoc
    },

    propose_mission: (run, _actor, args, key) => propose(run, args, key),

    remember: (run, _actor, args) => remember(run, args),

    async hand_to(run, _actor, { staff, note }) {
      const others = await db.selectFrom('staff').select(['id', 'name']).where('workspace_id', '=', run.workspaceId).where('archived_at', 'is', null).execute()
      const wanted = staff.trim().replace(/^@/, '').toLowerCase()
      const found = others.find(({ id }) => id === staff) ?? others.find(({ name }) => name.toLowerCase() === wanted)
      if (found) return handOver(run.id, found.id, note)
      return no(`There is no staff member ${JSON.stringify(staff)}. There are: ${others.filter(({ id }) => id !== run.staffId).map(({ name }) => name).join(', ') || 'no others'}.`)
    },
  }

  /** Why a call is not carried out; `null` where it is. */
  async function refusalOf(run: Run, { tool, key, args }: Call & { tool: ToolName }): Promise<string | null> {
    const staff = await db.selectFrom('staff').select(['tools', 'always_allowed', 'autonomy']).where('id', '=', run.staffId).executeTakeFirst()
    if (!staff || !(JSON.parse(staff.tools) as string[]).includes(tool)) return `You were not given the tool ${tool}.`
    const bound = (await db.selectFrom('runs').select('autonomy').where('id', '=', run.id).executeTakeFirst())?.autonomy ?? null
    const permission = permissionFor(narrower(staff.autonomy, bound), toolTable[tool].effect, (JSON.parse(staff.always_allowed) as string[]).includes(tool))
    if (permission === 'allowed') return null
    if (permission === 'denied') return 'You may not use this tool: you only read and report.'
    const asks = await db.selectFrom('run_asks').select(['key', 'args', 'verdict']).where('run_id', '=', run.id).where('kind', '=', 'approval').where('tool', '=', tool).where('answered_at', 'is not', null).execute()
    const isApproved = asks.some((ask) => ask.verdict === 'run' || ask.verdict === 'always' || (ask.verdict === 'once' && ask.key === key && isOf(ask.args, args)))
    return isApproved ? null : 'A person has to approve this call first.'
  }

  return async (actor: Holder, { tool, key, args }: Call): Promise<ToolAnswer> => {
    if (!actor.lease || !Object.hasOwn(readers, tool)) return no(`There is no tool ${JSON.stringify(tool.slice(0, 100))}.`)
    const name = tool as keyof ServerTools
    if (!onlyReads.has(name) && (key === '' || key.length > longestKey)) return no('The call has no key.')
    const run: Run = { id: actor.lease.runId, workspaceId: actor.workspaceId, staffId: actor.id }
    const answered = onlyReads.has(name) ? undefined : await db.selectFrom('run_tool_calls').select(['tool', 'answer']).where('run_id', '=', run.id).where('key', '=', key).executeTakeFirst()
    if (answered?.tool === name) return JSON.parse(answered.answer) as ToolAnswer
    const refusal = await refusalOf(run, { tool: name, key, args })
    if (refusal !== null) return no(refusal)
    const read = readers[name](args)
    if (!read.ok) return read
    const answer = await (carryOut[name] as (run: Run, actor: Holder, args: unknown, key: string) => Promise<ToolAnswer>)(run, actor, read.args, key)
    if (!onlyReads.has(name)) {
      await db.insertInto('run_tool_calls').values({ run_id: run.id, key, tool: name, answer: JSON.stringify(answer), at: Date.now() }).onConflict((conflict) => conflict.doNothing()).execute()
    }
    return answer
  }
}

export type CarryOutTool = ReturnType<typeof createServerTools>

/** Whether people approved these arguments: what they saw is JSON, and of a long one its beginning. */
function isOf(approved: string, args: Call['args']): boolean {
  const sorted = (value: unknown): unknown => (Array.isArray(value) ? value.map(sorted)
    : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, sorted(each)])) : value)
  try {
    return JSON.stringify(sorted(JSON.parse(approved))) === JSON.stringify(sorted(args))
  } catch {
    // People saw the beginning of a long one; the key says that it is this call.
    return typeof args.doc !== 'string' || approved.includes(JSON.stringify(args.doc))
  }
}
