import File from '@lucide/svelte/icons/file'
import FileArchive from '@lucide/svelte/icons/file-archive'
import FileCode from '@lucide/svelte/icons/file-code'
import FileImage from '@lucide/svelte/icons/file-image'
import FilePdf from '@lucide/svelte/icons/file-type'
import FilePlay from '@lucide/svelte/icons/file-play'
import FileSheet from '@lucide/svelte/icons/file-spreadsheet'
import FileText from '@lucide/svelte/icons/file-text'
import FileVolume from '@lucide/svelte/icons/file-volume'
import Globe from '@lucide/svelte/icons/globe'
import Presentation from '@lucide/svelte/icons/presentation'
import type { WorkFile } from '#lib/board/files.ts'
import type { IconComponent } from '#lib/ui/icon.ts'

/** How a file can be shown in place; `none`: what is known of it, and the text in it. */
export type Shown = 'picture' | 'pdf' | 'markdown' | 'table' | 'workbook' | 'html' | 'text' | 'audio' | 'video' | 'none'

type Kind = Pick<WorkFile, 'name' | 'type'>

export const extensionOf = (name: string) => /\.([^.]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? ''

const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const codeExtensions = new Set('txt log md markdown csv tsv json xml js mjs cjs ts tsx jsx css scss less py rb rs go java kt c h cpp hpp cs php sh bash sql yaml yml toml ini cfg conf lua pl r swift diff patch tex svelte vue graphql gradle env'.split(' '))

export function shownAs({ name, type }: Kind): Shown {
  const extension = extensionOf(name)
  if (/^image\/(png|apng|jpeg|gif|webp|avif|bmp|svg\+xml|x-icon|vnd\.microsoft\.icon)$/.test(type)) return 'picture'
  if (type === 'application/pdf') return 'pdf'
  if (/^audio\/(mpeg|mp4|x-m4a|aac|ogg|opus|wav|vnd\.wave|x-wav|flac|x-flac|webm)$/.test(type)) return 'audio'
  if (/^video\/(mp4|webm|ogg|quicktime|x-m4v|x-matroska)$/.test(type)) return 'video'
  if (type === workbook || type === 'application/vnd.ms-excel.sheet.macroenabled.12') return 'workbook'
  // A workbook with a password is a container of another kind: whoever opens it is told so.
  if (type === 'application/x-cfb' && /^xls[xm]$/.test(extension)) return 'workbook'
  if (type === 'text/markdown') return 'markdown'
  if (type === 'text/csv' || type === 'text/tab-separated-values') return 'table'
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html'
  const isText = type.startsWith('text/') || /^application\/(json|xml|javascript|x-sh|yaml|toml|rtf)$|\+(json|xml)$/.test(type)
  // A text in an old encoding is not known by its bytes, but by its name.
  if (isText || (type === 'application/octet-stream' && codeExtensions.has(extension))) {
    if (['md', 'markdown'].includes(extension)) return 'markdown'
    if (['csv', 'tsv'].includes(extension)) return 'table'
    return type === 'application/rtf' ? 'none' : 'text'
  }
  return 'none'
}

/** Whether its content is a text, of which two versions can be compared. */
export const isComparable = (file: Kind) => ['markdown', 'table', 'text', 'html'].includes(shownAs(file)) || file.type === 'image/svg+xml'

/** An icon, and a tone that tells kinds apart at a glance. */
export function lookOf(file: Kind): { icon: IconComponent; tone: string } {
  switch (shownAs(file)) {
    case 'picture': return { icon: FileImage, tone: 'project-violet' }
    case 'pdf': return { icon: FilePdf, tone: 'project-red' }
    case 'table':
    case 'workbook': return { icon: FileSheet, tone: 'project-green' }
    case 'markdown': return { icon: FileText, tone: 'project-blue' }
    case 'html': return { icon: Globe, tone: 'project-teal' }
    case 'text': return { icon: FileCode, tone: 'project-slate' }
    case 'audio': return { icon: FileVolume, tone: 'project-pink' }
    case 'video': return { icon: FilePlay, tone: 'project-pink' }
    case 'none':
      if (/sheet|excel/.test(file.type)) return { icon: FileSheet, tone: 'project-green' }
      if (/presentation|powerpoint/.test(file.type)) return { icon: Presentation, tone: 'project-amber' }
      if (/word|opendocument\.text|rtf|rfc822/.test(file.type)) return { icon: FileText, tone: 'project-blue' }
      if (/zip|tar|compressed|gzip/.test(file.type)) return { icon: FileArchive, tone: 'project-amber' }
      return { icon: File, tone: 'project-slate' }
  }
}

const names: Record<string, string> = {
  [workbook]: 'Excel workbook',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PowerPoint presentation',
  'application/vnd.oasis.opendocument.text': 'OpenDocument text', 'application/vnd.oasis.opendocument.spreadsheet': 'OpenDocument spreadsheet',
  'application/pdf': 'PDF', 'application/zip': 'ZIP archive', 'application/gzip': 'gzip archive', 'application/x-cfb': 'Older Office document', 'application/rtf': 'Rich text (RTF)',
  'message/rfc822': 'E-mail', 'text/html': 'HTML page', 'text/markdown': 'Markdown', 'text/csv': 'CSV table', 'text/plain': 'Text', 'application/json': 'JSON',
  'application/octet-stream': 'Unknown kind',
}

/** What kind of file it is, for a person. */
export const kindName = ({ type }: Pick<WorkFile, 'type'>) => names[type] ?? type

const order: readonly Shown[] = ['markdown', 'html', 'pdf', 'picture', 'video', 'audio', 'table', 'workbook', 'text', 'none']

/** What is read first comes first; files of a kind in the order in which they came. */
export const inReadingOrder = <F extends Kind>(files: readonly F[]): F[] =>
  [...files].sort((a, b) => order.indexOf(shownAs(a)) - order.indexOf(shownAs(b)))

/** The address of this very version: what comes later is not shown as if it were this. */
export const contentUrl = ({ id, version }: Pick<WorkFile, 'id' | 'version'>) => `/api/v1/files/${id}/content?version=${version}`
