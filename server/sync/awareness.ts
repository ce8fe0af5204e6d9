import type { Extension } from '@hocuspocus/server'
import type { SyncContext } from './authenticate.ts'
import type { Owners } from './gate.ts'

/** Everybody on a document holds everybody's state in memory. */
const longestState = 16 * 1024
const mostClients = 10

/** Who is where: each client's awareness state names the actor of its connection, whatever it claims. */
export const honestAwareness = (owners: Owners): Extension<SyncContext> => ({
  extensionName: 'honest-awareness',
  async beforeHandleAwareness({ connection, context, document, states }) {
    if (!connection || !context) return
    const { id, name, kind } = context.actor
    const own = document.getClients(connection)
    const isAnothers = (client: number) => {
      const owner = owners.get(document)?.get(client)
      if (owner !== undefined && owner !== id) return true
      return [...document.connections].some(([other, { clients }]) => other !== connection && clients.has(client) && (other.context as SyncContext).actor.id !== id)
    }
    let clients = own.size
    for (const [client, state] of states) {
      const isState = typeof state === 'object' && state !== null && !Array.isArray(state)
      const tooMany = !own.has(client) && ++clients > mostClients
      if (!isState || tooMany || isAnothers(client) || JSON.stringify(state).length > longestState) {
        states.delete(client)
        continue
      }
      state.user = { ...(typeof state.user === 'object' && state.user !== null ? state.user : {}), id, name, kind }
      // Lexical's cursors carry a name of their own.
      if ('name' in state) state.name = name
    }
  },
})
