import FileText from '@lucide/svelte/icons/file-text'
import FolderKanban from '@lucide/svelte/icons/folder-kanban'
import MessageSquare from '@lucide/svelte/icons/message-square'
import MessagesSquare from '@lucide/svelte/icons/messages-square'
import Paperclip from '@lucide/svelte/icons/paperclip'
import Play from '@lucide/svelte/icons/play'
import Scale from '@lucide/svelte/icons/scale'
import SquareKanban from '@lucide/svelte/icons/square-kanban'
import type { SearchKind } from '#lib/search/query.ts'
import type { IconComponent } from '#lib/ui/icon.ts'

/** What a kind of result is called and how it is told from the others at a glance. */
export const kindLooks: Record<SearchKind, { name: string; icon: IconComponent }> = {
  mission: { name: 'Mission', icon: SquareKanban },
  comment: { name: 'Comment', icon: MessageSquare },
  review: { name: 'Review', icon: Scale },
  run: { name: 'Run', icon: Play },
  brief: { name: 'Brief', icon: FolderKanban },
  doc: { name: 'Doc', icon: FileText },
  chat: { name: 'Chat', icon: MessagesSquare },
  file: { name: 'File', icon: Paperclip },
}
