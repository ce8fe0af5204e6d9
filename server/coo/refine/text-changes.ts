import * as Y from 'yjs'
import { changesOf, descriptionOf } from '#lib/board/mission-document.ts'
import { coo } from '#lib/board/proposal.ts'
import { editText } from '../../staff/text-edits/edit-text.ts'
import { takeBack } from '../../staff/text-edits/take-back.ts'
import { buildsOn, editAfter, isMade, placesOf, type TextEdit } from '../../staff/text-edits/text-edit.ts'
import type { Range } from '../../staff/text-edits/kept.ts'

/** A passage of the description gives way to other Markdown; without one, that is added at the end. */
export type DescriptionEdit = { markdown: string; replace?: string }

/** Whose the Yjs client ids of a document are. */
export type Owners = ReadonlyMap<number, string>

const isPersons = (owners: Owners, [client]: Range) => {
  const owner = owners.get(client)
  return owner !== undefined && owner !== 'server' && owner !== coo.id
}

const rangesIn = (edit: TextEdit): Range[] => edit.removals.flatMap((removal): Range[] => ('letters' in removal ? [removal.letters.ids] : lettersOf(removal.node)))

type Kept = Extract<TextEdit['removals'][number], { node: unknown }>['node']
const lettersOf = (node: Kept): Range[] => node.kind === 'text'
  ? node.pieces.filter(({ text }) => text !== '').map(({ ids }) => ids)
  : node.children.flatMap((child) => (child.kind === 'gone' ? [] : lettersOf(child)))

export type Changed = { ok: true; edits: TextEdit[] } | { ok: false; message: string }

/** Changes the description in a draft that has a Yjs client of its own. Words of people stay: an edit that would take one out is refused. */
export function changeDescription(draft: Y.Doc, wanted: readonly DescriptionEdit[], owners: Owners): Changed {
  const edits: TextEdit[] = []
  for (const { markdown, replace } of wanted) {
    const made = editText(descriptionOf(draft), { markdown, ...replace === undefined ? {} : { replace } })
    if (!made.ok) return { ok: false, message: made.message.replace('The doc', 'The description').replace('Read the doc, and give', 'Give') }
    if (rangesIn(made.edit).some((range) => isPersons(owners, range))) return { ok: false, message: `A person wrote in “${(replace ?? '').slice(0, 200)}”. What people wrote stays: leave that passage as it is, and add what is new at the end.` }
    edits.push(made.edit)
  }
  return { ok: true, edits }
}

const entriesIn = (doc: Y.Doc): [string, TextEdit[]][] =>
  [...changesOf(doc).entries()].map(([key, value]) => [key, typeof value === 'string' ? JSON.parse(value) as TextEdit[] : []])

/** Writes down, in the same update, how it is taken back. */
export const keepChange = (draft: Y.Doc, key: string, edits: readonly TextEdit[]) => changesOf(draft).set(key, JSON.stringify(edits))

/**
 * Takes changes of a description back, with those that were made to what they wrote; what people wrote meanwhile stays. Answers which ones. One that was
 * taken back is not known any more, so that nothing comes back twice.
 */
export function takeBackChange(doc: Y.Doc, asked: string): string[] {
  const known = new Map(entriesIn(doc))
  const wanted = new Set(known.has(asked) ? [asked] : [])
  for (const [key, edits] of known) {
    if ([...wanted].some((earlier) => earlier !== key && edits.some((later) => known.get(earlier)!.some((first) => buildsOn(later, first))))) wanted.add(key)
  }
  for (const key of [...wanted].reverse()) {
    for (let n = known.get(key)!.length - 1; n >= 0; n--) {
      const edit = known.get(key)![n]!
      if (!isMade(doc, edit)) continue
      const others = [...known].flatMap(([other, edits]) => edits.filter((_, at) => other !== key || at < n))
      const moved = takeBack(descriptionOf(doc), edit, placesOf(others))
      for (const [other, edits] of known) known.set(other, edits.map((each) => (each === edit ? each : editAfter(each, moved))))
    }
    known.delete(key)
  }
  for (const key of wanted) changesOf(doc).delete(key)
  for (const [key, edits] of known) {
    const now = JSON.stringify(edits)
    if (changesOf(doc).get(key) !== now) changesOf(doc).set(key, now)
  }
  return [...wanted]
}
