import { goto } from '$app/navigation'
import type { Mission } from '#lib/board/mission.ts'
import { toast } from '#lib/ui/toast.ts'
import { quoted } from '#lib/wording.ts'
import type { Workspace } from '#lib/workspace/workspace.svelte.ts'

let dismiss = () => {}

function tell(words: string, action: { label: string; run: () => void } | null = null) {
  dismiss()
  dismiss = toast(words, { seconds: 5, action })
}

/** Takes back one's own newest edit of the board, and says what it was. `archive`: for a mission that is not undone away, because it has work on it. */
export function undo(workspace: Workspace, archive?: (mission: Mission) => void) {
  const step = workspace.undo()
  if (!step) return tell('There is nothing of yours to undo.')
  const project = workspace.board.project(step.keptProject ?? null)
  if (project) return tell(`The project ${quoted(project.name)} has something in it by now, so it is not undone.`, { label: 'Open it', run: () => void goto(`${workspace.path}/projects/${project.id}`) })
  if (!step.kept) return tell(`Undone: ${step.words}`, { label: 'Redo', run: () => redo(workspace) })
  const mission = workspace.board.mission(step.kept)
  if (mission) tell(`${quoted(mission.title)} has work on it by now, so it is not undone.`, archive ? { label: 'Archive it', run: () => archive(mission) } : null)
}

/** Does again what was just taken back. */
export function redo(workspace: Workspace) {
  const step = workspace.redo()
  tell(step ? `Done again: ${step.words}` : 'There is nothing of yours to do again.')
}
