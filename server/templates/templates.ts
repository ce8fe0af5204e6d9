import { sql } from 'kysely'
import type { ActivityKind } from '#lib/activity/entry.ts'
import type { ActorId, MissionId, TemplateId, WorkspaceId } from '#lib/board/ids.ts'
import type { FromTemplate } from '#lib/routines/routine.ts'
import { filledOn, type Occasion } from '#lib/routines/words-of-day.ts'
import { fill, type Filling } from '#lib/templates/fill.ts'
import { readContent } from '#lib/templates/read-template.ts'
import { templateLimits, type ListedTemplate, type Template, type TemplateContent } from '#lib/templates/template.ts'
import type { Happening } from '../activity/happening.ts'
import { transact } from '../auth/context.ts'
import { refuse, type Refusal } from '../auth/refusal.ts'
import type { Files } from '../files/files.ts'
import { newId } from '../new-id.ts'
import type { Database } from '../store/database.ts'
import type { Author } from '../sync/accepted.ts'
import type { Documents } from '../sync/documents.ts'
import { createFromMissions } from './from-missions.ts'
import { createMakeMissions, type MadeBy } from './make-missions.ts'
import { listedTemplate, readTemplate, type TemplateRow } from './template-row.ts'
import { dayIn, worldOf, type Members } from './world.ts'

type Fields = Readonly<Record<string, unknown>>
type Done = { ok: true; template: Template }
/** Who uses a template: somebody, or a routine in whose name the server does. `id`: who made the missions, `null` for nobody. `zone`: whose today it is. */
type TemplateUser = Pick<Author, 'kind' | 'name'> & { id: ActorId | null; zone?: string | undefined }

const sameName = (a: string, b: string) => a.normalize('NFKC').toLowerCase() === b.normalize('NFKC').toLowerCase()

function readName(value: unknown): { ok: true; name: string } | Refusal {
  const name = typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : ''
  if (name === '') return refuse('invalid', 'Give the template a name.', 'name')
  return name.length > templateLimits.name ? refuse('invalid', `The name may have at most ${templateLimits.name} characters; this has ${name.length}.`, 'name') : { ok: true, name }
}

function readDescription(value: unknown): { ok: true; description: string } | Refusal {
  if (typeof value !== 'string') return refuse('invalid', 'The description must be a text.', 'description')
  return value.length > templateLimits.description ? refuse('invalid', `The description may have at most ${templateLimits.description} characters; this has ${value.length}.`, 'description') : { ok: true, description: value.trim() }
}

