import type { IntakeRequest, IntakeResult } from '../intake.ts'

const longestTitle = 80

/** Makes one proposal of what was written, as it stands. */
export function intake({ text, projectId }: IntakeRequest): IntakeResult {
  const words = text.trim()
  if (!words) return { reply: 'Tell me what you need.', proposals: [] }
  const [first = ''] = words.split(/\n|(?<=[.!?])\s/)
  const title = first.length > longestTitle ? `${first.slice(0, longestTitle)}…` : first
  return {
    reply: 'Without a model I put what you wrote before you as one mission.',
    proposals: [{ title, description: words, projectId, assigneeId: null, why: '', priority: 'none', dueOn: null, autoRun: false, size: null, blockedBy: [], duplicates: [], questions: [] }],
  }
}
