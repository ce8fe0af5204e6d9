import type { Entry } from '#lib/activity/entry.ts'
import { told, type Mention } from '#lib/activity/words.ts'
import { referenceUrl } from '#lib/board/reference.ts'
import type { DocId, MissionId } from '#lib/board/ids.ts'
import type { StaffRecord } from '#lib/staff/answers.ts'

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`

/** How the work of a staff member went, as people read it. */
export function recordInWords({ succeeded, failed, cancelled, approved, changesAsked, month }: StaffRecord): string {
  if (succeeded + failed + cancelled === 0) return 'No run has ended yet.'
  const parts = [`${counted(succeeded, 'run')} succeeded`, ...failed > 0 ? [`${failed} failed`] : [], ...cancelled > 0 ? [`${cancelled} cancelled`] : []]
  const judged = approved + changesAsked > 0 ? ` Of its work ${approved} ${approved === 1 ? 'was' : 'were'} approved, and for ${changesAsked} changes were asked.` : ''
  return `${parts.join(', ')}; ${counted(month.runs, 'run')} this month.${judged}`
}

const escaped = (text: string) => text.replace(/([[\]\\*_`])/g, '\\$1')

function linked({ kind, id, name }: Mention): string {
  const words = escaped(name || 'Untitled')
  if (kind === 'mission') return `[${words}](${referenceUrl({ kind, id: id as MissionId })})`
  // A project is pointed at through its brief, the doc by the same id.
  if (kind === 'doc' || kind === 'project') return `[${words}](${referenceUrl({ kind: 'doc', id: id as DocId })})`
  return words
}

/** An entry of the record as a sentence in Markdown. */
export function entryInWords(entry: Entry): { at: number; words: string } {
  const parts = told(entry).map((part) => (typeof part === 'string' ? escaped(part) : 'quoted' in part ? `“${escaped(part.quoted)}”` : linked(part.mention)))
  return { at: entry.until, words: `${escaped(entry.actor.name || (entry.actor.kind === 'administrator' ? 'An administrator' : 'Missions'))} ${parts.join('')}` }
}
