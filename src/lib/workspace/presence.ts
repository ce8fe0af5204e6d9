import type { Awareness } from 'y-protocols/awareness'
import type { ActorId, ChatId, MissionId } from '#lib/board/ids.ts'
import { isId } from '#lib/board/ids.ts'
import { Signals } from './signals.ts'

export type Present = { id: ActorId; name: string; kind: 'person' | 'staff' }

/** What has a page on which people see each other. */
type Place = MissionId | ChatId
type Key = 'others' | Place

const nobody: readonly Present[] = []
const sameOnes = (a: readonly Present[], b: readonly Present[]) =>
  a.length === b.length && a.every((each, index) => each.id === b[index]?.id && each.name === b[index]?.name)

/** Who else has the board open, and who of them looks at which mission or chat; oneself is left out. */
export class Presence {
  readonly #me: Present
  #signals = new Signals<Key>()
  #awareness: Awareness | null = null
  #mission: Place | null = null
  #others = nobody
  #viewers = new Map<Place, readonly Present[]>()

  constructor(me: Present) {
    this.#me = me
  }

  /** Everyone else here, by name. */
  get others(): readonly Present[] {
    this.#signals.track('others')
    return this.#others
  }

  viewersOf(mission: Place): readonly Present[] {
    this.#signals.track(mission)
    return this.#viewers.get(mission) ?? nobody
  }

  /** Tells the others which mission or chat is open here. */
  look(mission: Place | null) {
    this.#mission = mission
    this.#awareness?.setLocalStateField('mission', mission)
  }

  /** Takes part through this document from now on; the answer ends that. */
  join(awareness: Awareness): () => void {
    const read = () => this.#read(awareness)
    this.#awareness = awareness
    awareness.setLocalStateField('user', this.#me)
    awareness.setLocalStateField('mission', this.#mission)
    awareness.on('change', read)
    read()
    return () => {
      awareness.off('change', read)
      if (this.#awareness === awareness) this.#awareness = null
    }
  }

  #read(awareness: Awareness) {
    const others = new Map<ActorId, Present>()
    const viewers = new Map<Place, Map<ActorId, Present>>()
    for (const state of awareness.getStates().values()) {
      const who = readPresent(state.user)
      if (!who || who.id === this.#me.id) continue
      others.set(who.id, who)
      const mission: unknown = state.mission
      if (!isId(mission)) continue
      const there = viewers.get(mission as MissionId) ?? new Map<ActorId, Present>()
      viewers.set(mission as MissionId, there.set(who.id, who))
    }

    const sorted = byName(others)
    if (!sameOnes(sorted, this.#others)) {
      this.#others = sorted
      this.#signals.changed('others')
    }
    for (const mission of new Set([...this.#viewers.keys(), ...viewers.keys()])) {
      const now = byName(viewers.get(mission) ?? new Map())
      if (sameOnes(now, this.#viewers.get(mission) ?? nobody)) continue
      if (now.length > 0) this.#viewers.set(mission, now)
      else this.#viewers.delete(mission)
      this.#signals.changed(mission)
    }
  }
}

const byName = (people: Map<ActorId, Present>): readonly Present[] =>
  [...people.values()].sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))

function readPresent(value: unknown): Present | null {
  if (typeof value !== 'object' || value === null) return null
  const { id, name, kind } = value as Record<string, unknown>
  return isId(id) && typeof name === 'string' ? { id: id as ActorId, name, kind: kind === 'staff' ? 'staff' : 'person' } : null
}
