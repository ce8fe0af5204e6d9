import type { RoutineId } from '#lib/board/ids.ts'
import type { Routine } from '#lib/routines/routine.ts'
import { changeRoutine, createRoutine } from '../routine-calls.ts'
import { changedParts, draftOf, fieldsOf, mergeDraft, newDraft, problemsOf, type PartKey, type Problems, type RoutineDraft } from './routine-draft.ts'
import type { WorkspaceId } from '#lib/board/ids.ts'

/** A routine under somebody's hands, while others may change it too; or one that is not there yet. */
export class RoutineForm {
  draft: RoutineDraft = $state()!
  problems = $state.raw<Problems>({})
  /** What was not saved, and why, where no field is to blame. */
  failed = $state<string | null>(null)
  busy = $state(false)
  /** What others made of something that is changed here, too. */
  both = $state.raw<readonly PartKey[]>([])
  #base: RoutineDraft = $state.raw()!
  readonly #zone: string

  constructor(routine: Routine | null, zone: string, staffId = '') {
    this.#zone = zone
    this.#base = routine ? draftOf(routine, zone) : newDraft(zone, staffId)
    this.draft = { ...this.#base }
  }

  get changed(): PartKey[] {
    return changedParts(this.#base, this.draft)
  }

  /** Puts what the server has under what is being changed here. */
  take(routine: Routine) {
    const theirs = draftOf(routine, this.#zone)
    const { merged, both } = mergeDraft(this.#base, $state.snapshot(this.draft), theirs)
    this.#base = theirs
    if (JSON.stringify(merged) !== JSON.stringify(this.draft)) this.draft = merged
    this.both = [...new Set([...this.both, ...both])].filter((part) => this.changed.includes(part))
  }

  discard() {
    this.draft = { ...this.#base }
    this.#clear()
  }

  #clear() {
    this.problems = {}
    this.failed = null
    this.both = []
  }

  #checked(parts: readonly PartKey[] | null): boolean {
    const all = problemsOf(this.draft, Date.now())
    this.#clear()
    this.problems = Object.fromEntries(Object.entries(all).filter(([field]) => parts === null || parts.some((part) => field === part || field.startsWith(`${part}.`))))
    return Object.keys(this.problems).length === 0
  }

  #fail({ field, message }: { field: string | null; message: string }): null {
    if (field !== null) this.problems = { [field]: message }
    else this.failed = `Nothing was saved. ${message}`
    return null
  }

  async save(id: RoutineId): Promise<Routine | null> {
    const { changed } = this
    if (this.busy || !this.#checked(changed)) return null
    this.busy = true
    const fields = fieldsOf(this.draft)
    const saved = await changeRoutine(id, Object.fromEntries(changed.map((part) => [part, fields[part]])))
    this.busy = false
    if (!saved.ok) return this.#fail(saved)
    this.take(saved.value.routine)
    this.both = []
    return saved.value.routine
  }

  async create(workspace: WorkspaceId): Promise<Routine | null> {
    if (this.busy || !this.#checked(null)) return null
    this.busy = true
    const made = await createRoutine(workspace, fieldsOf(this.draft))
    this.busy = false
    if (!made.ok) return this.#fail(made)
    // Whoever leaves the page now leaves nothing behind.
    this.#base = { ...this.draft }
    return made.value.routine
  }
}
