import { error, fail, redirect } from '@sveltejs/kit'
import { clientAddress } from '../../client-address.ts'
import { missing, readForm, refused } from '../../read-form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  // Whatever the page links to learns nothing of the secret in its address.
  setHeaders({ 'referrer-policy': 'no-referrer' })
  const account = await locals.services.auth.resetLink(params.secret)
  if (!account) error(410, 'This link was already used, was replaced or has expired. Ask for a new one.')
  return { account }
}

export const actions: Actions = {
  default: async (event) => {
    const { auth, sync, log } = event.locals.services
    const values = await readForm(event.request, ['password', 'again'])
    const errors = missing(values, { password: 'Choose a password of at least 8 characters.' })
      ?? (values.password === values.again ? null : { fields: { again: 'This is not the same password as above.' } })
    if (errors) return fail(400, { errors })
    const reset = await auth.resetPassword(event.params.secret, values.password, clientAddress(event))
    if (!reset.ok) return fail(reset.code === 'too_many_attempts' ? 429 : 400, { errors: refused(reset) })
    log.info({ user: reset.userId }, 'password reset by a link')
    await sync.recheck()
    event.locals.setCookies = [(await auth.createSession(reset.userId)).setCookie]
    redirect(303, '/')
  },
}
