import type { Extension, onAuthenticatePayload } from '@hocuspocus/server'
import type { WorkspaceId } from '#lib/board/ids.ts'
import type { Actor } from '#lib/board/policy.ts'
import { notFoundOrNotAllowed, notSignedIn, storeFailing } from '#lib/sync/close-reasons.ts'
import { parseDocumentName, type DocumentName } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import { Refused } from './gate.ts'

/** What a connection to a document carries. */
export type SyncContext = {
  actor: Actor
  /** The client's own state was received once: from then on an update that leaves something pending is no accident. */
  firstSyncDone: boolean
  /** Says that the update which was let in last has been applied. */
  handled: (() => void) | null
  /** Asks again who this is and what they may; `null` when they may no longer be here. */
  reauthenticate: () => Promise<Actor | null>
}

/** Who is behind a token or a cookie; answers with the actor they are in a workspace, if any. */
export type Identity = { actorIn: (workspaceId: WorkspaceId) => Promise<Actor | null> }
export type Identify = (credentials: { token: string; cookie: string | null }) => Promise<Identity | null>

/**
 * Lets a client open a document that exists, in a workspace it belongs to. Unknown and forbidden get the same
 * answer. Viewers' connections are read-only, which the gate checks as well.
 */
export function authenticate({ identify, workspaceOf, admit, log }: {
  identify: Identify
  workspaceOf: (document: DocumentName) => Promise<WorkspaceId | null>
  /** The reason why one more document of the workspace is not opened over this socket, or `null`. */
  admit: (request: Request, workspaceId: WorkspaceId) => string | null
  log: Log
}): Extension<SyncContext> {
  async function enter({ token, documentName, request, requestHeaders, connectionConfig }: onAuthenticatePayload<SyncContext>): Promise<SyncContext> {
    const credentials = { token, cookie: requestHeaders.get('cookie') }
    const identity = await identify(credentials)
    if (!identity) throw new Refused(notSignedIn)
    const name = parseDocumentName(documentName)
    const workspaceId = name && await workspaceOf(name)
    const actor = workspaceId ? await identity.actorIn(workspaceId) : null
    if (!name || !workspaceId || !actor) throw new Refused(notFoundOrNotAllowed)
    const limit = admit(request, workspaceId)
    if (limit) throw new Refused(limit)
    connectionConfig.readOnly = actor.kind === 'person' && actor.role === 'viewer'
    return {
      actor,
      firstSyncDone: false,
      handled: null,
      async reauthenticate() {
        const again = await identify(credentials)
        return again && await workspaceOf(name) === workspaceId ? await again.actorIn(workspaceId) : null
      },
    }
  }
  return {
    extensionName: 'authenticate',
    async onAuthenticate(payload) {
      try {
        return await enter(payload)
      } catch (error) {
        if (error instanceof Refused) throw error
        // Nobody is turned away for good because a table could not be read.
        log.error({ err: error, document: payload.documentName }, 'not authenticated')
        throw new Refused(storeFailing)
      }
    },
  }
}
