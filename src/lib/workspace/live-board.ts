import type * as Y from 'yjs'
import {
  directoryOf, docsOf, factsOf, missionsOf, projectsOf, readDirectory, readDocs, readFacts, readMission, readProject,
} from '#lib/board/board-document.ts'
import type { Doc } from '#lib/board/doc.ts'
import { docTree, type DocNode } from '#lib/board/doc-tree.ts'
import type { ActorId, DocId, MissionId, ProjectId } from '#lib/board/ids.ts'
import { noFacts, type Facts, type Member, type Mission, type Project, type Status } from '#lib/board/mission.ts'
import { coo, proposalsOf, readProposal, type Proposal } from '#lib/board/proposal.ts'
import { BoardOrder } from './board-order.ts'
import { Signals } from './signals.ts'
import type { BoardSnapshot } from './snapshot.ts'

/** A project, or the missions that are in none. */
export type OfProject = ProjectId | 'none'

type Key = 'live' | 'runs' | `mission ${MissionId}` | `facts ${MissionId}` | `column ${Status}` | `column ${Status} of ${OfProject}` | 'projects' | 'docs' | 'directory'
  | 'proposals' | `proposal ${MissionId}`

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const byId = (a: Doc, b: Doc) => (a.id < b.id ? -1 : 1)
const noCards: readonly MissionId[] = []
const byAge = (a: Proposal, b: Proposal) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)
const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)

type Changes = Map<MissionId, { before: Mission | null; after: Mission | null }>

/**
 * The board as components read it: first from the server's snapshot, then from the live document. Whoever reads a mission
 * is rendered again when that mission changes, and only then; so with facts, columns, projects, docs, proposals and the directory.
 */
export class LiveBoard {
  #signals = new Signals<Key>()
  #order = new BoardOrder()
  #orders = new Map<OfProject, BoardOrder>()
  #missions = new Map<MissionId, Mission>()
  #facts = new Map<MissionId, Facts>()
  #projects = new Map<ProjectId, Project>()
  #docs = new Map<DocId, Doc>()
  #trees = new Map<ProjectId, DocNode[]>()
  #members = new Map<ActorId, Member>()
  #proposals = new Map<MissionId, Proposal>()
  #doc: Y.Doc | null = null
  #detach = () => {}

