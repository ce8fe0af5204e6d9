import { redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const { auth } = locals.services
  if (!locals.user) redirect(303, (await auth.hasWorkspace()) ? '/sign-in' : '/welcome')
  const [first] = await auth.membershipsOf(locals.user.id)
  if (first) redirect(303, `/w/${first.workspaceId}`)
  return { email: locals.user.email }
}
