import { createContext, tick } from 'svelte'
import { nanoid } from 'nanoid'
import { goto } from '$app/navigation'
import { page } from '$app/state'
import {
  archiveMission, assignMission, createMission, createProject, moveMission, renameMission, restoreMission, setDueOn, setLabels, setPriority, setProject,
} from '#lib/board/edits.ts'
import { isId, type ActorId, type MissionId, type ProjectId } from '#lib/board/ids.ts'
import { priorityNames, statuses, statusNames, type Mission, type Priority, type Status } from '#lib/board/mission.ts'
import { toast } from '#lib/ui/toast.ts'
import { quoted } from '#lib/wording.ts'
import type { OfProject } from '#lib/workspace/live-board.ts'
import type { Workspace } from '#lib/workspace/workspace.svelte.ts'
import { redo, undo } from '../own-steps.ts'
import type { ColumnWindow } from './column-window.svelte.ts'
import { dueWords } from './due.ts'
import type { Direction } from './keyboard.ts'

export type MenuKind = 'card' | 'move' | 'assign' | 'project' | 'due' | 'priority' | 'labels'
type OpenMenu = { kind: MenuKind; mission: MissionId; anchor: Element }

/** A column as the board reaches it: to see a card of it, or to find out where a pointer is. */
type ColumnHandle = { element: HTMLElement; list: HTMLElement; window: ColumnWindow }

const settlingFrames = 6

/** What goes on in one's own view of the board: the focus, what is being typed, dragged or chosen; and the edits, told in words. */
export class BoardView {
  readonly workspace: Workspace
  /** The card that has the focus, or had it last. */
  current = $state<MissionId | null>(null)
  renaming = $state<MissionId | null>(null)
  /** The column in which a new mission is typed. */
  composing = $state<Status | null>(null)
  /** Titles that were begun and not created. */
  drafts = $state<Record<Status, string>>({ backlog: '', in_progress: '', review: '', done: '' })
  dragged = $state<MissionId | null>(null)
  /** Where the dragged card would go, counted without it. */
  target = $state.raw<{ status: Status; index: number } | null>(null)
  menu = $state.raw<OpenMenu | null>(null)
  projectFor = $state<MissionId | null>(null)
  /** The mission that becomes a template, while its name is asked for. */
  template = $state<{ mission: MissionId; open: boolean } | null>(null)
  shortcuts = $state(false)
  /** Whether what is proposed is shown beside the columns. */
  proposals = $state(false)
  /** Whether the choice of a project is open. */
  choosing = $state(false)
  /** The column that a narrow screen shows. */
  page = $state<Status>('backlog')
  /** For those who do not see the board change. */
  said = $state('')
  columns = new Map<Status, ColumnHandle>()

  constructor(workspace: Workspace) {
    this.workspace = workspace
  }

  get board() {
    return this.workspace.board
  }

  get mayEdit() {
    return this.workspace.can('edit')
  }

  /** The project whose missions are shown, or those in none; `null`: all. It stands in the address, so that it can be passed on. */
  get filter(): OfProject | null {
    const asked = page.url.searchParams.get('project')
    return isId(asked) ? asked as OfProject : null
  }

  /** Of the board as it is shown, or of a mission over it. */
  path(mission?: MissionId): string {
    const { filter } = this
    return `${this.workspace.path}${mission ? `/missions/${mission}` : ''}${filter ? `?project=${filter}` : ''}`
  }

  show(filter: OfProject | null) {
    void goto(`${page.url.pathname}${filter ? `?project=${filter}` : ''}`, { noScroll: true, keepFocus: true })
  }

  /** The cards of a column that are shown, in order. */
  column = (status: Status) => this.board.column(status, this.filter)

  /** Where a card stands among those that are shown; -1 for one that is not. Not tracked. */
  indexOf = (id: MissionId) => this.board.indexOf(id, this.filter)

  /** The card that Tab leads to. */
  get entry(): MissionId | null {
    const current = this.current && this.board.mission(this.current)
    if (current && current.archivedAt === null && this.indexOf(current.id) >= 0) return current.id
    for (const status of statuses) {
      const first = this.column(status)[0]
      if (first) return first
    }
    return null
  }

