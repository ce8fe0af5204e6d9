import type { InboxChange } from '#lib/inbox/item.ts'
import { ApiError } from '../../../answer.ts'

const longestSnoozeMs = 400 * 86_400_000

const yesOrNo = (fields: Record<string, unknown>, name: 'read' | 'done') => {
  const value = fields[name]
  if (value !== undefined && typeof value !== 'boolean') throw new ApiError(400, 'bad_field', `"${name}" must be true or false.`)
  return value
}

/** What a request wants to be different. A snooze ends in the future, and within 400 days. */
export function changeField(fields: Record<string, unknown>, now: number): InboxChange {
  const change: InboxChange = { read: yesOrNo(fields, 'read'), done: yesOrNo(fields, 'done') }
  const { snoozedUntil } = fields
  if (snoozedUntil === null) change.snoozedUntil = null
  else if (snoozedUntil !== undefined) {
    if (typeof snoozedUntil !== 'number' || !(snoozedUntil > now) || snoozedUntil > now + longestSnoozeMs) {
      throw new ApiError(400, 'bad_field', '"snoozedUntil" must be null or a time in epoch milliseconds, from now to 400 days ahead.')
    }
    change.snoozedUntil = Math.round(snoozedUntil)
  }
  if (Object.values(change).every((value) => value === undefined)) throw new ApiError(400, 'bad_field', 'Give "read", "done" or "snoozedUntil".')
  return change
}
