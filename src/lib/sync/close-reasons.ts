/**
 * Why the server closes a document for a client. The stock provider keeps the reason and loses the code,
 * so the reason is what carries meaning: `policy:<code>:<words for a person>`.
 */
const policyPrefix = 'policy:'

export const refusals = {
  not_allowed: 'You may not change this.',
  unknown_field: 'This is not a field that exists here.',
  wrong_value: 'A value is of the wrong type or too long.',
  forged_author: 'An edit names somebody else as its author.',
  foreign_client: 'Another person wrote with this client id before.',
  malformed: 'The edit could not be read.',
  resync: 'The edit builds on changes that the server does not have.',
  too_large: 'The edit is larger than 4 MiB.',
  document_full: 'This has grown as large as it may. Delete something, or go on in another one.',
} as const
export type RefusalCode = keyof typeof refusals

export const policyReason = (code: RefusalCode, what = '') => `${policyPrefix}${code}:${what || refusals[code]}`

/** Reads what `policyReason` wrote; `null` for a close that is no refusal. */
export function parseRefusal(reason: string | undefined): { code: RefusalCode; message: string } | null {
  if (!reason?.startsWith(policyPrefix)) return null
  const [, code = '', ...rest] = reason.split(':')
  return code in refusals ? { code: code as RefusalCode, message: rest.join(':') } : null
}

/** Closes that end a right: the client goes back to signing in, or reloads with its new rights. */
export const accessChanged = { code: 4205, reason: 'access:changed' } as const
/** `authenticationFailed` reasons. */
export const notSignedIn = 'auth:not-signed-in'
export const notFoundOrNotAllowed = 'auth:not-found-or-not-allowed'
/** The server cannot read or write what it stores at the moment; it is worth coming again. */
export const storeFailing = 'server:store-failing'
/** The document was unloaded as the client came: it comes again. */
export const serverReloading = { code: 1012, reason: 'server:reloading' } as const
/** The server stops; clients come back by themselves. */
export const serverStopping = { code: 1001, reason: 'server:stopping' } as const
/**
 * A limit of the server was reached: `limit:<name>:<words for a person>`. With this code the socket is closed, else it is the
 * reason why a document was not opened.
 */
export const limitReached = 4429
export const limitReason = (name: string, words: string) => `limit:${name}:${words}`

/** Reads what `limitReason` wrote; `null` for any other reason. */
export function parseLimit(reason: string | undefined): { name: string; message: string } | null {
  const [kind, name = '', ...words] = reason?.split(':') ?? []
  return kind === 'limit' ? { name, message: words.join(':') } : null
}
