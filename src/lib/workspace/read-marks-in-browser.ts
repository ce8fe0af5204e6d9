import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { ReadMarks, type MarksOnDevice, type MarksOnServer } from './read-marks.ts'

async function ask(path: string, init?: RequestInit): Promise<Record<string, unknown>> {
  // Asked all the same, a browser would report each failure.
  if (!navigator.onLine) throw new Error('offline')
  const response = await fetch(`/api/v1/read-marks/${path}`, init)
  if (!response.ok) throw new Error(String(response.status))
  return await response.json() as Record<string, unknown>
}

const onServer = (workspaceId: WorkspaceId): MarksOnServer => ({
  async list() {
    const { since, marks } = await ask(workspaceId)
    return { since: Number(since) || 0, marks: (marks ?? {}) as Record<string, unknown> }
  },
  find: async (doc) => (await ask(doc)).mark,
  // The page may be on its way out.
  put: async (doc, mark) => (await ask(doc, { method: 'PUT', body: JSON.stringify(mark), keepalive: true })).mark,
})

/** The name begins as all does that is deleted when the person signs out. */
function onDevice(me: ActorId, workspaceId: WorkspaceId): MarksOnDevice {
  const key = `missions/${me}/marks/${workspaceId}`
  return {
    read() {
      try {
        return JSON.parse(localStorage.getItem(key) ?? 'null') as unknown
      } catch {
        return null
      }
    },
    write(kept) {
      try {
        localStorage.setItem(key, JSON.stringify(kept))
      } catch {
        // Storage is full or forbidden: the server keeps them.
      }
    },
    watch(changed) {
      const heed = (event: StorageEvent) => {
        if (event.key === key && event.newValue) changed()
      }
      addEventListener('storage', heed)
      return () => removeEventListener('storage', heed)
    },
  }
}

export const readMarksOf = (me: ActorId, workspaceId: WorkspaceId) => new ReadMarks(me, onServer(workspaceId), onDevice(me, workspaceId))
