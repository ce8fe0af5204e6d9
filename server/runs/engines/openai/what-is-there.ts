import type { RunContext } from '../../engine.ts'
import { counted } from '#lib/wording.ts'

/** What a run reads at its beginning, for people. */
export const whatIsThere = ({ wokenBy, note, reviews, comments, project, memory, earlier, attachments }: RunContext): string[] => [
  'the mission',
  ...wokenBy ? [`the comment of ${wokenBy.author} that woke it`] : [],
  ...note.trim() ? ['the note it was started with'] : [],
  ...reviews.length > 0 ? [counted(reviews.length, 'review')] : [],
  ...comments.length > 0 ? [counted(comments.length, 'comment')] : [],
  ...project?.brief ? [`the brief of “${project.name}”`] : [],
  ...project && project.docs.length > 0 ? [counted(project.docs.length, 'doc')] : [],
  ...memory.map(({ label, reason }) => `${label} (${reason})`),
  ...earlier.length > 0 ? [counted(earlier.length, 'summary', 'summaries')] : [],
  ...attachments.length > 6 ? [counted(attachments.length, 'file')] : attachments.map(({ name }) => name),
]
