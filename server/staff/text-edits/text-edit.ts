import * as Y from 'yjs'
import { idAfter, isIn, rangesAfter, type Id, type IsPlace, type Kept, type Moved, type Piece, type Range } from './kept.ts'

/** What was taken out, an element or letters of a text. `at`: what Yjs remembers its place by; each has its own, since something may be gone between two. */
export type Removal = { at: Id; node: Kept } | { at: Id; letters: Piece }

/** What one edit did to a rich text, by the ids of Yjs: what it wrote, and what it took out. */
export type TextEdit = { inserted: Range[]; removals: Removal[] }

/** The same edit, after something of what it wrote or took out from was put back under other ids. */
export const editAfter = ({ inserted, removals }: TextEdit, moved: Moved): TextEdit =>
  ({ inserted: rangesAfter(inserted, moved), removals: removals.map((removal) => ({ ...removal, at: idAfter(removal.at, moved) })) })

/** Which of what was gone these edits know as places. */
export function placesOf(edits: readonly TextEdit[]): IsPlace {
  const known = edits.flatMap(({ removals }) => removals.map(({ at }) => at))
  return (gone) => known.some((id) => isIn(id, gone))
}

/** Whether a document has the edit: it is written down before it is made. */
export function isMade(doc: Y.Doc, { inserted: [first], removals: [taken] }: TextEdit): boolean {
  if (first) return Y.getState(doc.store, first[0]) > first[1]
  if (!taken) return false
  const [client, clock] = taken.at
  return Y.getState(doc.store, client) > clock && Y.getItem(doc.store, Y.createID(client, clock)).deleted
}

const meet = (a: Range, b: Range) => a[0] === b[0] && a[1] < b[1] + b[2] && b[1] < a[1] + a[2]

function* idsIn(kept: Kept): Iterable<Range> {
  yield [...kept.id, 1]
  if (kept.kind === 'text') for (const { ids } of kept.pieces) yield ids
  else for (const child of kept.children) yield* child.kind === 'gone' ? [child.ids] : idsIn(child)
}

/** Whether the later edit took out something that the earlier one wrote, or the text that it wrote in. */
export function buildsOn(later: TextEdit, earlier: TextEdit): boolean {
  const known = [...earlier.inserted, ...earlier.removals.map(({ at }): Range => [...at, 1])]
  return later.removals.some((removal) => {
    const taken = 'node' in removal ? [...idsIn(removal.node)] : [removal.letters.ids]
    return taken.some((range) => known.some((each) => meet(range, each)))
  })
}
