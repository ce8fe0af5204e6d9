import Bot from '@lucide/svelte/icons/server-cog'
import CircleCheck from '@lucide/svelte/icons/circle-check'
import FileText from '@lucide/svelte/icons/file-text'
import FolderKanban from '@lucide/svelte/icons/folder-kanban'
import Folders from '@lucide/svelte/icons/folders'
import House from '@lucide/svelte/icons/house'
import KeyRound from '@lucide/svelte/icons/key-round'
import LayoutTemplate from '@lucide/svelte/icons/layout-template'
import Lightbulb from '@lucide/svelte/icons/lightbulb'
import Library from '@lucide/svelte/icons/library'
import MessageSquare from '@lucide/svelte/icons/message-square'
import NotebookPen from '@lucide/svelte/icons/notebook-pen'
import Paperclip from '@lucide/svelte/icons/paperclip'
import Play from '@lucide/svelte/icons/play'
import Repeat from '@lucide/svelte/icons/repeat-2'
import Sparkle from '@lucide/svelte/icons/sparkle'
import SquareKanban from '@lucide/svelte/icons/square-kanban'
import UserRound from '@lucide/svelte/icons/user-round'
import type { ActivityGroup } from '#lib/activity/entry.ts'
import type { IconComponent } from '#lib/ui/icon.ts'

/** What nobody did by hand. */
export const serverIcon: IconComponent = Bot

export const groupIcons: Readonly<Record<ActivityGroup, IconComponent>> = {
  mission: SquareKanban, comment: MessageSquare, file: Paperclip, context: Library, collection: Folders, note: NotebookPen, run: Play, proposal: Lightbulb, review: CircleCheck, project: FolderKanban, doc: FileText, template: LayoutTemplate,
  member: UserRound, token: KeyRound, staff: Sparkle, routine: Repeat, workspace: House,
}
