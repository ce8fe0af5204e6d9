import { fail, redirect } from '@sveltejs/kit'
import type { Actions, PageServerLoad } from './$types'
import { missing, readForm, refused } from '../read-form.ts'

export const load: PageServerLoad = async ({ locals }) => {
  if (!(await locals.services.auth.isNew())) redirect(303, '/')
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const { auth, createSample, log } = locals.services
    const { password, ...values } = await readForm(request, ['name', 'ownerName', 'email', 'password', 'sample'])
    const errors = missing({ ...values, password }, {
      name: 'Give the workspace a name, such as your team’s.',
      ownerName: 'Your name is missing: others see it beside what you do.',
      email: 'Your e-mail address is missing: you sign in with it.',
      password: 'Choose a password of at least 8 characters.',
    })
    if (errors) return fail(400, { values, errors, alreadySetUp: false })

    const created = await auth.createFirstWorkspace({ ...values, password })
    if (!created.ok) return fail(400, { values, errors: refused(created), alreadySetUp: created.code === 'already_set_up' })

    const { workspaceId, userId } = created
    locals.setCookies.push((await auth.createSession(userId)).setCookie)
    // The workspace stands by now: without its sample it is empty, and its owner is told.
    let made = true
    if (values.sample) {
      made = await createSample({ workspaceId, userId }).then(() => true, (error: unknown) => {
        log.error({ err: error, workspaceId }, 'sample not made')
        return false
      })
    }
    redirect(303, `/w/${workspaceId}${made ? '' : '?sample=failed'}`)
  },
}
