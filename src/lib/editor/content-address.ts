import type { Reference } from '../board/reference.ts'

/** Where the browser finds the contents of a stored file. */
export const contentOf = (reference: Reference) => `/api/v1/files/${reference.id}/content`
