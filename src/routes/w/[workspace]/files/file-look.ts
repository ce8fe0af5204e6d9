import File from '@lucide/svelte/icons/file'
import FileArchive from '@lucide/svelte/icons/file-archive'
import FileCode from '@lucide/svelte/icons/file-code'
import FileImage from '@lucide/svelte/icons/file-image'
import FilePdf from '@lucide/svelte/icons/file-type'
import FileSheet from '@lucide/svelte/icons/file-spreadsheet'
import FileText from '@lucide/svelte/icons/file-text'
import type { MissionFile } from '#lib/board/mission-document.ts'
import type { IconComponent } from '#lib/ui/icon.ts'

/** How a file can be shown in place; `none`: only downloaded. */
export type Shown = 'picture' | 'pdf' | 'markdown' | 'table' | 'text' | 'none'

type Kind = Pick<MissionFile, 'name' | 'type'>

const extension = (name: string) => /\.([^.]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? ''

export function shownAs({ name, type }: Kind): Shown {
  if (/^image\/(png|jpeg|gif|webp|svg\+xml)$/.test(type)) return 'picture'
  if (type === 'application/pdf') return 'pdf'
  if (type === 'text/markdown') return 'markdown'
  if (type === 'text/csv' || type === 'text/tab-separated-values') return 'table'
  if (type.startsWith('text/') || /^application\/(json|xml)$/.test(type)) return ['md', 'markdown'].includes(extension(name)) ? 'markdown' : 'text'
  return 'none'
}

/** An icon, and a tone that tells kinds apart at a glance. */
export function lookOf(file: Kind): { icon: IconComponent; tone: string } {
  switch (shownAs(file)) {
    case 'picture': return { icon: FileImage, tone: 'project-violet' }
    case 'pdf': return { icon: FilePdf, tone: 'project-red' }
    case 'table': return { icon: FileSheet, tone: 'project-green' }
    case 'markdown': return { icon: FileText, tone: 'project-blue' }
    case 'text': return { icon: FileCode, tone: 'project-slate' }
    case 'none':
      if (/sheet|excel/.test(file.type)) return { icon: FileSheet, tone: 'project-green' }
      if (/zip|tar|compressed|gzip/.test(file.type)) return { icon: FileArchive, tone: 'project-amber' }
      return { icon: File, tone: 'project-slate' }
  }
}

const order: readonly Shown[] = ['markdown', 'pdf', 'picture', 'table', 'text', 'none']

/** What is read first comes first; files of a kind in the order in which they came. */
export const inReadingOrder = <F extends Kind>(files: readonly F[]): F[] =>
  [...files].sort((a, b) => order.indexOf(shownAs(a)) - order.indexOf(shownAs(b)))

/** The address of this very version: what comes later is not shown as if it were this. */
export const contentUrl = ({ id, version }: Pick<MissionFile, 'id' | 'version'>) => `/api/v1/files/${id}/content?version=${version}`
