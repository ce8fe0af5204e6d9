import * as Y from 'yjs'
import type { ActorId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import type { Actor, Role } from '#lib/board/policy.ts'
import { resolveUpdate } from '../../server/sync/resolve-update.ts'
import type { Rules } from '../../server/sync/rules/rule.ts'

const workspaceId = 'harbour' as WorkspaceId
const person = (name: string, role: Role): Actor => ({ kind: 'person', id: name as ActorId, name, workspaceId, role })

export const owner = person('olga', 'owner')
export const member = person('mia', 'member')
export const otherMember = person('max', 'member')
export const viewer = person('vera', 'viewer')
export const analyst: Actor = { kind: 'staff', id: 'analyst' as ActorId, name: 'Analyst', workspaceId, lease: null }
export const working = (runId: string, attempt: number): Actor => ({ ...analyst, lease: { runId: runId as RunId, attempt } }) as Actor

/** A live document under rules; `fill` is what it holds to begin with. */
export function ruledDocument(rules: Rules, fill: (doc: Y.Doc) => void = () => {}) {
  const live = new Y.Doc()
  fill(live)

  const judge = (actor: Actor, update: Uint8Array): string => {
    const { ops, pending } = resolveUpdate(live, update)
    if (pending) throw new Error('The update of this test waits for something that is missing.')
    return rules(actor, live, ops)?.code ?? 'allowed'
  }

  const from = (actor: Actor, edit: (doc: Y.Doc) => void): { answer: string; update: Uint8Array } => {
    const client = new Y.Doc()
    Y.applyUpdate(client, Y.encodeStateAsUpdate(live))
    edit(client)
    const update = Y.encodeStateAsUpdate(client, Y.encodeStateVector(live))
    return { answer: judge(actor, update), update }
  }

  return {
    live,
    /** What a client of this actor is told that made these edits, in as many transactions as it liked, and now sends all at once. */
    asks: (actor: Actor, edit: (doc: Y.Doc) => void): string => from(actor, edit).answer,
    /** As `asks`; what is allowed is done. */
    does(actor: Actor, edit: (doc: Y.Doc) => void): string {
      const { answer, update } = from(actor, edit)
      if (answer === 'allowed') Y.applyUpdate(live, update)
      return answer
    },
    /** What a client is told that sends these bytes. */
    sends: judge,
  }
}
