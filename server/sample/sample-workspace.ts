import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { bodyOf } from '#lib/board/doc.ts'
import { createDoc } from '#lib/board/doc-edits.ts'
import { createMission, createProject } from '#lib/board/edits.ts'
import type { ActorId, CommentId, DocId, MissionId, ProjectId, WorkspaceId } from '#lib/board/ids.ts'
import { isActive, type Mission } from '#lib/board/mission.ts'
import { isOpen } from '#lib/routines/routine.ts'
import { addComment, descriptionOf } from '#lib/board/mission-document.ts'
import { referenceUrl } from '#lib/board/reference.ts'
import { writeMarkdown } from '#lib/editor/markdown.ts'
import { boardDocument, briefDocument, docDocument, missionDocument } from '#lib/sync/document-names.ts'
import type { Files } from '../files/files.ts'
import type { GivenContext } from '../library/given.ts'
import type { Log } from '../log.ts'
import { newId } from '../new-id.ts'
import type { Routines } from '../routines/automation.ts'
import type { Runs } from '../runs/runs.ts'
import type { StaffVerbs } from '../staff/staff.ts'
import type { Documents } from '../sync/documents.ts'
import type { Templates } from '../templates/templates.ts'
import { brief, docs, missions, project, routine, supplierTemplate, type SampleMission } from './content.ts'

/** The first runs read little; should they take longer than this, the owner finds them still at work. */
const firstRunMs = 4_000
/** Should it take longer than this, what follows does not wait for it. */
const longestRunMs = 60_000

/**
 * Fills a new workspace with work to look at: through the edits, uploads and runs that people use, in the owner's name.
 * One mission and a routine have been run when the owner arrives; another mission starts as they do.
 */
export async function createSampleWorkspace({ staff, documents, files, runs, routines, templates, given, onArrival, now, log }: {
  staff: StaffVerbs
  documents: Documents
  files: Files
  runs: Runs
  routines: Pick<Routines, 'create' | 'runNow' | 'firings'>
  templates: Templates
  given: GivenContext
  /** Calls back once, when somebody opens the workspace's board for the first time. */
  onArrival: (workspaceId: WorkspaceId, callback: () => void) => void
  now: () => number
  log: Log
}, { workspaceId, userId }: { workspaceId: WorkspaceId; userId: ActorId }) {
  const analyst = (await staff.list(workspaceId))[0]!.id
  const assignees: Record<SampleMission['assignee'], ActorId | null> = { analyst, owner: userId, nobody: null }
  const projectId = newId<ProjectId>()
  const made = missions.map((mission) => ({ ...mission, id: newId<MissionId>() }))
  const pages = docs.map((doc) => ({ ...doc, id: newId<DocId>() }))

  await documents.edit(boardDocument(workspaceId), (board) => {
    createProject(board, projectId, project.name, project.colour)
    for (const { id, title, under } of pages) {
      createDoc(board, { id, title, projectId, parentId: pages.find((page) => page.title === under)?.id ?? null }, userId, now())
    }
    for (const { id, title, status, assignee, priority, dueInDays } of made) {
      const dueOn = dueInDays === undefined ? null : new Date(now() + dueInDays * 86_400_000).toISOString().slice(0, 10)
      const mission: Pick<Mission, 'id' | 'title'> & Partial<Mission> = { id, title, status, priority, dueOn, projectId, assigneeId: assignees[assignee] }
      createMission(board, mission, userId, now())
    }
  })
  await documents.edit(briefDocument(projectId), (doc) => writeMarkdown(bodyOf(doc), brief))
  for (const { id, text } of pages) await documents.edit(docDocument(id), (doc) => writeMarkdown(bodyOf(doc), text))
  for (const { id, description, comment } of made) {
    await documents.edit(missionDocument(id), (doc) => {
      writeMarkdown(descriptionOf(doc), description)
      if (comment) addComment(doc, { id: newId<CommentId>(), by: userId, body: comment }, now())
    })
  }
  for (const { id, attachments } of made) {
    for (const name of attachments) {
      const content = Readable.toWeb(createReadStream(new URL(`files/${name}`, import.meta.url))) as ReadableStream<Uint8Array>
      await files.add({ workspaceId, owner: { kind: 'mission', id }, kind: 'attachment', name, by: userId, runId: null, content, expectedBytes: null })
    }
  }

  await templates.create(workspaceId, supplierTemplate({ projectId, analyst }), userId)

  const start = (when: SampleMission['runs']) => Promise.all(made.filter((mission) => mission.runs === when)
    .map((mission) => runs.start({ missionId: mission.id, cause: { kind: 'person', id: userId }, note: '' })))
  const started = await start('before')
  const { cron, zone, name, instructions } = routine
  const comesBack = await routines.create(workspaceId, {
    name, instructions, staffId: analyst, projectId, trigger: { kind: 'schedule', cron, zone }, delivery: { kind: 'doc', docId: pages.find(({ title }) => title === routine.doc)!.id },
  }, userId)
  if (comesBack.ok) await routines.runNow(comesBack.routine.id, userId)
  const runsOver = async () => (await Promise.all(started.map(async (run) => !run.ok || !isActive((await runs.find(run.runId))?.state ?? 'cancelled')))).every(Boolean)
  await until(now() + firstRunMs, now, async () => await runsOver() && (!comesBack.ok || !(await routines.firings(comesBack.routine.id)).some(({ state }) => isOpen(state))))

  /** What the first ones made the next ones have to know: they start behind them. */
  async function goOn() {
    await until(now() + longestRunMs, now, runsOver)
    const [before, next] = [made.filter((mission) => mission.runs === 'before'), made.filter((mission) => mission.runs === 'on arrival')]
    for (const { id } of before) {
      const digest = (await files.list({ kind: 'mission', id })).find(({ kind, type }) => kind === 'artifact' && type === 'text/markdown')
      if (digest) for (const mission of next) await given.give({ kind: 'mission', id: mission.id }, referenceUrl({ kind: 'file', id: digest.id }), userId)
    }
    await start('on arrival')
  }
  onArrival(workspaceId, () => void goOn().catch((error: unknown) => log.error({ err: error }, 'the sample does not go on')))
}

async function until(deadline: number, now: () => number, holds: () => Promise<boolean>) {
  while (now() < deadline && !await holds()) await new Promise((resolve) => setTimeout(resolve, 50))
}
