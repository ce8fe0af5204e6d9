import { createContext } from 'svelte'
import type { ActorId, MissionId } from '#lib/board/ids.ts'
import { isActive, type Facts, type Mission } from '#lib/board/mission.ts'
import type { RunSummary } from '#lib/board/mission-document.ts'
import type { Someone, Workspace } from '#lib/workspace/workspace.svelte.ts'
import { LiveMission } from './live-mission.ts'

/** The mission that a panel or a run's page shows: its card on the board, its own document, and who is who. */
export class OpenMission {
  readonly id: MissionId
  readonly workspace: Workspace
  readonly live: LiveMission

  constructor(workspace: Workspace, id: MissionId) {
    this.workspace = workspace
    this.id = id
    this.live = new LiveMission(id)
  }

  /** `null`: not on the board, or not known yet. */
  get card(): Mission | null {
    return this.workspace.board.mission(this.id)
  }

  get facts(): Facts {
    return this.workspace.board.facts(this.id)
  }

  /** Title, status, assignee and the rest of the card; an archived mission is restored first. */
  get mayEdit(): boolean {
    return this.workspace.can('edit') && this.card?.archivedAt === null
  }

  get mayWork(): boolean {
    return this.workspace.can('start run', 'mission') && this.card?.archivedAt === null
  }

  get online(): boolean {
    return this.workspace.status === 'connected'
  }

  get newestRun(): RunSummary | null {
    return this.live.runs.at(-1) ?? null
  }

  get activeRun(): RunSummary | null {
    return this.live.runs.findLast((run) => isActive(run.state)) ?? null
  }

  /** The staff member whom the mission is assigned to. */
  get staff(): Someone | null {
    const member = this.workspace.board.member(this.card?.assigneeId ?? null)
    return member?.kind === 'staff' ? member : null
  }

  /** Whoever this is, also when they left the workspace. */
  who(id: ActorId | null): Someone {
    return this.workspace.who(id)
  }
}

export const [useMission, provideMission] = createContext<OpenMission>()
