import type { RunCode } from '#lib/board/run-record.ts'

/** What somebody can do about how a run ended or waits. `at` is where: the workspace's settings, or the staff member's page. */
type NextStep = { words: string; at: 'settings' | 'staff' | null }

const steps: Partial<Record<RunCode, NextStep>> = {
  cancelled: { words: 'Somebody stopped it. What it made until then is kept. Retry begins anew.', at: null },
  stopped: { words: 'All work of staff was stopped. Once an owner or member lets it go on, retry.', at: 'settings' },
  mission_over: { words: 'Nobody works on a mission that is done, archived or given to somebody else.', at: null },
  worker_lost: { words: 'Its workers fell silent several times: they were killed, cut off, or the machine is too busy. See the workers in the settings, then retry.', at: 'settings' },
  worker_failed: { words: 'The log says how far it came. Put right what stopped it, then retry: the new run stands beside this one.', at: null },
  turns: { words: 'It went in circles, or the work is larger than its bound. Narrow the mission, or raise the turns on its page.', at: 'staff' },
  minutes: { words: 'The work takes longer than its bound. Narrow the mission, or raise the minutes on its page.', at: 'staff' },
  tokens: { words: 'It read or wrote more than its bound allows. Narrow the mission, or raise the tokens on its page.', at: 'staff' },
  money: { words: 'It reached what one run may cost. Choose a cheaper model, or raise the bound on its page.', at: 'staff' },
  month_money: { words: 'It used up what it may spend this month. Raise the bound on its page, or wait for the next month.', at: 'staff' },
  month_runs: { words: 'It had as many runs as it may have this month. Raise the bound on its page, or wait for the next month.', at: 'staff' },
  engine_refused: { words: 'The model’s provider said no, in the words above. Check the key, the model’s name and the account, test the connection, then retry.', at: 'settings' },
  engine_unreachable: { words: 'The model’s endpoint did not answer, though it was tried again several times. See whether it is up, then retry.', at: 'settings' },
  engine_answer: { words: 'The model answered in a way that could not be used. Retry, or choose another model.', at: 'staff' },
  no_engine: { words: 'No model is set for this workspace. Set its endpoint, then retry.', at: 'settings' },
  no_room: { words: 'What it made could not be stored. Make room on the server’s disk or raise the limit, then retry.', at: null },
}

/** `null` where there is nothing to do: it goes well, or waits for what is shown beside it. */
export const nextStep = (code: RunCode): NextStep | null => steps[code] ?? null

/** Where refusals to start lead, beside their words. */
export const refusalStep = (code: string): { label: string; at: 'settings' | 'staff' } | null =>
  code === 'no_engine' ? { label: 'Set a model', at: 'settings' }
  : code === 'stopped' ? { label: 'Open the settings', at: 'settings' }
  : code === 'paused' || code === 'month_runs' || code === 'month_money' ? { label: 'Open its page', at: 'staff' }
  : null
