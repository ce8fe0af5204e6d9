import { expect, test, vi } from 'vitest'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { DirectoryEntry } from './directory.ts'
import { knownMembers } from './known-members.ts'

const acme = 'acme' as WorkspaceId
const mia = 'mia' as ActorId

test('members are read once a moment, at once again when they changed, and again after a failure', async () => {
  vi.useFakeTimers()
  try {
    let name = 'Mia'
    const read = vi.fn(async (): Promise<Record<ActorId, DirectoryEntry>> => {
      if (name === '') throw new Error('The database is away.')
      return { [mia]: { kind: 'person', name, role: 'owner', avatar: null } }
    })
    const members = knownMembers(read)
    const nameNow = async () => (await members.of(acme)).get(mia)?.name
    expect([await nameNow(), await nameNow(), read.mock.calls.length]).toEqual(['Mia', 'Mia', 1])
    name = 'Mia Sailor'
    expect(await nameNow()).toBe('Mia')
    vi.advanceTimersByTime(1_000)
    expect(await nameNow()).toBe('Mia Sailor')
    name = ''
    members.changed(acme)
    await expect(nameNow()).rejects.toThrow('away')
    name = 'Mia again'
    expect(await nameNow()).toBe('Mia again')
  } finally {
    vi.useRealTimers()
  }
})
