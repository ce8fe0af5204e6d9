import { fail, redirect } from '@sveltejs/kit'
import type { Services } from '../../../server/services.ts'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Actions, PageServerLoad } from './$types'
import { missing, readForm, refused } from '../read-form.ts'

type CreateSample = (owner: { workspaceId: WorkspaceId; userId: ActorId }) => Promise<unknown>

const sampleOf = (services: Services & { createSample?: CreateSample }) => services.createSample

export const load: PageServerLoad = async ({ locals }) => {
  if (await locals.services.auth.hasWorkspace()) redirect(303, '/')
  return { offersSample: sampleOf(locals.services) !== undefined }
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const { auth } = locals.services
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
    if (values.sample) await sampleOf(locals.services)?.({ workspaceId, userId })
    locals.setCookies.push((await auth.createSession(userId)).setCookie)
    redirect(303, `/w/${workspaceId}`)
  },
}
