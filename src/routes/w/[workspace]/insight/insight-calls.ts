import { isId, type WorkspaceId } from '#lib/board/ids.ts'
import { periods, readFigure, writeFigure, type BehindPage, type Figure, type Insight, type Period } from '#lib/insight/insight.ts'
import { timeZone } from '#lib/ui/time-zone.ts'
import { callApi } from '#lib/workspace/call-api.ts'

/** What is looked at, as it stands in the address. `show`: the figure whose missions are listed. */
export type Look = { period: Period; project: string; staff: string; show: Figure | null }

export function readLook(query: URLSearchParams): Look {
  const id = (name: string) => {
    const value = query.get(name)
    return isId(value) ? value : ''
  }
  return { period: periods.find((known) => known === query.get('period')) ?? '30', project: id('project'), staff: id('staff'), show: readFigure(query.get('show') ?? '') }
}

export function writeLook({ period, project, staff, show }: Look): string {
  const query = new URLSearchParams({ ...period !== '30' && { period }, ...project && { project }, ...staff && { staff }, ...show && { show: writeFigure(show) } })
  return query.size > 0 ? `?${query}` : ''
}

type Ask = { fetch?: typeof fetch; signal?: AbortSignal }

function asked({ period, project, staff }: Look, more: Record<string, string> = {}): URLSearchParams {
  return new URLSearchParams({ period, ...project && { project }, ...staff && { staff }, zone: timeZone() ?? Intl.DateTimeFormat().resolvedOptions().timeZone, ...more })
}

export const readInsight = (workspace: WorkspaceId, look: Look, ask: Ask = {}) => callApi<Insight>('GET', `workspaces/${workspace}/insight?${asked(look)}`, ask)
export const readBehind = (workspace: WorkspaceId, look: Look, figure: Figure, ask: Ask = {}) => callApi<BehindPage>('GET', `workspaces/${workspace}/insight/missions?${asked(look, { show: writeFigure(figure) })}`, ask)
