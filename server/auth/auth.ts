import { actors } from './actors.ts'
import { avatars } from './avatars.ts'
import type { AuthContext } from './context.ts'
import { directory } from './directory.ts'
import { invitations } from './invitations.ts'
import { members } from './members.ts'
import { passwordResets } from './password-resets.ts'
import { profile } from './profile.ts'
import { sessions } from './sessions.ts'
import { signIn } from './sign-in.ts'
import { tokens } from './tokens.ts'
import { visits } from './visits.ts'
import { workspaceDeletion } from './workspace-deletion.ts'
import { workspaces } from './workspaces.ts'

/**
 * Who people and agents are, and where they belong. What is done over it is expected to fail at times, so verbs answer
 * with `{ ok: true, … }` or with a `Refusal` whose message is for the person who asked. Rights are the caller's to ask.
 */
export function createAuth(context: AuthContext) {
  const checkSignIn = signIn(context)
  const { tellWorkspaces, ...ownAccount } = profile(context, checkSignIn)
  return {
    signIn: checkSignIn,
    ...sessions(context),
    ...ownAccount,
    ...avatars(context, tellWorkspaces),
    ...passwordResets(context),
    ...visits(context),
    ...workspaces(context),
    ...workspaceDeletion(context),
    ...members(context),
    ...invitations(context, checkSignIn),
    ...tokens(context),
    ...actors(context),
    ...directory(context),
  }
}

export type Auth = ReturnType<typeof createAuth>
export type { AuthContext } from './context.ts'
export type { Refusal, RefusalCode } from './refusal.ts'
