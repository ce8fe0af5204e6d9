import type { RequestEvent } from '@sveltejs/kit'
import { notFound } from '../../answer.ts'

/** The version that `?version=` names; nothing for the newest. */
export function versionAsked({ url }: RequestEvent): { version?: number } {
  const asked = url.searchParams.get('version')
  if (asked === null) return {}
  if (!/^[1-9]\d{0,8}$/.test(asked)) throw notFound()
  return { version: Number(asked) }
}
