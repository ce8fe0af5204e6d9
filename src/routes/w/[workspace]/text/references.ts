import type { FileId, MissionId, ProjectId } from '#lib/board/ids.ts'
import type { Reference } from '#lib/board/reference.ts'
import { contentOf } from '#lib/editor/content-address.ts'
import type { References, Seen } from '#lib/editor/references.ts'
import { mentionables } from '#lib/workspace/mentionables.ts'
import type { Workspace } from '#lib/workspace/workspace.svelte.ts'
import { mentionSources } from './mention-sources.ts'

export type NamedFile = { id: FileId; name: string }

/** What the texts of a workspace speak of, by the board as it is on this page: whoever looks something up is told when it changes. */
export function referencesFor(workspace: Workspace, files: () => readonly NamedFile[]): References {
  const { board } = workspace
  return {
    look(reference: Reference): Seen | null {
      switch (reference.kind) {
        case 'person': case 'staff': {
          const member = board.member(reference.id)
          if (!member) return null
          const note = member.kind === 'staff' ? [member.role, 'AI staff'].filter(Boolean).join(', ') : member.role === 'former' ? 'Left the workspace' : ''
          return { name: member.name, href: null, note }
        }
        case 'mission': {
          const mission = board.mission(reference.id as MissionId)
          if (mission) return { name: mission.title || 'Untitled mission', href: `${workspace.path}/missions/${mission.id}`, note: 'Mission' }
          // It has its page once it is approved; until then it stands in the chat that it came of.
          const proposal = board.proposal(reference.id as MissionId)
          const href = proposal?.origin.kind === 'chat' ? `${workspace.path}/chat/${proposal.origin.chatId}#proposal-${proposal.id}` : null
          return proposal && { name: proposal.title || 'Untitled proposal', href, note: 'Proposal' }
        }
        case 'doc': {
          // A project is pointed at through its brief, the doc by the same id.
          const project = board.project(reference.id as string as ProjectId)
          if (project) return { name: project.name, href: `${workspace.path}/projects/${project.id}`, note: 'Project' }
          const doc = board.doc(reference.id)
          if (!doc?.projectId || doc.archivedAt !== null) return null
          return { name: doc.title || 'Untitled doc', href: `${workspace.path}/projects/${doc.projectId}/docs/${doc.id}`, note: 'Doc' }
        }
        // One that belongs elsewhere is not known by name here, and opens all the same for who may see it.
        case 'file': return { name: files().find(({ id }) => id === reference.id)?.name ?? '', href: contentOf(reference), note: 'File' }
      }
    },
    find: (query) => mentionables(query, mentionSources(workspace, files())),
  }
}
