import type { ActorId, DocId, MissionId, NoteId, RunId } from '#lib/board/ids.ts'

const noteStates = ['proposed', 'accepted', 'declined', 'forgotten'] as const
/** `forgotten`: it was accepted, and somebody took it back. */
export type NoteState = (typeof noteStates)[number]

/** What a staff member would remember. Nothing of it is read by runs before a person accepts it; then it is the doc `docId`. */
export type Note = {
  id: NoteId
  staffId: ActorId
  mission: { id: MissionId; title: string }
  runId: RunId
  text: string
  why: string
  state: NoteState
  at: number
  decidedBy: ActorId | null
  decidedAt: number | null
  docId: DocId | null
}
