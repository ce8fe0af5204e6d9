import { createMissions, type NewMission } from '#lib/board/edits.ts'
import { directoryOf, missionsOf, readMission } from '#lib/board/board-document.ts'
import type { ActorId, MissionId, WorkspaceId } from '#lib/board/ids.ts'
import { limits } from '#lib/board/limits.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { fromMarkdown } from '#lib/editor/from-markdown.ts'
import { writeRichText } from '#lib/editor/rich-text.ts'
import { boardDocument, missionDocument } from '#lib/sync/document-names.ts'
import type { Filling } from '#lib/templates/fill.ts'
import { fillBlocks } from '#lib/templates/fill-blocks.ts'
import { inOrder } from '#lib/templates/template.ts'
import { refuse, type Refusal } from '../auth/refusal.ts'
import type { Files, StoredFile } from '../files/files.ts'
import { newId } from '../new-id.ts'
import type { Author } from '../sync/accepted.ts'
import type { Documents } from '../sync/documents.ts'

type Filled = Extract<Filling, { ok: true }>
/** `firstId`: the first mission gets it, and the others ids that follow from it, so that who was interrupted can begin again. `id`: who is said to have made them. */
export type MadeBy = Author & { id: ActorId | null; firstId?: MissionId }

const followingIds = /-\d{1,3}$/
const idAt = (first: MissionId, at: number) => (at === 0 ? first : `${first}-${at + 1}`) as MissionId
/** Of a mission that came with others, the first; else itself. */
export const firstOf = (id: MissionId) => id.replace(followingIds, '') as MissionId

/** Puts the missions of a template onto the board, all in one edit: texts and files are there before they are seen. */
export function createMakeMissions({ documents, files, now }: { documents: Documents; files: Pick<Files, 'find' | 'content' | 'add' | 'list'>; now: () => number }) {
  async function filesOf(workspaceId: WorkspaceId, { missions }: Filled): Promise<{ ok: true; found: Map<string, StoredFile> } | Refusal> {
    const found = new Map<string, StoredFile>()
    for (const { title, files: wanted } of missions) {
      for (const id of wanted) {
        const file = found.get(id) ?? await files.find(id)
        if (file?.workspaceId !== workspaceId) return refuse('invalid', `A file of “${title}” is not there any more. Take it out of the template.`, 'files')
        found.set(id, file)
      }
    }
    return { ok: true, found }
  }

  return async (workspaceId: WorkspaceId, filled: Filled, { firstId, ...author }: MadeBy): Promise<{ ok: true; missionIds: MissionId[] } | Refusal> => {
    const attached = await filesOf(workspaceId, filled)
    if (!attached.ok) return attached
    const room = await documents.read(boardDocument(workspaceId), (board) => limits.missions - missionsOf(board).size)
    if (filled.missions.length > room) return refuse('too_many', `A board has at most ${limits.missions.toLocaleString('en')} missions; there is room for ${Math.max(0, room)} more.`)
    const ordered = inOrder(filled.missions)
    const missions = ordered.ok ? ordered.missions : filled.missions
    const idOf = new Map(missions.map(({ key }, at) => [key, firstId ? idAt(firstId, at) : newId<MissionId>()]))
    const missionIds = [...idOf.values()]
    if (firstId && await documents.read(boardDocument(workspaceId), (board) => readMission(board, firstId) !== null)) return { ok: true, missionIds }

    await Promise.all(missions.map(({ key, description }) => description && documents.edit(missionDocument(idOf.get(key)!), (doc) => {
      if (descriptionOf(doc).length === 0) writeRichText(descriptionOf(doc), fillBlocks(fromMarkdown(description), filled.values, false), null)
    })))
    for (const { key, files: wanted } of missions) {
      const there = firstId ? (await files.list({ kind: 'mission', id: idOf.get(key)! })).map(({ name }) => name) : []
      for (const file of wanted.flatMap((id) => attached.found.get(id) ?? [])) {
        if (there.includes(file.name)) continue
        const content = await files.content(file)
        if (!content) return refuse('invalid', `“${file.name}” cannot be read any more. Take it out of the template.`, 'files')
        const copied = await files.add({
          workspaceId, owner: { kind: 'mission', id: idOf.get(key)! }, kind: 'attachment', name: file.name, by: author.id ?? ('' as ActorId), runId: null, content: content.stream, expectedBytes: file.size,
        })
        if (!copied.ok) return refuse('invalid', copied.message, 'files')
      }
    }
    await documents.edit(boardDocument(workspaceId), (board) => {
      const isStaff = (id: ActorId | null) => id !== null && (directoryOf(board).get(id) as { kind?: unknown } | undefined)?.kind === 'staff'
      createMissions(board, missions.map(({ key, title, projectId, assigneeId, priority, labels, autoRun, dueOn, blockedBy }): NewMission => {
        const starts = autoRun && isStaff(assigneeId)
        return {
          id: idOf.get(key)!, title, projectId, assigneeId, priority, labels, dueOn, autoRun: starts, blockedBy: blockedBy.flatMap((before) => idOf.get(before) ?? []),
          status: starts && blockedBy.length === 0 ? 'in_progress' : 'backlog',
        }
      }), author.id, now())
    }, author)
    return { ok: true, missionIds }
  }
}