  constructor(snapshot: Pick<BoardSnapshot, 'missions' | 'projects' | 'docs' | 'directory'>) {
    for (const { facts, ...mission } of snapshot.missions) {
      // What an older version kept on this device has no order.
      this.#missions.set(mission.id, { ...mission, blockedBy: mission.blockedBy ?? [] })
      this.#facts.set(mission.id, facts)
    }
    for (const project of snapshot.projects) this.#projects.set(project.id, project)
    for (const doc of snapshot.docs ?? []) this.#docs.set(doc.id, doc)
    for (const member of snapshot.directory) this.#members.set(member.id, member)
    this.#place(new Map([...this.#missions].map(([id, mission]) => [id, { before: null, after: mission }])))
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

  /** Missions that have a run, with what the server states about them, in no order. Whoever reads this is rendered again when any of these runs changes. */
  get withRuns(): { id: MissionId; facts: Facts }[] {
    this.#signals.track('runs')
    return [...this.#facts].filter(([, { run }]) => run !== null).map(([id, facts]) => ({ id, facts }))
  }

  /** The cards of a column in order, of all projects or of one. */
  column(status: Status, of: OfProject | null = null): readonly MissionId[] {
    this.#signals.track(of ? `column ${status} of ${of}` : `column ${status}`)
    return (of ? this.#orders.get(of) : this.#order)?.column(status) ?? noCards
  }

  /** Whether some mission waits for this one. Not tracked. */
  isWaitedFor = (id: MissionId) => [...this.#missions.values()].some(({ blockedBy, archivedAt }) => archivedAt === null && blockedBy.includes(id))

  /** Labels that missions have, by name. Not tracked. */
  labels = () => [...new Set([...this.#missions.values()].flatMap(({ labels, archivedAt }) => (archivedAt === null ? labels : [])))].sort((a, b) => a.localeCompare(b))

  /** Where a card stands in its column, from 0, among all or those of one project; -1 for one that is not there. Not tracked. */
  indexOf = (id: MissionId, of: OfProject | null = null) => (of ? this.#orders.get(of) : this.#order)?.indexOf(id) ?? -1

  /** Projects that are not archived, by name. */
  get projects(): Project[] {
    this.#signals.track('projects')
    return [...this.#projects.values()].filter(({ archivedAt }) => archivedAt === null).sort(byName)
  }

  /** Archived projects, by name. */
  get archivedProjects(): Project[] {
    this.#signals.track('projects')
    return [...this.#projects.values()].filter(({ archivedAt }) => archivedAt !== null).sort(byName)
  }

  project(id: ProjectId | null): Project | null {
    this.#signals.track('projects')
    return id ? this.#projects.get(id) ?? null : null
  }

  /** The docs of all projects that are not deleted themselves, in no order. */
  get docs(): Doc[] {
    this.#signals.track('docs')
    return [...this.#docs.values()].filter(({ archivedAt }) => archivedAt === null)
  }

  /** `null` for one that is not there; one that is deleted and can be brought back is. */
  doc(id: DocId | null): Doc | null {
    this.#signals.track('docs')
    return id ? this.#docs.get(id) ?? null : null
  }

  /** The docs of a project, deleted ones included. */
  docTree(id: ProjectId): readonly DocNode[] {
    this.#signals.track('docs')
    let tree = this.#trees.get(id)
    if (!tree) this.#trees.set(id, tree = docTree(this.#docs.values(), id))
    return tree
  }

  /** What is proposed and not decided, or put aside; oldest first. Whoever reads this is rendered again when one comes, goes or is decided, not when one is edited. */
  proposed(state: 'open' | 'aside'): readonly MissionId[] {
    this.#signals.track('proposals')
    return [...this.#proposals.values()].filter((proposal) => proposal.state === state).sort(byAge).map(({ id }) => id)
  }

  /** `null` for one that is not there, and for all until the board is live. */
  proposal(id: MissionId): Proposal | null {
    this.#signals.track(`proposal ${id}`)
    return this.#proposals.get(id) ?? null
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
    const present = this.directory.filter(({ id, role }) => role !== 'former' && id !== coo.id)
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
    const docs = docsOf(doc)
    const directory = directoryOf(doc)
    const proposals = proposalsOf(doc)

    const onMissions = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => this.#readMissions(doc, changedIn(missions, events))
    const onProposals = (events: Y.YEvent<Y.AbstractType<unknown>>[]) => this.#readProposals(doc, changedIn(proposals, events))
    const onFacts = (event: Y.YMapEvent<unknown>) => this.#readFacts(doc, event.keysChanged as Set<string>)
    const onProjects = () => this.#readProjects(doc)
    const onDocs = () => this.#readDocs(doc)
    const onDirectory = () => this.#readDirectory(doc)

    missions.observeDeep(onMissions)
    proposals.observeDeep(onProposals)
    facts.observe(onFacts)
    projects.observeDeep(onProjects)
    docs.observeDeep(onDocs)
    directory.observe(onDirectory)
    this.#detach = () => {
      missions.unobserveDeep(onMissions)
      proposals.unobserveDeep(onProposals)
      facts.unobserve(onFacts)
      projects.unobserveDeep(onProjects)
      docs.unobserveDeep(onDocs)
      directory.unobserve(onDirectory)
    }

    this.#readDirectory(doc)
    this.#readProjects(doc)
    this.#readDocs(doc)
    this.#readFacts(doc, new Set([...this.#facts.keys(), ...facts.keys()]))
    this.#readMissions(doc, new Set([...this.#missions.keys(), ...missions.keys()]))
    this.#readProposals(doc, new Set([...this.#proposals.keys(), ...proposals.keys()]))
    this.#signals.changed('live')
  }

  detach() {
    this.#detach()
    this.#detach = () => {}
    this.#doc = null
    this.#signals.changed('live')
  }

  #readMissions(doc: Y.Doc, ids: ReadonlySet<string>) {
    const changes: Changes = new Map()
    for (const id of ids as ReadonlySet<MissionId>) {
      const before = this.#missions.get(id) ?? null
      const after = readMission(doc, id)
      if (same(before, after)) continue
      if (after) this.#missions.set(id, after)
      else this.#missions.delete(id)
      changes.set(id, { before, after })
    }
    const columns = this.#place(changes)
    for (const id of changes.keys()) this.#signals.changed(`mission ${id}`)
    for (const column of columns) this.#signals.changed(column)
  }

  /** Puts changed missions into the columns of all and of their projects; answers which columns are different now. */
  #place(changes: Changes): Key[] {
    const all = new Map<MissionId, Mission | null>()
    const byProject = new Map<OfProject, Map<MissionId, Mission | null>>()
    const note = (of: OfProject, id: MissionId, mission: Mission | null) => byProject.set(of, (byProject.get(of) ?? new Map<MissionId, Mission | null>()).set(id, mission))
    for (const [id, { before, after }] of changes) {
      all.set(id, after && onBoard(after))
      if (before) note(before.projectId ?? 'none', id, null)
      if (after) note(after.projectId ?? 'none', id, onBoard(after))
    }
    const changed: Key[] = [...this.#order.change(all)].map((status): Key => `column ${status}`)
    for (const [of, places] of byProject) {
      let order = this.#orders.get(of)
      if (!order) this.#orders.set(of, order = new BoardOrder())
      for (const status of order.change(places)) changed.push(`column ${status} of ${of}`)
    }
    return changed
  }

  #readFacts(doc: Y.Doc, ids: ReadonlySet<string>) {
    let runs = false
    for (const id of ids as ReadonlySet<MissionId>) {
      const facts = readFacts(doc, id)
      const before = this.#facts.get(id) ?? noFacts
      if (same(before, facts)) continue
      this.#facts.set(id, facts)
      runs ||= !same(before.run, facts.run)
      this.#signals.changed(`facts ${id}`)
    }
    if (runs) this.#signals.changed('runs')
  }

  #readProposals(doc: Y.Doc, ids: ReadonlySet<string>) {
    let listed = false
    for (const id of ids as ReadonlySet<MissionId>) {
      const before = this.#proposals.get(id) ?? null
      const after = readProposal(doc, id)
      if (same(before, after)) continue
      if (after) this.#proposals.set(id, after)
      else this.#proposals.delete(id)
      listed ||= before?.state !== after?.state
      this.#signals.changed(`proposal ${id}`)
    }
    if (listed) this.#signals.changed('proposals')
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

  #readDocs(doc: Y.Doc) {
    const docs = new Map(readDocs(doc).map((each) => [each.id, each]))
    if (same([...this.#docs.values()].sort(byId), [...docs.values()].sort(byId))) return
    this.#docs = docs
    this.#trees.clear()
    this.#signals.changed('docs')
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

/** The keys of a map of maps that events tell of. */
function changedIn(map: Y.Map<Y.Map<unknown>>, events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): Set<string> {
  const ids = new Set<string>()
  for (const event of events) {
    if (event.target === map) for (const id of event.keys.keys()) ids.add(id)
    else ids.add(String(event.path[0]))
  }
  return ids
}
