import type { ActorId } from '#lib/board/ids.ts'
import { checkCredentials } from './accounts.ts'
import type { AuthContext } from './context.ts'
import { readEmail } from './input.ts'
import type { Refusal } from './refusal.ts'
import { throttle } from './throttle.ts'

/** `address`: where the request came from; `null` where that is not known. */
export type Credentials = { email: string; password: string; address: string | null }
export type SignIn = (credentials: Credentials) => Promise<{ ok: true; userId: ActorId } | Refusal>

/** Checks an e-mail address and a password. After too many failures it says how long to wait, and checks nothing. */
export function signIn(context: AuthContext): SignIn {
  const unlessTooMany = throttle(context)
  return async ({ email, password, address }) => {
    const read = readEmail(email)
    return read.ok ? await unlessTooMany(read.email, address, () => checkCredentials(context.db, read.email, password)) : read
  }
}
