import type { ActorId, MissionId, ProjectId } from '#lib/board/ids.ts'
import type { Priority } from '#lib/board/mission.ts'
import type { IntakeRequest } from '../../intake.ts'

/**
 * A proposal that a request should lead to. `title`: each must be in it, whatever the case. `who`, `project`: a name; `'ask'`: a question about it;
 * `null`: nobody and nothing. Without `who` a staff member may be suggested, and no person. `due` and `project` are none unless they are given.
 * `after`: places of what comes before it. `asks`: must be in a question or its choices. `says`: must be in the description; `good`: among what a good result has.
 */
export type Wanted = {
  title: readonly string[]
  not?: readonly string[]
  who?: string | null
  due?: string | null
  project?: string | null
  priority?: Priority
  after?: readonly number[]
  asks?: readonly string[]
  says?: readonly string[]
  good?: readonly string[]
  duplicates?: readonly string[]
}

/** `reply`: what the answer must say. */
export type Case = { id: string; style: string; text: string; wanted: readonly Wanted[]; reply?: RegExp; projectOfPage?: string }

const named = <Id extends string>(names: readonly string[]) => names.map((name) => ({ id: name.toLowerCase().replace(/[^a-z]+/g, '-') as Id, name }))

/** Where all requests of the evaluation are made: Mara asks, on Thursday, 26 November 2026, in the afternoon in Berlin. */
export const world: Omit<IntakeRequest, 'text' | 'projectId'> = {
  files: [],
  now: Date.UTC(2026, 10, 26, 14),
  timeZone: 'Europe/Berlin',
  by: 'mara-lindt' as ActorId,
  people: named<ActorId>(['Mara Lindt', 'Bo Larsen', 'Ann Miller', 'Ann Porter', 'Jonas Weber', 'Priya Raman', 'Chloe Dubois']),
  staff: [
    { id: 'analyst' as ActorId, name: 'Analyst', role: 'Reads documents and tables, and says what the numbers mean' },
    { id: 'writer' as ActorId, name: 'Writer', role: 'Turns notes into texts that people read to the end' },
    { id: 'researcher' as ActorId, name: 'Researcher', role: 'Finds what is known, and where it says so' },
  ],
  projects: named<ProjectId>(['Website relaunch', 'Spring menu', 'Office move']),
  missions: [
    { id: 'menu-board' as MissionId, title: 'Write the new menu board', status: 'backlog' },
    { id: 'cups' as MissionId, title: 'Find cups whose lids do not leak', status: 'in_progress' },
    { id: 'privacy' as MissionId, title: 'Update the privacy policy', status: 'review' },
    { id: 'fonts' as MissionId, title: 'Choose the fonts', status: 'done' },
  ],
}
