import type { Staff } from '#lib/board/staff.ts'
import { changeStaff, readStaff } from '../staff-calls.ts'
import { changedKeys, draftOf, fieldsOf, keyNames, mergeDraft, type DraftKey, type DraftProblems, type StaffDraft } from './staff-draft.ts'

/** What the API calls otherwise than the form. */
const apiFields: Readonly<Record<string, DraftKey>> = {
  'perRun.turns': 'turns', 'perRun.minutes': 'minutes', 'perRun.tokens': 'tokens', 'perRun.micros': 'money', 'perMonth.runs': 'monthRuns', 'perMonth.micros': 'monthMoney',
}
const isKey = (field: string): field is DraftKey => Object.hasOwn(keyNames, field)

/** A staff member under somebody's hands, while others may change it too. */
export class StaffForm {
  draft: StaffDraft = $state()!
  problems = $state.raw<DraftProblems>({})
  /** What was not saved, and why, where no field is to blame. */
  failed = $state<string | null>(null)
  busy = $state(false)
  #staff: Staff
  #base: StaffDraft = $state.raw()!
  #theirs = $state.raw<Partial<StaffDraft>>({})

  constructor(staff: Staff) {
    this.#staff = staff
    this.#base = draftOf(staff)
    this.draft = draftOf(staff)
  }

  get changed(): DraftKey[] {
    return changedKeys(this.#base, this.draft)
  }

  /** What others made of something that is changed here, too: somebody has to decide. */
  get conflicts(): Partial<StaffDraft> {
    return this.#theirs
  }

  /** Puts what the server has under what is being changed here. */
  take(staff: Staff) {
    const theirs = draftOf(staff)
    const { merged, both } = mergeDraft(this.#base, $state.snapshot(this.draft) as StaffDraft, theirs)
    this.#staff = staff
    this.#base = theirs
    if (JSON.stringify(merged) !== JSON.stringify(this.draft)) this.draft = merged
    const open = [...Object.keys(this.#theirs) as DraftKey[], ...both].filter((key) => this.changed.includes(key))
    this.#theirs = Object.fromEntries(open.map((key) => [key, theirs[key]])) as Partial<StaffDraft>
  }

  decide(key: DraftKey, whose: 'mine' | 'theirs') {
    if (whose === 'theirs') this.draft = { ...this.draft, [key]: this.#theirs[key] }
    this.#theirs = Object.fromEntries(Object.entries(this.#theirs).filter(([each]) => each !== key)) as Partial<StaffDraft>
  }

  discard() {
    this.draft = draftOf(this.#staff)
    this.problems = {}
    this.failed = null
    this.#theirs = {}
  }

  /** True when everything is saved. */
  async save(): Promise<boolean> {
    if (this.busy) return false
    this.problems = {}
    this.failed = null
    const checked = fieldsOf(this.draft, this.changed)
    if (Object.keys(checked.problems).length > 0) {
      this.problems = checked.problems
      return false
    }
    this.busy = true
    try {
      const now = await readStaff(this.#staff.id)
      if (!now.ok) return this.#fail(now)
      this.take(now.value.staff)
      if (Object.keys(this.#theirs).length > 0) {
        this.failed = 'Somebody changed the same meanwhile. Say below whose should stay, then save again.'
        return false
      }
      const { fields } = fieldsOf(this.draft, this.changed)
      if (Object.keys(fields).length === 0) return true
      const saved = await changeStaff(this.#staff.id, fields)
      if (!saved.ok) return this.#fail(saved)
      this.take(saved.value.staff)
      return this.changed.length === 0
    } finally {
      this.busy = false
    }
  }

  #fail({ field, message }: { field: string | null; message: string }): false {
    const key = apiFields[field ?? ''] ?? field
    if (key !== null && isKey(key)) this.problems = { [key]: message }
    else this.failed = `Nothing was saved. ${message}`
    return false
  }
}
