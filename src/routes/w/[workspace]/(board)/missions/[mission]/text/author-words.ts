import type { ActorId } from '#lib/board/ids.ts'
import { serverActor } from '#lib/board/ids.ts'
import type { Member } from '#lib/board/mission.ts'

/** Somebody who wrote, as a reader is told of them. `id` is null where nobody knows who it was. */
export type Author = { id: ActorId | null; name: string; kind: Member['kind'] | 'server' | 'unknown'; note: string }

export function authorOf(id: ActorId | null, member: Member | null, me: ActorId): Author {
  if (id === null) return { id, name: 'Not known', kind: 'unknown', note: '' }
  if (id === serverActor) return { id, name: 'Missions', kind: 'server', note: '' }
  if (!member) return { id, name: 'Somebody who left', kind: 'person', note: '' }
  const note = id === me ? 'you' : member.kind === 'staff' ? 'AI staff' : member.role === 'former' ? 'left' : ''
  return { id, name: member.name, kind: member.kind, note }
}

const called = ({ name, note }: Author) => (note ? `${name} (${note})` : name)

/** `Ada Owner and Analyst (AI staff) wrote this`; empty for nobody. */
export function wroteThis(authors: readonly Author[], locale = 'en'): string {
  const known = authors.filter(({ kind }) => kind !== 'unknown').map(called)
  if (authors.length === 0) return ''
  if (known.length === 0) return 'It is not known who wrote this'
  const all = known.length < authors.length ? [...known, 'somebody who is not known'] : known
  return `${new Intl.ListFormat(locale).format(all)} wrote this`
}

/** A whole percentage; nothing that is there counts as none. */
export const shareOf = (part: number, whole: number): string => {
  const share = whole > 0 ? (part / whole) * 100 : 0
  return part > 0 && share < 1 ? '<1%' : `${Math.min(part < whole ? 99 : 100, Math.round(share))}%`
}
