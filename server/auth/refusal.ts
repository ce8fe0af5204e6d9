export type RefusalCode =
  | 'invalid' | 'email_taken' | 'already_set_up' | 'wrong_credentials' | 'too_many_attempts'
  | 'invitation_gone' | 'already_member' | 'last_owner' | 'not_found' | 'not_deleted' | 'purged'
  | 'reset_gone' | 'not_yours' | 'name_taken' | 'too_many' | 'changed_meanwhile' | 'decided'

/** What was asked for did not happen, for a reason that a person can act on. `field` names the input it is about. */
export type Refusal = { ok: false; code: RefusalCode; message: string; field?: string }

export const refuse = (code: RefusalCode, message: string, field?: string): Refusal =>
  field ? { ok: false, code, message, field } : { ok: false, code, message }
