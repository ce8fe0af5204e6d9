import type { PageLoad } from './$types'
import { readLook } from './insight-calls.ts'

/** The figures are asked for by the page: only the browser knows whose days count, and the page is there meanwhile. */
export const load: PageLoad = ({ url }) => ({ look: readLook(url.searchParams) })
