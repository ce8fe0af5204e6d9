import type { RoutineId, WorkspaceId } from '#lib/board/ids.ts'
import type { Firing, ListedRoutine, Routine } from '#lib/routines/routine.ts'
import { callApi } from '#lib/workspace/call-api.ts'

/** What a person says of a routine; what is left out stays as it is. */
export type RoutineFields = Partial<Pick<Routine, 'name' | 'instructions' | 'template' | 'trigger' | 'staffId' | 'projectId' | 'autonomy' | 'delivery' | 'missed' | 'jitterMinutes' | 'endAfter' | 'enabled'>>
export type PastFiring = Firing & { createdAt: number }
export type RoutineAnswer = { routine: Routine; firings: PastFiring[] }

type Ask = { fetch?: typeof fetch }

export const listRoutines = (workspace: WorkspaceId, ask: Ask = {}) => callApi<{ routines: ListedRoutine[] }>('GET', `workspaces/${workspace}/routines`, ask)
export const createRoutine = (workspace: WorkspaceId, body: RoutineFields) => callApi<{ routine: Routine }>('POST', `workspaces/${workspace}/routines`, { body })
export const readRoutine = (routine: RoutineId, ask: Ask = {}) => callApi<RoutineAnswer>('GET', `routines/${routine}`, ask)
export const changeRoutine = (routine: RoutineId, body: RoutineFields) => callApi<{ routine: Routine }>('PATCH', `routines/${routine}`, { body })
export const deleteRoutine = (routine: RoutineId) => callApi<Record<string, never>>('DELETE', `routines/${routine}`)
export const runRoutine = (routine: RoutineId) => callApi<Record<string, never>>('POST', `routines/${routine}/run`, { body: {} })
export const olderFirings = (routine: RoutineId, before: number) => callApi<{ firings: PastFiring[] }>('GET', `routines/${routine}/firings?before=${before}`)
export const renewSecret = (routine: RoutineId, way: 'incoming' | 'outgoing') => callApi<{ secret: string; routine: Routine }>('POST', `routines/${routine}/secret`, { body: { for: way } })
