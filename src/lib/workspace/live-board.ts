import type * as Y from 'yjs'
import { directoryOf, factsOf, missionsOf, projectsOf, readDirectory, readFacts, readMission, readProject } from '#lib/board/board-document.ts'
import type { ActorId, MissionId, ProjectId } from '#lib/board/ids.ts'
import { noFacts, type Facts, type Member, type Mission, type Project, type Status } from '#lib/board/mission.ts'
import { BoardOrder } from './board-order.ts'
import { Signals } from './signals.ts'
import type { BoardSnapshot } from './snapshot.ts'

type Key = 'live' | `mission ${MissionId}` | `facts ${MissionId}` | `column ${Status}` | 'projects' | 'directory'

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)

/**
 * The board as components read it: first from the server's snapshot, then from the live document. Whoever reads a mission
 * is rendered again when that mission changes, and only then; so with facts, columns, projects and the directory.
 */
export class LiveBoard {
  #signals = new Signals<Key>()
  #order = new BoardOrder()
  #missions = new Map<MissionId, Mission>()
  #facts = new Map<MissionId, Facts>()
  #projects = new Map<ProjectId, Project>()
  #members = new Map<ActorId, Member>()
  #doc: Y.Doc | null = null
  #detach = () => {}

  constructor(snapshot: Pick<BoardSnapshot, 'missions' | 'projects' | 'directory'>) {
    for (const { facts, ...mission } of snapshot.missions) {
      this.#missions.set(mission.id, mission)
      this.#facts.set(mission.id, facts)
    }
    for (const project of snapshot.projects) this.#projects.set(project.id, project)
    for (const member of snapshot.directory) this.#members.set(member.id, member)
    this.#order.change(new Map([...this.#missions].map(([id, mission]) => [id, onBoard(mission)])))
  }

  /** Whether what is shown comes from the live document. */
  get live(): boolean {
    this.#signals.track('live')
    return this.#doc !== null
  }

  /** `null` for a mission that is not there; one that is archived is known once the board is live. */
  mission(id: MissionId): Mission | null {
    this.#signals.track(`mission ${id}`)
    return this.#missions.get(id) ?? null
  }

  facts(id: MissionId): Facts {
    this.#signals.track(`facts ${id}`)
    return this.#facts.get(id) ?? noFacts
  }

  /** The cards of a column in order. */
  column(status: Status): readonly MissionId[] {
    this.#signals.track(`column ${status}`)
    return this.#order.column(status)
  }

  /** Where a card stands in its column, from 0; -1 for one that is not on the board. Not tracked. */
  indexOf = (id: MissionId) => this.#order.indexOf(id)

  /** Projects that are not archived, by name. */
  get projects(): Project[] {
    this.#signals.track('projects')
    return [...this.#projects.values()].filter(({ archivedAt }) => archivedAt === null).sort(byName)
  }

  project(id: ProjectId | null): Project | null {
    this.#signals.track('projects')
    return id ? this.#projects.get(id) ?? null : null
  }

  get directory(): Member[] {
    this.#signals.track('directory')
    return [...this.#members.values()].sort(byName)
  }

  member(id: ActorId | null): Member | null {
    this.#signals.track('directory')
    return id ? this.#members.get(id) ?? null : null
  }

  /** Whom a mission can be given to. */
  get assignable(): { staff: Member[]; people: Member[] } {
    const present = this.directory.filter(({ role }) => role !== 'former')
    return {
      staff: present.filter(({ kind }) => kind === 'staff'),
      people: present.filter(({ kind, role }) => kind === 'person' && role !== 'viewer'),
    }
  }

  /** Shows this document from now on. What it has differently is rendered again, the rest is left alone. */
  attach(doc: Y.Doc) {
    this.#detach()
    this.#doc = doc
    const missions = missionsOf(doc)
    const facts = factsOf(doc)
    const projects = projectsOf(doc)
    const directory = directoryOf(doc)

    const onMissions = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => {
      const ids = new Set<string>()
      for (const event of events) {
        if (event.target === missions) for (const id of event.keys.keys()) ids.add(id)
        else ids.add(String(event.path[0]))
      }
      this.#readMissions(doc, ids)
    }
    const onFacts = (event: Y.YMapEvent<unknown>) => this.#readFacts(doc, event.keysChanged as Set<string>)
    const onProjects = () => this.#readProjects(doc)
    const onDirectory = () => this.#readDirectory(doc)

    missions.observeDeep(onMissions)
    facts.observe(onFacts)
    projects.observeDeep(onProjects)
    directory.observe(onDirectory)
    this.#detach = () => {
      missions.unobserveDeep(onMissions)
      facts.unobserve(onFacts)
      projects.unobserveDeep(onProjects)
      directory.unobserve(onDirectory)
    }

    this.#readDirectory(doc)
    this.#readProjects(doc)
    this.#readFacts(doc, new Set([...this.#facts.keys(), ...facts.keys()]))
    this.#readMissions(doc, new Set([...this.#missions.keys(), ...missions.keys()]))
    this.#signals.changed('live')
  }

  detach() {
    this.#detach()
    this.#detach = () => {}
    this.#doc = null
    this.#signals.changed('live')
  }

  #readMissions(doc: Y.Doc, ids: ReadonlySet<string>) {
    const places = new Map<MissionId, Mission | null>()
    for (const id of ids as ReadonlySet<MissionId>) {
      const mission = readMission(doc, id)
      if (same(this.#missions.get(id) ?? null, mission)) continue
      if (mission) this.#missions.set(id, mission)
      else this.#missions.delete(id)
      places.set(id, mission && onBoard(mission))
    }
    const columns = this.#order.change(places)
    for (const id of places.keys()) this.#signals.changed(`mission ${id}`)
    for (const status of columns) this.#signals.changed(`column ${status}`)
  }

  #readFacts(doc: Y.Doc, ids: ReadonlySet<string>) {
    for (const id of ids as ReadonlySet<MissionId>) {
      const facts = readFacts(doc, id)
      if (same(this.#facts.get(id) ?? noFacts, facts)) continue
      this.#facts.set(id, facts)
      this.#signals.changed(`facts ${id}`)
    }
  }

  #readProjects(doc: Y.Doc) {
    const projects = new Map<ProjectId, Project>()
    for (const id of projectsOf(doc).keys() as IterableIterator<ProjectId>) {
      const project = readProject(doc, id)
      if (project) projects.set(id, project)
    }
    if (same([...this.#projects].sort(), [...projects].sort())) return
    this.#projects = projects
    this.#signals.changed('projects')
  }

  #readDirectory(doc: Y.Doc) {
    const members = readDirectory(doc)
    // The server fills it: until it has, the snapshot knows more.
    if (members.length === 0 || same(this.directory, members)) return
    this.#members = new Map(members.map((member) => [member.id, member]))
    this.#signals.changed('directory')
  }
}

const onBoard = (mission: Mission) => (mission.archivedAt === null ? mission : null)
