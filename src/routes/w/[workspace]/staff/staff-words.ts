import type { Autonomy, StaffEngine } from '#lib/board/staff.ts'
import type { Effect } from '#lib/board/tools.ts'
import type { ListedStaff } from '#lib/staff/answers.ts'

export const engineNames: Record<StaffEngine, string> = { openai: 'Language model', offline: 'Built in', external: 'Your own agent' }

export const engineWords: Record<StaffEngine, string> = {
  openai: 'Any model behind an OpenAI-compatible endpoint, with tools.',
  offline: 'Works without a model, a key or the network: it reads, counts, draws and cites. It extracts and does not invent.',
  external: 'A program of yours takes its runs over the API, with a token of this staff member.',
}

export const autonomyNames: Record<Autonomy, string> = { notify: 'Only reports', assist: 'Asks first', autonomous: 'Acts by itself' }

export const autonomyWords: Record<Autonomy, string> = {
  notify: 'Reads, comments and asks. It writes no files, changes no docs and reaches nothing outside.',
  assist: 'Each write and each call outside waits until somebody approves it: once, for the run, or always.',
  autonomous: 'Uses its tools without asking, within its bounds. You still decide what is done: its work goes to Review.',
}

export const effectNames: Record<Effect, string> = { read: 'Looks at the workspace', talk: 'Speaks with people', write: 'Leaves something behind', outside: 'Reaches outside' }

type State = ListedStaff['state']

export const stateNames: Record<State, string> = { ready: 'Ready', paused: 'Paused', no_engine: 'Needs a model', stopped: 'Stopped', over_budget: 'Budget used up' }
export const stateTones: Record<State, string> = { ready: 'tone-success', paused: 'tone-neutral', no_engine: 'tone-warning', stopped: 'tone-danger', over_budget: 'tone-warning' }
