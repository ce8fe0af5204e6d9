import { hash, verify } from '@node-rs/argon2'
import { refuse, type Refusal } from './refusal.ts'

const shortest = 8
const longest = 200

/** The same characters typed on two keyboards may be different code points. */
const normal = (password: string) => password.normalize('NFKC')
const lengthOf = (password: string) => [...password].length

/** `null` when it may be a password. */
export function refusePassword(password: string): Refusal | null {
  if (lengthOf(password) < shortest) return refuse('invalid', `The password is too short: it needs at least ${shortest} characters.`, 'password')
  if (lengthOf(password) > longest) return refuse('invalid', `The password is too long: it may have ${longest} characters at most.`, 'password')
  return null
}

/** Argon2id with the library's parameters (19 MiB, 2 passes), which are OWASP's. */
export const hashPassword = (password: string) => hash(normal(password))

let decoy: Promise<string> | undefined

/**
 * Whether this is the password of the account with this hash. Without an account (`null`) a hash that nothing
 * matches is verified, so that the time it takes does not tell which e-mail addresses have accounts.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(crypto.randomUUID())
  const nothingMatches = await decoy
  if (lengthOf(password) > longest) return false
  const matches = await verify(passwordHash ?? nothingMatches, normal(password))
  return matches && passwordHash !== null
}
