import type { Role } from '#lib/board/policy.ts'

export const roleNames: Record<Role, string> = { owner: 'Owner', member: 'Member', viewer: 'Viewer' }

export const rolePhrases: Record<Role, string> = { owner: 'an owner', member: 'a member', viewer: 'a viewer' }

/** What each may do, in a line, for whoever gives the role. */
export const roleDescriptions: Record<Role, string> = {
  owner: 'Works on everything, and invites and removes people',
  member: 'Creates, edits, runs and reviews missions',
  viewer: 'Sees everything, changes nothing',
}
