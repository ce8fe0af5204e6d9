import type { MissionId } from '#lib/board/ids.ts'
import { callApi } from '#lib/workspace/call-api.ts'

export const approve = (proposal: MissionId) => callApi<{ missionId: MissionId }>('POST', `proposals/${proposal}/approve`, { body: {} })
export const decline = (proposal: MissionId, reason: string) => callApi<unknown>('POST', `proposals/${proposal}/decline`, { body: { reason } })
/** Takes back what the COO changed because of an answer. */
export const undoChange = (proposal: MissionId, change: string) => callApi<unknown>('POST', `proposals/${proposal}/changes/${change}/undo`, { body: {} })
export const putAside = (proposal: MissionId, aside: boolean) => callApi<unknown>('POST', `proposals/${proposal}/aside`, { body: { aside } })
