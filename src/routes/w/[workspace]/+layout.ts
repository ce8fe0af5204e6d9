import { error, redirect } from '@sveltejs/kit'
import type { FirstPaint } from '../../../../server/first-paint.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = async ({ fetch, params, url }): Promise<FirstPaint> => {
  const response = await fetch(`/api/v1/workspaces/${params.workspace}/board`).catch(() => null)
  if (!response) error(503, 'The server does not answer.')
  if (response.status === 401) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`)
  if (response.status === 404 || response.status === 403) error(404, 'There is no such workspace.')
  if (!response.ok) error(response.status, 'The board could not be read.')
  return await response.json() as FirstPaint
}
