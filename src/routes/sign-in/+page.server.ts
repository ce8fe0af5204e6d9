import { fail, redirect } from '@sveltejs/kit'
import type { Actions, PageServerLoad } from './$types'
import { clientAddress } from '../client-address.ts'
import { ownPath } from '../own-address.ts'
import { missing, readForm, refused } from '../read-form.ts'

export const load: PageServerLoad = async ({ locals, url }) => {
  const next = ownPath(url.searchParams.get('next'))
  if (locals.user) redirect(303, next)
  if (await locals.services.auth.isNew()) redirect(303, '/welcome')
  return { next }
}

export const actions: Actions = {
  default: async (event) => {
    const { auth } = event.locals.services
    const { password, ...values } = await readForm(event.request, ['email', 'password', 'next'])
    const errors = missing({ ...values, password }, { email: 'Your e-mail address is missing.', password: 'Your password is missing.' })
    if (errors) return fail(400, { values, errors })

    const known = await auth.signIn({ email: values.email, password, address: clientAddress(event) })
    if (!known.ok) return fail(known.code === 'too_many_attempts' ? 429 : 400, { values, errors: refused(known) })

    event.locals.setCookies.push((await auth.createSession(known.userId)).setCookie)
    redirect(303, ownPath(values.next))
  },
}
