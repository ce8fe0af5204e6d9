import { createHash } from 'node:crypto'
import { plainLetters } from '#lib/search/plain-letters.ts'
import type { ActorId, FileId, MissionId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { readProposal } from '#lib/board/proposal.ts'
import { parseReference, referenceUrl } from '#lib/board/reference.ts'
import { readMarkdown } from '#lib/editor/markdown.ts'
import type { GivenTarget } from '#lib/library/given.ts'
import type { Related } from '../search/search-index.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import { listed } from '#lib/wording.ts'
import type { Log } from '../log.ts'
import type { MemoryPiece } from '../runs/protocol.ts'
import type { Search } from '../search/search.ts'
import type { Database } from '../store/database.ts'
import type { Documents } from '../sync/documents.ts'
import type { GivenContext } from './given.ts'
import { describeSources } from './sources.ts'

/** What is found by itself: so many files and results, of one mission at most two, and the words that are named as the reason. */
const [mostFound, mostOfOneMission, mostNamed] = [6, 2, 3]
const looked = 40
/** Someone in the same project most likely meant the same. */
const sameProject = 1.3

type Run = { missionId: MissionId; staffId: ActorId; workspaceId: WorkspaceId }

/** Of what the proposal named that became the mission. */
const namedReason = 'named in the proposal'
const longestNamed = 50_000

/**
 * What a run is given of earlier work: first what people gave to its mission, project or staff member, then what the index finds for its words:
 * artifacts, and results that a person approved. Each with the reason.
 */
export function createMemory({ db, documents, given, search, nameOf, log }: {
  db: Database
  documents: Documents
  given: GivenContext
  search: Pick<Search, 'related'>
  nameOf: (workspaceId: WorkspaceId, id: ActorId) => Promise<string>
  log: Log
}) {
  async function givenTo({ missionId, staffId, workspaceId }: Run, mission: { title: string; projectId: string | null; project: string | null }, staff: string): Promise<MemoryPiece[]> {
    const targets: GivenTarget[] = [{ kind: 'mission', id: missionId }, ...mission.projectId ? [{ kind: 'project' as const, id: mission.projectId }] : [], { kind: 'staff', id: staffId }]
    const pieces = new Map<string, MemoryPiece>()
    const notes = new Set((await db.selectFrom('notes').select('doc_id').where('staff_id', '=', staffId).where('state', '=', 'accepted').execute()).map(({ doc_id }) => doc_id as string))
    for (const { source, name, file, doc, where, by, to } of await given.toAll(targets)) {
      const url = referenceUrl(source)
      // What is on the mission, and the docs of its project, every run reads.
      if (pieces.has(url) || (file?.kind === 'attachment' && where.mission?.id === missionId) || (doc?.projectId && doc.projectId === mission.projectId)) continue
      const whom = to.kind === 'mission' ? 'to this mission' : to.kind === 'project' ? `to everything in “${mission.project ?? ''}”` : `to ${staff} always`
      const who = await nameOf(workspaceId, by)
      const shared = { source: url, given: true, approved: false, name, where: where.mission?.title ?? where.project?.name ?? '' }
      if (file) {
        const { id, kind, type, size, version, hash } = file
        pieces.set(url, { ...shared, kind: 'file', reason: `given ${whom} by ${who}`, file: { id, kind, name, type, size, version, hash } })
      } else if (doc) pieces.set(url, { ...shared, kind: 'doc', id: doc.id, reason: notes.has(doc.id) ? `a note of ${staff} that ${who} accepted` : `given ${whom} by ${who}` })
    }
    return [...pieces.values()]
  }

  /** Missions that the proposal which became this one names: what they were for, and what came of them. */
  async function missionsNamed({ workspaceId }: Run, context: readonly string[]): Promise<MemoryPiece[]> {
    const ids = context.map(parseReference).flatMap((reference) => (reference?.kind === 'mission' ? [reference.id] : []))
    if (ids.length === 0) return []
    const rows = await db.selectFrom('missions').select(['id', 'title']).where('workspace_id', '=', workspaceId).where('id', 'in', ids).execute()
    return Promise.all(rows.map(async ({ id, title }): Promise<MemoryPiece> => {
      const description = await documents.read(missionDocument(id), (doc) => readMarkdown(descriptionOf(doc)))
      const run = await db.selectFrom('runs').select('summary').where('mission_id', '=', id).where('state', '=', 'succeeded').where('summary', '<>', '').orderBy('ended_at', 'desc').executeTakeFirst()
      const text = [description.slice(0, longestNamed), ...run ? [`What its last run says:\n\n${run.summary}`] : []].join('\n\n')
      return {
        kind: 'result', source: referenceUrl({ kind: 'mission', id }), given: true, approved: false, name: `Mission “${title || 'Untitled'}”`, where: '', reason: namedReason, text,
        version: createHash('sha256').update(text).digest('hex').slice(0, 16),
      }
    }))
  }

  async function find({ missionId, workspaceId }: Run, { title, projectId }: { title: string; projectId: string | null }): Promise<MemoryPiece[]> {
    const description = await documents.read(missionDocument(missionId), (doc) => readMarkdown(descriptionOf(doc)))
    const related = await search.related({ workspaceId, text: `${title}\n${description}`, kinds: ['file', 'run'], except: missionId, limit: looked })
    if (related.length === 0) return []
    const fileIds = related.flatMap(({ fileId }) => (fileId ? [fileId as FileId] : []))
    const files = new Map((await describeSources(db, workspaceId, fileIds.map((id) => referenceUrl({ kind: 'file', id })))).entries().map(([url, each]) => [url, each.file]))
    const runIds = [...new Set([...related.flatMap(({ kind, item }) => (kind === 'run' ? [item as RunId] : [])), ...[...files.values()].flatMap((file) => file?.runId ?? [])])]
    const verdicts = new Map(runIds.length === 0 ? [] : (await db.selectFrom('run_verdicts').selectAll().where('workspace_id', '=', workspaceId).where('run_id', 'in', runIds).execute()).map((row) => [row.run_id, row]))
    const runs = new Map(runIds.length === 0 ? [] : (await db.selectFrom('runs').leftJoin('missions', 'missions.id', 'runs.mission_id').select(['runs.id', 'runs.mission_id', 'summary', 'missions.title'])
      .where('runs.workspace_id', '=', workspaceId).where('runs.id', 'in', runIds).execute()).map((row) => [row.id, row]))

    const weighed = await Promise.all(related.map(async (each): Promise<{ piece: MemoryPiece; mission: string | null; weight: number } | null> => {
      const file = each.fileId ? files.get(referenceUrl({ kind: 'file', id: each.fileId as FileId })) ?? null : null
      const runId = each.kind === 'run' ? each.item as RunId : file?.runId ?? null
      const verdict = runId ? verdicts.get(runId) : undefined
      const run = runId ? runs.get(runId) : undefined
      const approved = verdict?.verdict === 'approved'
      const near = projectId !== null && each.projectId === projectId
      const shared = {
        given: false, approved, where: run?.title ?? '',
        reason: [`found by ${listed(wordsOf(each))}`, ...near ? ['of the same project'] : [], ...approved ? [`approved by ${await nameOf(workspaceId, verdict.by_id)}`] : []].join('; '),
      }
      const weight = each.score * (near ? sameProject : 1) + (approved ? 1_000 : 0)
      if (each.kind === 'run') {
        if (!approved || !run?.summary) return null
        return { weight, mission: run.mission_id, piece: { ...shared, kind: 'result', source: `missions://mission/${run.mission_id}`, name: `Result of “${run.title ?? ''}”`, text: run.summary, version: run.id } }
      }
      // Files of people stay where they put them; what people sent back is nothing to build on.
      if (file?.kind !== 'artifact' || file.text !== 'ready' || verdict?.verdict === 'changes') return null
      const { id, kind, name, type, size, version, hash } = file
      return { weight, mission: each.missionId, piece: { ...shared, kind: 'file', source: referenceUrl({ kind: 'file', id }), name, file: { id, kind, name, type, size, version, hash } } }
    }))

    const perMission = new Map<string | null, number>()
    const hashes = new Set<string>()
    return weighed.filter((each) => each !== null).sort((a, b) => b.weight - a.weight).filter(({ piece, mission }) => {
      if (piece.kind === 'file' && hashes.has(piece.file.hash)) return false
      const before = perMission.get(mission) ?? 0
      perMission.set(mission, before + 1)
      if (piece.kind === 'file') hashes.add(piece.file.hash)
      return before < mostOfOneMission
    }).slice(0, mostFound).map(({ piece }) => piece)
  }

  return async (run: Run): Promise<MemoryPiece[]> => {
    const mission = await db.selectFrom('missions').leftJoin('projects', 'projects.id', 'missions.project_id').select(['title', 'project_id as projectId', 'projects.name as project'])
      .where('missions.id', '=', run.missionId).where('missions.workspace_id', '=', run.workspaceId).executeTakeFirst()
    if (!mission) return []
    const staff = await nameOf(run.workspaceId, run.staffId)
    const context = await documents.read(boardDocument(run.workspaceId), (board) => readProposal(board, run.missionId)?.context ?? [])
    const named = new Set(context)
    const first = [
      ...(await givenTo(run, mission, staff)).map((piece) => (named.has(piece.source) ? { ...piece, reason: namedReason } : piece)),
      ...await missionsNamed(run, context),
    ]
    // A run goes on without what an index that is away would find.
    const found = await find(run, mission).catch((error: unknown) => {
      log.error({ err: error, mission: run.missionId }, 'earlier work not looked for')
      return []
    })
    const sources = new Set(first.map(({ source }) => source))
    return [...first, ...found.filter(({ source }) => !sources.has(source))]
  }
}

/** The words that are named as the reason, each once. */
function wordsOf({ words }: Related): string[] {
  const named = new Map(words.map((word) => [plainLetters(word), word]))
  return [...named.values()].slice(0, mostNamed).map((word) => `“${word}”`)
}

export type Memory = ReturnType<typeof createMemory>