  async focus(id: MissionId) {
    const mission = this.board.mission(id)
    if (!mission || this.indexOf(id) < 0) return
    this.current = id
    this.page = mission.status
    await tick()
    const column = this.columns.get(mission.status)
    await column?.window.reveal(this.indexOf(id))
    const card = () => column?.list.querySelector<HTMLElement>(`[data-mission-id="${id}"]`)
    card()?.querySelector<HTMLElement>('[data-open]')?.focus({ preventScroll: true })
    // Heights that were guessed are measured over the next frames, and what turns out taller pushes this card away.
    for (let frame = 0; frame < settlingFrames && this.current === id; frame++) {
      card()?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
  }

  /** Moves the focus to a neighbouring card; sideways past empty columns, to the card at the same height. */
  go(from: MissionId, to: Direction) {
    const mission = this.board.mission(from)
    if (!mission) return
    const index = this.indexOf(from)
    if (to === 'up' || to === 'down') {
      const next = this.column(mission.status)[index + (to === 'down' ? 1 : -1)]
      if (next) void this.focus(next)
      return
    }
    const here = this.columns.get(mission.status)
    const y = here ? here.list.getBoundingClientRect().top + here.window.heights.offset(index) : 0
    for (let at = statuses.indexOf(mission.status) + (to === 'right' ? 1 : -1); statuses[at]; at += to === 'right' ? 1 : -1) {
      const cards = this.column(statuses[at]!)
      if (cards.length === 0) continue
      const there = this.columns.get(statuses[at]!)
      const beside = there ? there.window.heights.at(y - there.list.getBoundingClientRect().top + 1) : 0
      return void this.focus(cards[Math.max(0, beside)]!)
    }
  }

  goToEnd(from: MissionId, end: 'first' | 'last') {
    const mission = this.board.mission(from)
    const card = mission && this.column(mission.status).at(end === 'first' ? 0 : -1)
    if (card) void this.focus(card)
  }

  /** Moves a card one place on, or to the column beside. */
  step(id: MissionId, to: Direction) {
    const mission = this.board.mission(id)
    if (!mission) return
    const index = this.indexOf(id)
    if (to === 'up' || to === 'down') {
      const next = index + (to === 'down' ? 1 : -1)
      if (next >= 0 && next < this.column(mission.status).length) this.move(id, mission.status, next)
      return
    }
    const status = statuses[statuses.indexOf(mission.status) + (to === 'right' ? 1 : -1)]
    if (status) this.move(id, status, Math.min(index, this.column(status).length))
  }

  /** Moves a card to a place of a column, counted without the card, and keeps the focus on it. */
  move(id: MissionId, status: Status, index: number) {
    const mission = this.board.mission(id)
    if (!mission) return
    const at = this.#amongAll(id, status, index)
    if (!this.workspace.edit(`Moved ${quoted(mission.title)} to ${statusNames[status]}`, (doc) => moveMission(doc, id, status, at))) return
    this.say(`${quoted(mission.title)}: ${statusNames[status]}, ${this.indexOf(id) + 1} of ${this.column(status).length}`)
    // Whoever moves it on its page stays there.
    if (page.params.mission !== id || document.activeElement?.closest('[data-mission-id]')) void this.focus(id)
  }

  /** A place among the cards that are shown, counted among all of the column: right behind the card that is shown above it. */
  #amongAll(id: MissionId, status: Status, index: number): number {
    if (!this.filter) return index
    const all = this.board.column(status).filter((each) => each !== id)
    const shown = this.column(status).filter((each) => each !== id)
    const [above, below] = [shown[index - 1], shown[index]]
    return above ? all.indexOf(above) + 1 : below ? all.indexOf(below) : all.length
  }

  create(status: Status, title: string): boolean {
    const id = nanoid() as MissionId
    const projectId = this.filter === 'none' ? null : this.board.project(this.filter)?.id ?? null
    const done = this.workspace.edit(`Created ${quoted(title)}`, (doc) => createMission(doc, { id, title, status, projectId }, this.workspace.me.id, Date.now()))
    if (!done) return false
    this.say(`${quoted(title)} created in ${statusNames[status]}`)
    void tick().then(() => this.columns.get(status)?.window.reveal(this.column(status).length - 1))
    return true
  }

