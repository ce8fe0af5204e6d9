import { connect } from '../../tests/support/client.ts'
import { play } from './player.ts'

// People who have the board open and watch: real clients until they are in step, and from then on sockets whose messages
// nobody decodes, so that a hundred of them do not use up the machine that is to be measured.

const clients: ReturnType<typeof connect>[] = []

export const calls = play({
  async connect({ wsUrl, name, token, count }: { wsUrl: string; name: string; token: string; count: number }) {
    for (let started = 0; started < count; started += 10) {
      const batch = Array.from({ length: Math.min(10, count - started) }, () => connect(wsUrl, name, { token }))
      await Promise.all(batch.map((client) => client.synced(30_000)))
      for (const client of batch) client.provider.onMessage = () => {}
      clients.push(...batch)
    }
  },
})