/** The templates of workspaces. The caller has asked `can(actor, …, template)`. */
export function createTemplates({ db, documents, files, members, settled, now, record }: {
  db: Database
  documents: Documents
  files: Pick<Files, 'find' | 'content' | 'add' | 'list'>
  members: Members
  settled: () => Promise<void>
  now: () => number
  record: (happening: Happening) => void
}) {
  const row = (id: TemplateId) => db.selectFrom('templates').selectAll().where('id', '=', id).executeTakeFirst()
  const fromMissions = createFromMissions({ db, documents, files })
  const makeMissions = createMakeMissions({ documents, files, now })

  const note = (kind: ActivityKind, { id, name, workspace_id }: TemplateRow, by: ActorId) =>
    record({ workspaceId: workspace_id, kind, actor: { kind: 'person', id: by }, subject: { kind: 'template', id, name }, projectId: null })

  async function nameTaken(on: Database, workspaceId: WorkspaceId, name: string, except?: TemplateId): Promise<Refusal | null> {
    const others = await on.selectFrom('templates').select(['id', 'name']).where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).execute()
    const other = others.find((each) => each.id !== except && sameName(each.name, name))
    return other ? refuse('name_taken', `There is already a template called “${other.name}”. Two of one name could not be told apart.`, 'name') : null
  }

  /** What somebody wants a template to be; what is left out is left out. */
  function readFields({ name, description, content }: Fields): { ok: true; values: Partial<Pick<TemplateRow, 'name' | 'description' | 'content'>> } | Refusal {
    const values: Partial<Pick<TemplateRow, 'name' | 'description' | 'content'>> = {}
    if (name !== undefined) {
      const read = readName(name)
      if (!read.ok) return read
      values.name = read.name
    }
    if (description !== undefined) {
      const read = readDescription(description)
      if (!read.ok) return read
      values.description = read.description
    }
    if (content !== undefined) {
      const read = readContent(content)
      if (!read.ok) return refuse('invalid', read.message, `content.${read.field}`)
      values.content = JSON.stringify(read.content)
    }
    return { ok: true, values }
  }

  async function archiving(id: TemplateId, archived: boolean, by: ActorId): Promise<Done | Refusal> {
    const outcome = await transact(db, async (transaction): Promise<{ ok: true; after: TemplateRow; changed: boolean } | Refusal> => {
      await transaction.updateTable('templates').set({ id }).where('id', '=', id).execute()
      const before = await transaction.selectFrom('templates').selectAll().where('id', '=', id).executeTakeFirst()
      if (!before) return refuse('not_found', 'There is no such template any more.')
      if ((before.archived_at !== null) === archived) return { ok: true, after: before, changed: false }
      const taken = archived ? null : await nameTaken(transaction, before.workspace_id, before.name, id)
      if (taken) return taken
      return { ok: true, changed: true, after: await transaction.updateTable('templates').set({ archived_at: archived ? now() : null }).where('id', '=', id).returningAll().executeTakeFirstOrThrow() }
    })
    if (!outcome.ok) return outcome
    if (outcome.changed) note(archived ? 'template.archived' : 'template.restored', outcome.after, by)
    return { ok: true, template: readTemplate(outcome.after) }
  }

  type Filled = Extract<Filling, { ok: true }>
  /** What a template of a workspace would make; `given` may hang on what it has to fill in. */
  async function filled(id: TemplateId, given: (content: TemplateContent) => Readonly<Record<string, string>>, me: ActorId | null, today: string, workspaceId?: WorkspaceId): Promise<{ ok: true; row: TemplateRow; filled: Filled } | Refusal> {
    const found = await row(id)
    if (!found || (workspaceId !== undefined && found.workspace_id !== workspaceId)) return refuse('not_found', 'There is no such template any more.')
    const { name, content, archivedAt } = readTemplate(found)
    if (archivedAt !== null) return refuse('invalid', `The template “${name}” is archived. Bring it back to use it.`)
    const filling = fill(content, given(content), await worldOf({ db, members, settled }, found.workspace_id, me, today))
    return filling.ok ? { ok: true, row: found, filled: filling } : refuse('invalid', filling.problems.map(({ message }) => message).join(' '), `fields.${filling.problems[0]!.field}`)
  }

  async function make({ row: { id, name, workspace_id: workspaceId }, filled: filling }: { row: TemplateRow; filled: Filled }, by: MadeBy) {
    const made = await makeMissions(workspaceId, filling, { ...by, from: { kind: 'template', id, name } })
    if (made.ok) await db.updateTable('templates').set((eb) => ({ uses: eb('uses', '+', 1), used_at: now() })).where('id', '=', id).execute()
    return made
  }

  return {
    async find(id: TemplateId): Promise<{ workspaceId: WorkspaceId; template: Template } | null> {
      const found = await row(id)
      return found ? { workspaceId: found.workspace_id, template: readTemplate(found) } : null
    },

    /** By name. */
    async list(workspaceId: WorkspaceId, { archived = false } = {}): Promise<ListedTemplate[]> {
      const rows = await db.selectFrom('templates').selectAll().where('workspace_id', '=', workspaceId).$if(!archived, (query) => query.where('archived_at', 'is', null)).execute()
      return rows.map(listedTemplate).sort((a, b) => a.name.localeCompare(b.name, 'en'))
    },

    /** Those that can be used, whole. */
    async usable(workspaceId: WorkspaceId): Promise<Template[]> {
      return (await db.selectFrom('templates').selectAll().where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).orderBy('name').execute()).map(readTemplate)
    },

    /** What a template of these missions would have, without keeping it. */
    async draft(workspaceId: WorkspaceId, missions: readonly MissionId[], which: { withConnected: boolean; withFiles: boolean }) {
      await settled()
      return fromMissions(workspaceId, missions, which)
    },

    async create(workspaceId: WorkspaceId, fields: Fields, by: ActorId): Promise<Done | Refusal> {
      const read = readFields({ description: '', ...fields, name: fields.name ?? '', content: fields.content ?? null })
      if (!read.ok) return read
      const { name = '', description = '', content = '{}' } = read.values
      const outcome = await transact(db, async (transaction): Promise<{ ok: true; after: TemplateRow } | Refusal> => {
        const after = await transaction.insertInto('templates').values({
          id: newId<TemplateId>(), workspace_id: workspaceId, name, description, content, version: 1, created_by: by, created_at: now(), updated_by: by, updated_at: now(), archived_at: null, uses: 0, used_at: null,
        }).returningAll().executeTakeFirstOrThrow()
        const { n } = await transaction.selectFrom('templates').select(sql<number>`count(*)`.as('n')).where('workspace_id', '=', workspaceId).where('archived_at', 'is', null).executeTakeFirstOrThrow()
        if (n > templateLimits.templates) return refuse('too_many', `A workspace may have ${templateLimits.templates} templates. Archive one first.`)
        return await nameTaken(transaction, workspaceId, name, after.id) ?? { ok: true, after }
      })
      if (!outcome.ok) return outcome
      note('template.added', outcome.after, by)
      return { ok: true, template: readTemplate(outcome.after) }
    },

    /** `version` is the one that was edited: what somebody else changed meanwhile is not overwritten. */
    async edit(id: TemplateId, { version, ...fields }: Fields, by: ActorId): Promise<Done | Refusal> {
      const read = readFields(fields)
      if (!read.ok) return read
      const outcome = await transact(db, async (transaction): Promise<{ ok: true; after: TemplateRow } | Refusal> => {
        await transaction.updateTable('templates').set({ id }).where('id', '=', id).execute()
        const before = await transaction.selectFrom('templates').selectAll().where('id', '=', id).executeTakeFirst()
        if (!before) return refuse('not_found', 'There is no such template any more.')
        if (version !== undefined && version !== before.version) return refuse('changed_meanwhile', 'Somebody else changed this template while you did. Load it again, and do your changes there.', 'version')
        const taken = read.values.name === undefined || before.archived_at !== null ? null : await nameTaken(transaction, before.workspace_id, read.values.name, id)
        if (taken) return taken
        return { ok: true, after: await transaction.updateTable('templates').set({ ...read.values, version: before.version + 1, updated_by: by, updated_at: now() }).where('id', '=', id).returningAll().executeTakeFirstOrThrow() }
      })
      if (!outcome.ok) return outcome
      note('template.changed', outcome.after, by)
      return { ok: true, template: readTemplate(outcome.after) }
    },

    archive: (id: TemplateId, by: ActorId) => archiving(id, true, by),
    restore: (id: TemplateId, by: ActorId) => archiving(id, false, by),

    /** Makes the missions of a template, in one edit of the board. A field that is not given takes its default. */
    async use(id: TemplateId, given: Readonly<Record<string, string>>, by: TemplateUser): Promise<{ ok: true; missionIds: MissionId[] } | Refusal> {
      const { zone = 'UTC', ...author } = by
      const found = await filled(id, () => given, by.id, dayIn(now(), zone))
      return found.ok ? await make(found, { ...author, workspaceId: found.row.workspace_id, runId: null }) : found
    },

    /** What is in the way of a routine that uses a template, or nothing. */
    async problem(workspaceId: WorkspaceId, { id, fields }: FromTemplate, me: ActorId, day: string): Promise<Refusal | null> {
      const found = await filled(id, ({ fields: known }) => filledOn(known, fields, { day, about: 'What sets it off', me }), me, day, workspaceId)
      return found.ok ? null : found
    },

    /** Makes the missions for a routine; asked again with the same first one, it makes none twice. */
    async useFor(workspaceId: WorkspaceId, { id, fields }: FromTemplate, { by, firstId, ...occasion }: Occasion & { by: Pick<Author, 'kind' | 'name'>; firstId: MissionId }) {
      const found = await filled(id, ({ fields: known }) => filledOn(known, fields, occasion), occasion.me, occasion.day, workspaceId)
      if (!found.ok) return found
      const made = await make(found, { ...by, id: occasion.me, workspaceId, runId: null, firstId })
      // Whoever reads the history now finds them.
      await settled()
      return made
    },
  }
}

export type Templates = ReturnType<typeof createTemplates>
