import type { WorkFile } from '#lib/board/files.ts'
import type { ActorId, DocId, MissionId, ProjectId } from '#lib/board/ids.ts'
import type { Reference } from '#lib/board/reference.ts'

export const givenKinds = ['mission', 'project', 'staff', 'routine'] as const
/** What can be given something to read: runs of that mission, of the missions of that project, by that staff member, of that routine. */
export type GivenKind = (typeof givenKinds)[number]
export type GivenTarget = { kind: GivenKind; id: string }

/** What can be given. */
export type Source = Extract<Reference, { kind: 'file' | 'doc' }>

/** Something that was given to be read. `file`: the file as it is now; `where`: the mission or project that it stands in. */
export type Given = {
  source: Source
  name: string
  file: WorkFile | null
  doc: { id: DocId; projectId: ProjectId | null } | null
  where: { mission: { id: MissionId; title: string } | null; project: { id: ProjectId; name: string } | null }
  by: ActorId
  at: number
}
