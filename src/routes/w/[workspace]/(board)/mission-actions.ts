import { goto } from '$app/navigation'
import Archive from '@lucide/svelte/icons/archive'
import ArrowRightLeft from '@lucide/svelte/icons/arrow-right-left'
import CalendarDays from '@lucide/svelte/icons/calendar-days'
import Folder from '@lucide/svelte/icons/folder'
import LayoutTemplate from '@lucide/svelte/icons/layout-template'
import Link from '@lucide/svelte/icons/link'
import PanelRight from '@lucide/svelte/icons/panel-right'
import Pencil from '@lucide/svelte/icons/pencil'
import Play from '@lucide/svelte/icons/play'
import SignalHigh from '@lucide/svelte/icons/signal-high'
import Tag from '@lucide/svelte/icons/tag'
import UserPlus from '@lucide/svelte/icons/user-plus'
import { isActive, type Mission } from '#lib/board/mission.ts'
import type { IconComponent } from '#lib/ui/icon.ts'
import { toast } from '#lib/ui/toast.ts'
import type { BoardView, MenuKind } from './board-view.svelte.ts'
import { startRun } from './missions/[mission]/work/run-calls.ts'

export type MissionAction = {
  name: string
  icon: IconComponent
  /** Its key, with the card in focus. */
  shortcut?: string
  /** `change`: what its page has a control for. */
  group: 'go' | 'change' | 'share' | 'away'
  /** For one that only leads somewhere. */
  href?: string
  /** A menu that it opens stands beside the anchor. */
  run: (anchor: Element) => void
}

/** What one may do with a mission, in order: from its card, or on its page. */
export function actionsOf(view: BoardView, mission: Mission, on: 'card' | 'page'): MissionAction[] {
  const { workspace, board } = view
  const mayEdit = view.mayEdit && mission.archivedAt === null
  const online = workspace.status === 'connected'
  const href = view.path(mission.id)
  const further = (kind: MenuKind) => (anchor: Element) => view.openMenu(kind, mission.id, anchor)

  const go: MissionAction[] = [
    { name: 'Open', icon: PanelRight, shortcut: 'enter', group: 'go', href, run: () => void goto(href, { noScroll: true }) },
    ...mayEdit ? [{ name: 'Rename', icon: Pencil, shortcut: 'r', group: 'go', run: () => (view.renaming = mission.id) } as const] : [],
  ]
  const change: MissionAction[] = [
    { name: 'Assign…', icon: UserPlus, shortcut: 'a', group: 'change', run: further('assign') },
    { name: 'Project…', icon: Folder, shortcut: 'p', group: 'change', run: further('project') },
    { name: 'Due date…', icon: CalendarDays, shortcut: 'd', group: 'change', run: further('due') },
    { name: 'Priority…', icon: SignalHigh, shortcut: '!', group: 'change', run: further('priority') },
    { name: 'Labels…', icon: Tag, shortcut: 't', group: 'change', run: further('labels') },
    { name: 'Move to…', icon: ArrowRightLeft, shortcut: 'm', group: 'change', run: further('move') },
  ]
  const staff = board.member(mission.assigneeId)
  const { run } = board.facts(mission.id)
  const mayRun = staff?.kind === 'staff' && mayEdit && online && workspace.can('start run', 'mission')
    && (mission.status === 'backlog' || mission.status === 'in_progress') && !(run && isActive(run.state))

  return [
    ...on === 'card' ? go : [],
    ...mayEdit ? change : [],
    ...mayRun ? [{ name: `Run with ${staff.name}`, icon: Play, group: 'change', run: () => void start(mission) } as const] : [],
    { name: 'Copy link', icon: Link, group: 'share', run: () => void copyLink(`${workspace.path}/missions/${mission.id}`) },
    ...workspace.can('edit', 'template') && online
      ? [{ name: 'Save as template…', icon: LayoutTemplate, group: 'share', run: () => (view.template = { mission: mission.id, open: true }) } as const] : [],
    ...mayEdit ? [{ name: 'Archive', icon: Archive, shortcut: 'e', group: 'away', run: () => view.archive(mission) } as const] : [],
  ]
}

async function start(mission: Mission) {
  const called = await startRun(mission.id)
  if (!called.ok) toast(`The run was not started. ${called.message}`, { tone: 'warning' })
}

async function copyLink(path: string) {
  const { href } = new URL(path, location.href)
  try {
    await navigator.clipboard.writeText(href)
    toast('Link copied', { tone: 'success' })
  } catch {
    toast(`The browser did not let us copy. The link is ${href}`, { tone: 'warning' })
  }
}
