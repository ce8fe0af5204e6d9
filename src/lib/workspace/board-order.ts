import type { MissionId } from '#lib/board/ids.ts'
import { statuses, type Mission, type Status } from '#lib/board/mission.ts'
import { byRank } from '#lib/board/rank.ts'

type Place = Pick<Mission, 'id' | 'status' | 'rank'>
type Columns = Record<Status, readonly MissionId[]>

const noCards = (): Columns => ({ backlog: [], in_progress: [], review: [], done: [] })

/** From how many changes on sorting everything anew is cheaper than moving one card after another. */
const manyChanges = 200

/**
 * Which cards stand in which column, in order, kept up one change at a time: a card that moves costs the search of its
 * place, not a sort of the board. A column that changes is a new array; the others stay the same ones.
 */
export class BoardOrder {
  #columns = noCards()
  #places = new Map<MissionId, Place>()

  column = (status: Status) => this.#columns[status]

  place = (id: MissionId): Place | null => this.#places.get(id) ?? null

  /** Where a card stands in its column, from 0; -1 when it is on no column. */
  indexOf(id: MissionId): number {
    const place = this.#places.get(id)
    return place ? this.#search(this.#columns[place.status], place) : -1
  }

  /** Takes over new places, `null` for cards that left the board; answers which columns are different now. */
  change(changes: ReadonlyMap<MissionId, Place | null>): Set<Status> {
    return changes.size > manyChanges ? this.#changeMany(changes) : this.#changeFew(changes)
  }

  #changeFew(changes: ReadonlyMap<MissionId, Place | null>): Set<Status> {
    const changed = new Set<Status>()
    for (const [id, next] of changes) {
      const before = this.#places.get(id)
      if (before?.status === next?.status && before?.rank === next?.rank) continue
      if (before) {
        const cards = this.#columns[before.status]
        this.#columns[before.status] = cards.toSpliced(this.#search(cards, before), 1)
        this.#places.delete(id)
        changed.add(before.status)
      }
      if (next) {
        const cards = this.#columns[next.status]
        this.#places.set(id, { id, status: next.status, rank: next.rank })
        this.#columns[next.status] = cards.toSpliced(this.#search(cards, next), 0, id)
        changed.add(next.status)
      }
    }
    return changed
  }

  #changeMany(changes: ReadonlyMap<MissionId, Place | null>): Set<Status> {
    for (const [id, next] of changes) {
      if (next) this.#places.set(id, { id, status: next.status, rank: next.rank })
      else this.#places.delete(id)
    }
    const sorted: Record<Status, MissionId[]> = { backlog: [], in_progress: [], review: [], done: [] }
    for (const { id, status } of [...this.#places.values()].sort(byRank)) sorted[status].push(id)
    const changed = new Set<Status>()
    for (const status of statuses) {
      const before = this.#columns[status]
      const after = sorted[status]
      if (before.length === after.length && before.every((id, index) => id === after[index])) continue
      this.#columns[status] = after
      changed.add(status)
    }
    return changed
  }

  /** The index of a place, or where it would go. */
  #search(cards: readonly MissionId[], place: Place): number {
    let low = 0
    let high = cards.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (byRank(this.#places.get(cards[middle]!)!, place) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
