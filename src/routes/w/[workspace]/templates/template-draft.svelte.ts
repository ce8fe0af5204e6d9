import { createContext } from 'svelte'
import type { MissionId } from '#lib/board/ids.ts'
import { fieldKey, fieldsUsed, type Template, type TemplateContent, type TemplateField, type TemplateMission } from '#lib/templates/template.ts'
import type { Workspace } from '#lib/workspace/workspace.svelte.ts'
import { changeTemplate, createTemplate, draftOf } from './template-calls.ts'

type Mutable<T> = T extends string ? T : T extends readonly (infer Item)[] ? Mutable<Item>[] : T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> } : T
export type DraftMission = Mutable<TemplateMission>
/** `isNew`: nothing has its key yet, so that goes along with its name. */
export type DraftField = Mutable<TemplateField> & { isNew?: boolean }

const copy = <T>(value: T): Mutable<T> => JSON.parse(JSON.stringify(value)) as Mutable<T>

/** `First customer` becomes `first_customer`; what others have gets a number. */
function keyFor(label: string, taken: readonly string[]): string {
  const words = label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 36)
  const plain = fieldKey.test(words) ? words : 'field'
  let [key, at] = [plain, 1]
  while (taken.includes(key)) key = `${plain}_${++at}`
  return key
}

const blankMission = (key: string): DraftMission => ({ key, title: '', description: '', project: '', assignee: '', priority: 'none', labels: [], autoRun: false, due: null, blockedBy: [], files: [] })

/** A template while somebody edits it: nothing is kept until they save. */
export class TemplateDraft {
  name = $state('')
  description = $state('')
  fields = $state<DraftField[]>([])
  missions = $state<DraftMission[]>([])
  busy = $state(false)
  /** Why it was not saved, and where. */
  problem = $state.raw<{ field: string; message: string } | null>(null)
  kept = $state.raw<Template | null>(null)
  readonly workspace: Workspace
  #saved = $state('')

  constructor(workspace: Workspace, template: Template | null) {
    this.workspace = workspace
    if (template) this.#take(template)
    else this.missions = [blankMission('m1')]
    this.#saved = this.#state
  }

  get #state() {
    return JSON.stringify([this.name, this.description, this.content])
  }

  get content(): TemplateContent {
    return { fields: this.fields.map(({ isNew: _, ...field }) => field), missions: this.missions }
  }

  get changed(): boolean {
    return this.#state !== this.#saved
  }

  #take(template: Template) {
    this.kept = template
    const { fields, missions } = copy(template.content)
    Object.assign(this, { name: template.name, description: template.description, fields, missions })
    this.#saved = this.#state
  }

  /** Takes what is on the server instead of what was edited here. */
  replace(template: Template) {
    this.#take(template)
    this.problem = null
  }

  addField() {
    this.fields.push({ key: keyFor('field', this.fields.map(({ key }) => key)), label: '', kind: 'text', required: true, default: '', choices: [], isNew: true })
  }

  nameField(field: DraftField, label: string) {
    field.label = label
    if (field.isNew && !this.uses(field.key)) field.key = keyFor(label, this.fields.filter((each) => each !== field).map(({ key }) => key))
  }

  /** Whether some mission has a field. */
  uses = (key: string) => this.missions.some((mission) => fieldsUsed(mission).some((used) => used.key === key))

  addMission() {
    this.missions.push(blankMission(this.#freeKey()))
  }

  removeMission(mission: DraftMission) {
    this.missions = this.missions.filter((each) => each !== mission)
    for (const each of this.missions) each.blockedBy = each.blockedBy.filter((key) => key !== mission.key)
  }

  moveMission(at: number, to: number) {
    const [mission] = this.missions.splice(at, 1)
    if (mission) this.missions.splice(to, 0, mission)
  }

  /** Takes a mission of the board in, as it is there. */
  async takeIn(id: MissionId): Promise<string | null> {
    const answered = await draftOf(this.workspace.id, { missions: [id], connected: false, files: true })
    if (!answered.ok) return answered.message
    const { fields, missions } = copy(answered.value.content)
    for (const field of fields) if (!this.fields.some(({ key }) => key === field.key)) this.fields.push(field)
    for (const mission of missions) this.missions.push({ ...mission, key: this.#freeKey(), blockedBy: [] })
    return null
  }

  /** True once it is kept. */
  async save(): Promise<boolean> {
    this.busy = true
    const body = { name: this.name, description: this.description, content: this.content }
    const answered = this.kept ? await changeTemplate(this.kept.id, this.kept.version, body) : await createTemplate(this.workspace.id, body)
    this.busy = false
    if (answered.ok) this.replace(answered.value.template)
    else this.problem = { field: answered.field ?? '', message: answered.message }
    return answered.ok
  }

  /** What is wrong with a part: `missions.2`, or `fields.0`. */
  problemOf = (part: string): string | null => {
    const { field, message } = this.problem ?? { field: '', message: '' }
    const path = field.replace(/^content\./, '')
    return path === part || path.startsWith(`${part}.`) ? message : null
  }

  #freeKey(): string {
    let at = this.missions.length + 1
    while (this.missions.some(({ key }) => key === `m${at}`)) at++
    return `m${at}`
  }
}

export const [useDraft, provideDraft] = createContext<TemplateDraft>()
