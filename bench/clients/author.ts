import * as Y from 'yjs'
import { missionsOf } from '#lib/board/board-document.ts'
import { createMission } from '#lib/board/edits.ts'
import type { ActorId, MissionId } from '#lib/board/ids.ts'
import { connect } from '../../tests/support/client.ts'

// Somebody with a device: what they wrote stays on it when they leave, and goes with them when they come again.

export type Door = { wsUrl: string; document: string; token: string; actor: ActorId }

export function author(door: Door, label: string) {
  const document = new Y.Doc()
  const made: string[] = []
  const acknowledged = new Set<string>()
  let under: string[] = []
  let client: ReturnType<typeof connect> | null = null
  return {
    made: () => [...made],
    /** What the server said it has, at any time. */
    acknowledged: () => [...acknowledged],
    waiting: () => made.length - acknowledged.size,
    async come() {
      client = connect(door.wsUrl, door.document, { token: door.token, document })
      const { provider } = client
      provider.on('unsyncedChanges', () => {
        if (!provider.isSynced || provider.unsyncedChanges > 0) return
        for (const name of under) acknowledged.add(name)
        under = []
      })
      await client.synced()
    },
    write() {
      const name = `${label}-${made.length}`
      made.push(name)
      under.push(name)
      createMission(document, { id: name as MissionId, title: name }, door.actor, Date.now())
    },
    /** Resolves when everything is acknowledged. */
    async settled(ms: number) {
      await client?.acknowledged(ms)
      for (const name of under) acknowledged.add(name)
      under = []
    },
    closes: () => client?.closes() ?? [],
    leave() {
      client?.end()
      client = null
    },
  }
}

/** Opens the board, looks which missions are on it, and goes; `null` when it was not shown within `ms`. */
export async function visit(door: Door, ms: number): Promise<Set<string> | null> {
  const client = connect(door.wsUrl, door.document, { token: door.token })
  try {
    await client.synced(ms)
    return new Set(missionsOf(client.document).keys())
  } catch {
    return null
  } finally {
    client.end()
  }
}
