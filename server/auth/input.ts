import { limits } from '#lib/board/limits.ts'
import { refuse, type Refusal } from './refusal.ts'

const maxEmail = 254
const controlCharacters = /[\p{Cc}\p{Zl}\p{Zp}]/u

/** A name that people read: trimmed, on one line. `what` begins the message ("Your name"). */
export function readName(value: string, what: string, field: string): { ok: true; name: string } | Refusal {
  const name = value.trim()
  if (name === '') return refuse('invalid', `${what} is missing.`, field)
  if (name.length > limits.name) return refuse('invalid', `${what} is longer than ${limits.name} characters.`, field)
  if (controlCharacters.test(name)) return refuse('invalid', `${what} must be on one line, without control characters.`, field)
  return { ok: true, name }
}

/** The same for every spelling of an address: accounts and throttling go by it. */
export const normalEmail = (value: string) => value.trim().toLowerCase()

/** Mail is never sent, so an address only has to look like one. */
export function readEmail(value: string): { ok: true; email: string } | Refusal {
  const email = normalEmail(value)
  if (email === '') return refuse('invalid', 'The e-mail address is missing.', 'email')
  if (email.length > maxEmail || !/^[^\s@]+@[^\s@]+$/.test(email)) {
    return refuse('invalid', 'This is not an e-mail address. It should look like name@example.com.', 'email')
  }
  return { ok: true, email }
}
