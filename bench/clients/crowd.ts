import { connect } from '../../tests/support/client.ts'
import type { FromClients, ToClients } from './messages.ts'

// People who have the board open and watch: real clients until they are in step, and from then on sockets whose messages
// nobody decodes, so that a hundred of them do not use up the machine that is to be measured.

const clients: ReturnType<typeof connect>[] = []
const tell = (message: FromClients) => process.send?.(message)

process.on('message', async (message: ToClients) => {
  if (message.kind !== 'connect') return
  const { wsUrl, name, token, count } = message
  for (let started = 0; started < count; started += 10) {
    const batch = Array.from({ length: Math.min(10, count - started) }, () => connect(wsUrl, name, { token }))
    await Promise.all(batch.map((client) => client.synced(30_000)))
    for (const client of batch) client.provider.onMessage = () => {}
    clients.push(...batch)
  }
  tell({ kind: 'connected' })
})