  rename(mission: Mission, title: string) {
    if (title === '' || title === mission.title) return
    this.workspace.edit(`Renamed ${quoted(mission.title)}`, (doc) => renameMission(doc, mission.id, title))
  }

  assign(mission: Mission, to: ActorId | null) {
    if (to === mission.assigneeId) return
    const name = this.board.member(to)?.name
    const words = to ? `Assigned ${quoted(mission.title)} to ${name ?? 'somebody'}` : `Took ${quoted(mission.title)} from its assignee`
    if (this.workspace.edit(words, (doc) => assignMission(doc, mission.id, to))) this.say(words)
  }

  putInProject(mission: Mission, projectId: ProjectId | null) {
    if (projectId === mission.projectId) return
    const name = this.board.project(projectId)?.name
    const words = name ? `Put ${quoted(mission.title)} into ${name}` : `Took ${quoted(mission.title)} out of its project`
    if (this.workspace.edit(words, (doc) => setProject(doc, mission.id, projectId))) this.say(words)
  }

  setDue(mission: Mission, day: string | null) {
    if (day === mission.dueOn) return
    const due = dueWords(day, Date.now(), undefined)
    const words = due ? `Made ${quoted(mission.title)} due ${due.text}` : `Took the due date off ${quoted(mission.title)}`
    if (this.workspace.edit(words, (doc) => setDueOn(doc, mission.id, day))) this.say(words)
  }

  prioritize(mission: Mission, priority: Priority) {
    if (priority === mission.priority) return
    const words = priority === 'none' ? `Took the priority off ${quoted(mission.title)}` : `Set the priority of ${quoted(mission.title)} to ${priorityNames[priority]}`
    if (this.workspace.edit(words, (doc) => setPriority(doc, mission.id, priority))) this.say(words)
  }

  addLabel(mission: Mission, label: string) {
    if (label === '' || mission.labels.includes(label)) return
    const words = `Put the label ${quoted(label)} on ${quoted(mission.title)}`
    if (this.workspace.edit(words, (doc) => setLabels(doc, mission.id, [...mission.labels, label]))) this.say(words)
  }

  removeLabel(mission: Mission, label: string) {
    const words = `Took the label ${quoted(label)} off ${quoted(mission.title)}`
    if (this.workspace.edit(words, (doc) => setLabels(doc, mission.id, mission.labels.filter((each) => each !== label)))) this.say(words)
  }

  createProjectFor(id: MissionId, name: string, colour: string): boolean {
    const projectId = nanoid() as ProjectId
    return this.workspace.edit(`Created the project ${quoted(name)}`, (doc) => {
      createProject(doc, projectId, name, colour)
      setProject(doc, id, projectId)
    })
  }

  archive(mission: Mission) {
    const { id, title, status } = mission
    const index = this.indexOf(id)
    const words = `Archived ${quoted(title)}`
    if (!this.workspace.edit(words, (doc) => archiveMission(doc, id, Date.now()))) return
    toast(words, {
      action: {
        label: 'Undo',
        run: () => {
          this.workspace.edit(`Brought back ${quoted(title)}`, (doc) => restoreMission(doc, id))
          void this.focus(id)
        },
      },
    })
    const cards = this.column(status)
    const next = cards[index] ?? cards[index - 1]
    const goOn = () => next && void this.focus(next)
    if (page.params.mission === id) void goto(this.path(), { noScroll: true }).then(goOn)
    else goOn()
  }

  undo() {
    undo(this.workspace, (mission) => this.archive(mission))
  }

  redo() {
    redo(this.workspace)
  }

  compose(status: Status) {
    if (!this.mayEdit) return
    this.page = status
    this.composing = status
  }

  openMenu(kind: MenuKind, mission: MissionId, anchor: Element) {
    if (!this.mayEdit) return
    this.current = mission
    this.menu = { kind, mission, anchor }
  }

  say(words: string) {
    this.said = words
  }
}

export const [useBoardView, provideBoardView] = createContext<BoardView>()
