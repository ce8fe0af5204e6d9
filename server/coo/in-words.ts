import type { Entry } from '#lib/activity/entry.ts'
import { told, type Mention } from '#lib/activity/words.ts'
import { referenceUrl } from '#lib/board/reference.ts'
import type { DocId, MissionId } from '#lib/board/ids.ts'
import { escapeLineStart, escapeMarkdown, markdownLink } from '#lib/editor/escape-markdown.ts'
import type { StaffRecord } from '#lib/staff/answers.ts'
import { counted } from '#lib/wording.ts'


/** How the work of a staff member went, as people read it. */
export function recordInWords({ succeeded, failed, cancelled, approved, changesAsked, month }: StaffRecord): string {
  if (succeeded + failed + cancelled === 0) return 'No run has ended yet.'
  const parts = [`${counted(succeeded, 'run')} succeeded`, ...failed > 0 ? [`${failed} failed`] : [], ...cancelled > 0 ? [`${cancelled} cancelled`] : []]
  const judged = approved + changesAsked > 0 ? ` Of its work ${approved} ${approved === 1 ? 'was' : 'were'} approved, and for ${changesAsked} changes were asked.` : ''
  return `${parts.join(', ')}; ${counted(month.runs, 'run')} this month.${judged}`
}

function linked({ kind, id, name }: Mention): string {
  const called = name || 'Untitled'
  if (kind === 'mission') return markdownLink(called, referenceUrl({ kind, id: id as MissionId }))
  // A project is pointed at through its brief, the doc by the same id.
  if (kind === 'doc' || kind === 'project') return markdownLink(called, referenceUrl({ kind: 'doc', id: id as DocId }))
  return escapeMarkdown(called)
}

/** An entry of the record as a sentence in Markdown. */
export function entryInWords(entry: Entry): { at: number; words: string } {
  const who = entry.actor.name || (entry.actor.kind === 'administrator' ? 'An administrator' : 'Missions')
  const parts = told(entry).map((part) => (typeof part === 'string' ? escapeMarkdown(part) : 'quoted' in part ? `“${escapeMarkdown(part.quoted)}”` : linked(part.mention)))
  return { at: entry.until, words: `${escapeLineStart(escapeMarkdown(who))} ${parts.join('')}` }
}
