import type { RequestEvent } from '@sveltejs/kit'
import type { WorkspaceId } from '#lib/board/ids.ts'
import type { Actor } from '#lib/board/policy.ts'
import { parseDocumentName } from '#lib/sync/document-names.ts'
import type { WholeVersion } from '../../../../../../../../server/versions/versions.ts'
import { actorWho, notFound } from '../../../../answer.ts'

/** The text that is asked about, for whoever may do this with it; other documents have no versions. */
export async function textHere(event: RequestEvent, action: 'read' | 'edit'): Promise<{ document: string; workspaceId: WorkspaceId; actor: Actor }> {
  const { kind, id } = event.params as { kind: string; id: string }
  const name = kind === 'mission' || kind === 'doc' ? parseDocumentName(`${kind}/${id}`) : null
  const workspaceId = name && await event.locals.services.sync.workspaceOf(name)
  const actor = await actorWho(event, workspaceId, action, kind === 'mission' ? 'mission' : 'doc')
  return { document: `${kind}/${id}`, workspaceId: actor.workspaceId, actor }
}

export async function versionHere(event: RequestEvent, document: string): Promise<WholeVersion> {
  const { version } = event.params as { version: string }
  const found = /^\d{1,9}$/.test(version) ? await event.locals.services.versions.find(document, Number(version)) : null
  if (!found) throw notFound()
  return found
}
