import { error, fail, redirect } from '@sveltejs/kit'
import type { Actions, PageServerLoad } from './$types'
import { clientAddress } from '../../client-address.ts'
import { missing, readForm, refused, type FormErrors } from '../../read-form.ts'

const signedOut: FormErrors = { message: 'You are not signed in any more. Sign in below to join.', fields: {} }

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { auth } = locals.services
  const invitation = await auth.invitation(params.secret)
  if (!invitation) error(410, 'This invitation was already used, was revoked or has expired. Ask an owner of the workspace for a new one.')
  const { workspaceId, ...told } = invitation
  if (locals.user && (await auth.actorFor(locals.user.id, workspaceId))) redirect(303, `/w/${workspaceId}`)
  return { invitation: told, me: locals.user, hasAccount: url.searchParams.get('account') === 'yes' }
}

export const actions: Actions = {
  create: async ({ request, locals, params }) => {
    const { auth } = locals.services
    const { password, ...values } = await readForm(request, ['name', 'email', 'password'])
    const errors = missing({ ...values, password }, {
      name: 'Your name is missing: others see it beside what you do.',
      email: 'Your e-mail address is missing: you sign in with it.',
      password: 'Choose a password of at least 8 characters.',
    })
    if (errors) return fail(400, { values, errors })
    const joined = await auth.joinAsNewPerson(params.secret, { ...values, password })
    if (!joined.ok) return fail(400, { values, errors: refused(joined) })
    locals.setCookies.push((await auth.createSession(joined.userId)).setCookie)
    redirect(303, `/w/${joined.workspaceId}`)
  },

  signIn: async (event) => {
    const { auth } = event.locals.services
    const { password, ...values } = await readForm(event.request, ['email', 'password'])
    const errors = missing({ ...values, password }, { email: 'Your e-mail address is missing.', password: 'Your password is missing.' })
    if (errors) return fail(400, { values: { ...values, name: '' }, errors })
    const joined = await auth.joinWithPassword(event.params.secret, { email: values.email, password, address: clientAddress(event) })
    if (!joined.ok) return fail(joined.code === 'too_many_attempts' ? 429 : 400, { values: { ...values, name: '' }, errors: refused(joined) })
    event.locals.setCookies.push((await auth.createSession(joined.userId)).setCookie)
    redirect(303, `/w/${joined.workspaceId}`)
  },

  asMe: async ({ locals, params }) => {
    const values = { name: '', email: '' }
    if (!locals.user) return fail(401, { values, errors: signedOut })
    const joined = await locals.services.auth.joinAs(params.secret, locals.user.id)
    if (!joined.ok) return fail(400, { values, errors: refused(joined) })
    redirect(303, `/w/${joined.workspaceId}`)
  },
}
