import type { Role } from '#lib/board/policy.ts'

export const roleNames: Record<Role, string> = { owner: 'Owner', member: 'Member', viewer: 'Viewer' }

export const rolePhrases: Record<Role, string> = { owner: 'an owner', member: 'a member', viewer: 'a viewer' }

/** What each may do, in a line, for whoever gives the role. */
export const roleDescriptions: Record<Role, string> = {
  owner: 'Also invites and removes people',
  member: 'Works on missions',
  viewer: 'Looks on, changes nothing',
}
