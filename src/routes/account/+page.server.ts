import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { clientAddress } from '../client-address.ts'
import { ownPath } from '../own-address.ts'
import { missing, readForm, refused } from '../read-form.ts'
import type { Actions, PageServerLoad } from './$types'

function personHere({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>) {
  if (!locals.user || !locals.sessionId) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`)
  return { userId: locals.user.id, sessionId: locals.sessionId }
}

export const load: PageServerLoad = async (event) => {
  const { userId, sessionId } = personHere(event)
  const { auth } = event.locals.services
  const [profile, sessions, workspaces] = await Promise.all([auth.profile(userId), auth.sessionsOf(userId, sessionId), auth.membershipsOf(userId)])
  const from = ownPath(event.url.searchParams.get('from'))
  return {
    profile: profile!,
    sessions,
    timeZones: Intl.supportedValuesOf('timeZone'),
    back: { path: from, name: workspaces.find(({ workspaceId }) => from.split('/')[2] === workspaceId)?.workspaceName ?? workspaces[0]?.workspaceName ?? 'Missions' },
  }
}

/** Which form an answer is about, so that one does not show what another went wrong with. */
type About = 'profile' | 'email' | 'password' | 'sessions'
const problem = (about: About, status: number, errors: ReturnType<typeof refused>, values: Record<string, string> = {}) => fail(status, { about, errors, values })
const statusOf = (code: string) => (code === 'too_many_attempts' ? 429 : 400)

export const actions: Actions = {
  profile: async (event) => {
    const { userId } = personHere(event)
    const values = await readForm(event.request, ['name', 'timeZone'])
    const changed = await event.locals.services.auth.changeProfile(userId, values)
    return changed.ok ? { about: 'profile' as const, done: 'Saved.' } : problem('profile', 400, refused(changed), values)
  },

  email: async (event) => {
    const { userId } = personHere(event)
    const { emailPassword, ...values } = await readForm(event.request, ['email', 'emailPassword'])
    const errors = missing({ ...values, emailPassword }, { email: 'The e-mail address is missing.', emailPassword: 'Your password is missing.' })
    if (errors) return problem('email', 400, errors, values)
    const changed = await event.locals.services.auth.changeEmail(userId, { email: values.email, password: emailPassword, address: clientAddress(event) })
    return changed.ok ? { about: 'email' as const, done: `From now on you sign in as ${changed.email}.` } : problem('email', statusOf(changed.code), refused(changed), values)
  },

  password: async (event) => {
    const { userId, sessionId } = personHere(event)
    const { auth, sync } = event.locals.services
    const data = await event.request.formData()
    const read = (name: string) => String(data.get(name) ?? '')
    const values = { current: read('current'), next: read('next') }
    const errors = missing(values, { current: 'Your password is missing.', next: 'Choose a password of at least 8 characters.' })
    if (errors) return problem('password', 400, errors)
    const ending = data.getAll('ending').map(String)
    const changed = await auth.changePassword(userId, { ...values, ending, sessionId, address: clientAddress(event) })
    if (!changed.ok) return problem('password', statusOf(changed.code), refused(changed))
    await sync.recheck()
    const ended = changed.ended === 0 ? '' : changed.ended === 1 ? ' One other browser was signed out.' : ` ${changed.ended} other browsers were signed out.`
    return { about: 'password' as const, done: `The password is changed.${ended}` }
  },

  endSession: async (event) => {
    const { userId } = personHere(event)
    const { auth, sync } = event.locals.services
    const ended = await auth.endSessionOf(userId, (await readForm(event.request, ['session'])).session)
    await sync.recheck()
    return { about: 'sessions' as const, done: ended ? 'That browser is signed out.' : 'That browser was signed out already.' }
  },

  endOthers: async (event) => {
    const { userId, sessionId } = personHere(event)
    const { auth, sync } = event.locals.services
    const ended = await auth.endOtherSessions(userId, sessionId)
    await sync.recheck()
    return { about: 'sessions' as const, done: ended === 0 ? 'No other browser was signed in.' : ended === 1 ? 'One browser was signed out.' : `${ended} browsers were signed out.` }
  },
}
