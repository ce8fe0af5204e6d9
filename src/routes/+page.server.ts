import { fail, redirect } from '@sveltejs/kit'
import { readForm, refused } from './read-form.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const { auth } = locals.services
  if (!locals.user) redirect(303, (await auth.isNew()) ? '/welcome' : '/sign-in')
  const wasDeleted = url.searchParams.has('deleted')
  const [first] = await auth.membershipsOf(locals.user.id)
  if (first) redirect(303, `/w/${first.workspaceId}${wasDeleted ? '?deleted' : ''}`)
  return { id: locals.user.id, email: locals.user.email, wasDeleted, mayCreate: !(await auth.hasWorkspace()) }
}

export const actions: Actions = {
  create: async ({ request, locals }) => {
    if (!locals.user) redirect(303, '/sign-in')
    const values = await readForm(request, ['name'])
    const created = await locals.services.auth.createNextWorkspace({ ...values, userId: locals.user.id })
    if (!created.ok) return fail(400, { values, errors: refused(created) })
    redirect(303, `/w/${created.workspaceId}`)
  },
}
