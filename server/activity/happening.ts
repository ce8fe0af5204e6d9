import type { ActivityKind, ActivitySubject, Details, Doer, Entry } from '#lib/activity/entry.ts'
import type { MissionId, ProjectId, RunId, WorkspaceId } from '#lib/board/ids.ts'

type NameLater<Named extends { name: string }> = Omit<Named, 'name'> & { name?: string }

/** Something that happened, as whoever saw it tells it. Names that are left out are those of the moment it is written down. */
export type Happening = {
  workspaceId: WorkspaceId
  kind: ActivityKind
  actor: NameLater<Doer>
  subject: NameLater<ActivitySubject>
  missionId?: MissionId | null
  /** Left out: the mission's. */
  projectId?: ProjectId | null
  runId?: RunId | null
  details?: Details
  /** Several at once. */
  count?: number
  /** Happenings of one topic may become one entry. Left out: this kind, about this subject. `null`: always an entry of its own. */
  topic?: string | null
}

/** What listeners are told: the happening by itself, and the entry that it is a part of. */
export type Recorded = { workspaceId: WorkspaceId; happening: Happening; entry: Entry }

export const theServer = { kind: 'server', id: null, name: 'Missions' } as const satisfies Doer
export const anAdministrator = { kind: 'administrator', id: null, name: 'An administrator of the server' } as const satisfies Doer
