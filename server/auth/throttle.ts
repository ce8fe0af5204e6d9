import { standardLimits } from '../limits.ts'
import { normalEmail } from './input.ts'
import type { AuthContext } from './context.ts'
import { refuse, type Refusal } from './refusal.ts'

const windowMs = 15 * 60_000

// Behind a proxy on the same machine everyone has a loopback address: one attacker there would lock out all.
const tellsPeopleApart = (address: string | null) =>
  address !== null && !/^(::ffff:)?127\./.test(address) && address !== '::1'

type ThrottleLimit = 'sign_in_failures_per_email' | 'sign_in_failures_per_address'
type Key = { key: string; limit: ThrottleLimit; what: string }

const keysOf = (email: string, address: string | null): Key[] => [
  { key: `email:${normalEmail(email)}`, limit: 'sign_in_failures_per_email', what: 'for this e-mail address' },
  ...(tellsPeopleApart(address) ? [{ key: `address:${address}`, limit: 'sign_in_failures_per_address' as const, what: 'from this network' }] : []),
]

type Context = Pick<AuthContext, 'db' | 'limits' | 'onThrottled' | 'now'>

/**
 * Lets `attempt` run unless too many attempts with this e-mail, or from this network address, failed within
 * 15 minutes. Attempts that share either take turns: a hundred guesses at once are still counted one by one.
 * A success clears the failures of the e-mail, not those of the address.
 */
export function throttle(context: Context) {
  const unlessTooMany = throttleKeys(context)
  return <Success extends { ok: true }>(email: string, address: string | null, attempt: () => Promise<Success | Refusal>) => {
    const keys = keysOf(email, address)
    return unlessTooMany(keys, attempt, { failed: () => true, clears: keys[0]!.key })
  }
}

/** As `throttle`, for what names no account. `failed` tells which refusals count. */
export function throttleAddress(context: Context) {
  const unlessTooMany = throttleKeys(context)
  return <Success extends { ok: true }>(address: string | null, attempt: () => Promise<Success | Refusal>, failed: (refusal: Refusal) => boolean) =>
    unlessTooMany(keysOf('', address).slice(1), attempt, { failed, clears: null })
}

function throttleKeys({ db, limits = standardLimits, onThrottled = () => {}, now }: Context) {
  const turns = new Map<string, Promise<unknown>>()

  async function inTurn<Outcome>(keys: readonly string[], work: () => Promise<Outcome>): Promise<Outcome> {
    const turn = Promise.all(keys.map((key) => turns.get(key))).then(work)
    const over = turn.then(() => {}, () => {})
    for (const key of keys) turns.set(key, over)
    try {
      return await turn
    } finally {
      for (const key of keys) if (turns.get(key) === over) turns.delete(key)
    }
  }

  async function refuseTooMany(keys: readonly Key[]): Promise<Refusal | null> {
    await db.deleteFrom('sign_in_failures').where('at', '<=', now() - windowMs).execute()
    for (const { key, limit, what } of keys) {
      const most = limits[limit]
      const failures = await db.selectFrom('sign_in_failures').select('at').where('key', '=', key)
        .orderBy('at', 'desc').limit(most).execute()
      const oldest = failures[most - 1]
      if (!oldest) continue
      onThrottled(limit)
      const minutes = Math.ceil((oldest.at + windowMs - now()) / 60_000)
      return refuse('too_many_attempts', `Too many failed attempts ${what}. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, then try again.`)
    }
    return null
  }

  return <Success extends { ok: true }>(
    keys: readonly Key[], attempt: () => Promise<Success | Refusal>, { failed, clears }: { failed: (refusal: Refusal) => boolean; clears: string | null },
  ) => inTurn(keys.map(({ key }) => key), async (): Promise<Success | Refusal> => {
    const refusal = await refuseTooMany(keys)
    if (refusal) return refusal
    const outcome = await attempt()
    if (outcome.ok) {
      if (clears !== null) await db.deleteFrom('sign_in_failures').where('key', '=', clears).execute()
    } else if (keys.length > 0 && failed(outcome)) await db.insertInto('sign_in_failures').values(keys.map(({ key }) => ({ key, at: now() }))).execute()
    return outcome
  })
}
