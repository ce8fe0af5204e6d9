import type { Extension } from '@hocuspocus/server'
import type { SyncContext } from './authenticate.ts'

/** Who is where: each client's awareness state names the actor of its connection, whatever it claims. */
export const honestAwareness: Extension<SyncContext> = {
  extensionName: 'honest-awareness',
  async beforeHandleAwareness({ connection, context, document, states }) {
    if (!connection || !context) return
    const { id, name, kind } = context.actor
    for (const [client, state] of states) {
      const elsewhere = [...document.connections].some(([other, { clients }]) => other !== connection && clients.has(client)
        && (other.context as SyncContext).actor.id !== id)
      if (elsewhere) {
        states.delete(client)
        continue
      }
      state.user = { ...(typeof state.user === 'object' && state.user !== null ? state.user : {}), id, name, kind }
      // Lexical's cursors carry a name of their own.
      if ('name' in state) state.name = name
    }
  },
}
