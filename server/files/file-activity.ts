import type { ActivityKind } from '#lib/activity/entry.ts'
import type { FileOwner } from '#lib/board/files.ts'
import type { Happening } from '../activity/happening.ts'
import type { FileHappened } from './files.ts'

const kinds: Record<FileHappened['what'], ActivityKind> = {
  added: 'file.added', version: 'file.replaced', renamed: 'file.renamed', deleted: 'file.deleted', restored: 'file.restored',
}

/** What a happening of a file is about. A chat is not on the board, which knows all other names. */
export const aboutOwner = (owner: FileOwner): Pick<Happening, 'subject' | 'missionId' | 'projectId'> => owner.kind === 'chat' ? { subject: { ...owner, name: 'a chat with the COO' }, projectId: null }
  : owner.kind === 'mission' ? { subject: { ...owner }, missionId: owner.id } : { subject: { ...owner }, projectId: owner.id }

/** What happened to a file, for the record: it is about the mission or the project that it belongs to. */
export function happeningOf({ what, workspaceId, owner, file, by, before }: FileHappened): Happening {
  const stored = what === 'added' || what === 'version'
  return {
    workspaceId,
    kind: kinds[what],
    // Only runs store files of staff.
    actor: { kind: stored && file.runId !== null ? 'staff' : 'person', id: by },
    ...aboutOwner(owner),
    runId: stored ? file.runId : null,
    details: { files: [{ id: file.id, name: file.name, kind: file.kind }], ...before === undefined ? {} : { from: before, to: file.name } },
  }
}
