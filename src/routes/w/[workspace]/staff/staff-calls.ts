import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Staff } from '#lib/board/staff.ts'
import type { ListedRun, ListedStaff, StaffInstructions, StaffRecord } from '#lib/staff/answers.ts'
import { callApi } from '#lib/workspace/call-api.ts'

/** What a person says of a staff member; what is left out stays as it is. */
export type StaffFields = Partial<Pick<Staff, 'name' | 'role' | 'avatar' | 'instructions' | 'engine' | 'model' | 'tools' | 'alwaysAllowed' | 'autonomy' | 'perRun' | 'perMonth' | 'concurrency'>>

type Ask = { fetch?: typeof fetch; signal?: AbortSignal }

export const listStaff = (workspace: WorkspaceId, all = false, ask: Ask = {}) =>
  callApi<{ staff: ListedStaff[] }>('GET', `workspaces/${workspace}/staff${all ? '?archived=1' : ''}`, ask)
export const readStaff = (staff: ActorId, ask: Ask = {}) => callApi<{ staff: Staff; record: StaffRecord }>('GET', `staff/${staff}`, ask)
export const createStaff = (workspace: WorkspaceId, body: StaffFields & { name: string }) => callApi<{ staff: Staff }>('POST', `workspaces/${workspace}/staff`, { body })
export const changeStaff = (staff: ActorId, body: StaffFields) => callApi<{ staff: Staff }>('PATCH', `staff/${staff}`, { body })
export const pauseStaff = (staff: ActorId, paused: boolean) => callApi<{ staff: Staff }>('POST', `staff/${staff}/pause`, { body: { paused } })
export const archiveStaff = (staff: ActorId) => callApi<{ staff: Staff }>('DELETE', `staff/${staff}`)
export const restoreStaff = (staff: ActorId) => callApi<{ staff: Staff }>('POST', `staff/${staff}/restore`, { body: {} })
export const instructionsOf = (staff: ActorId) => callApi<{ versions: StaffInstructions[] }>('GET', `staff/${staff}/instructions`)
export const runsOf = (workspace: WorkspaceId, staff: ActorId, before: number) =>
  callApi<{ runs: ListedRun[] }>('GET', `workspaces/${workspace}/runs?staff=${staff}&state=ended&before=${before}`)
