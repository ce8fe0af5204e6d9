import type { DocId, FileId, MissionId } from '#lib/board/ids.ts'
import { statusNames, type Member, type Mission, type Project } from '#lib/board/mission.ts'
import type { Reference } from '#lib/board/reference.ts'

/** Something that a text can point at, as a list offers it. */
export type Mentionable = {
  reference: Reference
  /** What stands in the text, and what is searched. */
  name: string
  /** What tells it from others of the same name. */
  detail: string
}

export type MentionSources = {
  directory: readonly Member[]
  missions: readonly Pick<Mission, 'id' | 'title' | 'status'>[]
  /** A project is pointed at through its brief, the doc by the same id. */
  projects: readonly Pick<Project, 'id' | 'name'>[]
  docs: readonly { id: DocId; title: string; project?: string }[]
  files: readonly { id: FileId; name: string }[]
}

const mostShown = 10

/** Letters without their marks and case: `Émile` is found by `emile`. Not decomposed any further: a `ß` is no `s`. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase()

// A board has thousands of titles, and a list is made anew for each key.
const folded = new WeakMap<object, { name: string; plain: string }>()
function plainNameOf(source: object, name: string): string {
  const known = folded.get(source)
  if (known?.name === name) return known.plain
  const made = plain(name)
  folded.set(source, { name, plain: made })
  return made
}

const isLetter = /[\p{L}\p{N}]/u

function startsWord(text: string, query: string): boolean {
  for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + 1)) {
    if (at === 0 || !isLetter.test(text[at - 1]!)) return true
  }
  return false
}

/** How well a name fits: 0 begins with the query, 1 a word of it does, 2 each word of the query begins one, 3 it is inside; `null` not at all. */
function fit(name: string, query: string): number | null {
  if (name.startsWith(query)) return 0
  if (startsWord(name, query)) return 1
  if (query.includes(' ') && query.split(/\s+/).every((word) => startsWord(name, word))) return 2
  return name.includes(query) ? 3 : null
}

const peopleFirst = { person: 0, staff: 0, mission: 1, doc: 2, file: 3 } as const

/**
 * What a query finds: names that begin with it before those in which a word does, and those before the ones that only hold it
 * somewhere; people and staff before missions, docs and files. Who left the workspace is not offered.
 */
export function mentionables(query: string, { directory, missions, projects, docs, files }: MentionSources, most = mostShown): Mentionable[] {
  const wanted = plain(query.trim())
  const found: (Mentionable & { fit: number })[] = []
  const consider = (source: object, reference: Reference, name: string, detail: string) => {
    if (name === '') return
    const fits = fit(plainNameOf(source, name), wanted)
    if (fits !== null) found.push({ reference, name, detail, fit: fits })
  }
  for (const member of directory) {
    if (member.role === 'former') continue
    consider(member, { kind: member.kind, id: member.id }, member.name, member.kind === 'staff' ? member.role || 'AI staff' : '')
  }
  for (const mission of missions) consider(mission, { kind: 'mission', id: mission.id as MissionId }, mission.title, statusNames[mission.status])
  for (const project of projects) consider(project, { kind: 'doc', id: project.id as string as DocId }, project.name, 'Project')
  for (const doc of docs) consider(doc, { kind: 'doc', id: doc.id }, doc.title, doc.project ?? 'Doc')
  for (const file of files) consider(file, { kind: 'file', id: file.id }, file.name, 'File')

  const inside = (item: { fit: number }) => (item.fit === 3 ? 1 : 0)
  return found
    .sort((a, b) => inside(a) - inside(b)
      || peopleFirst[a.reference.kind] - peopleFirst[b.reference.kind]
      || a.fit - b.fit
      || a.name.localeCompare(b.name))
    .slice(0, most)
    .map(({ reference, name, detail }) => ({ reference, name, detail }))
}
