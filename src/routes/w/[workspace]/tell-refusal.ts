import type { Refusal } from '#lib/sync/connection.ts'
import { parseDocumentName } from '#lib/sync/document-names.ts'
import { saveFile } from '#lib/ui/save-file.ts'
import { toast } from '#lib/ui/toast.ts'
import { lostCopy } from '#lib/workspace/lost-copy.ts'

const places = { board: 'The board', mission: 'The mission', run: 'The run', doc: 'The page', chat: 'The chat' }

/** What is refused within this time has one cause, and is told as one. */
const togetherMs = 4_000

/** Says what the server refused and what became of it, and offers what was lost. */
export function refusalTeller(showUndone: () => void) {
  let told: Refusal[] = []
  let at = 0
  let dismiss = () => {}

  return (refusal: Refusal) => {
    const now = Date.now()
    told = now - at < togetherMs ? [...told, refusal] : [refusal]
    at = now
    if (told.length > 1) dismiss()
    const words = told.length === 1 ? one(refusal) : several(told)
    dismiss = toast(words, {
      tone: 'danger',
      seconds: 0,
      action: told.length === 1 ? { label: 'Save a copy', run: () => save(refusal) } : { label: 'Show them', run: showUndone },
    })
  }
}

function one({ document, title, message, stopped }: Refusal) {
  const kind = parseDocumentName(document)?.kind ?? 'doc'
  const place = kind === 'mission' && title ? `“${title}”` : places[kind]
  return `The server did not take a change. ${message} ${stopped
    ? 'It was refused several times, so it is closed here: load the page anew to go on.'
    : `${place} is back to what the server has; what you did is kept under Undone changes.`}`
}

function several(refusals: readonly Refusal[]) {
  const reasons = new Set(refusals.map(({ message }) => message))
  const places = new Set(refusals.map(({ document }) => document)).size
  return `The server did not take changes in ${places === 1 ? 'one place' : `${places} places`}. ${reasons.size === 1 ? `${[...reasons][0]} ` : ''}They are undone, and kept under Undone changes.`
}

function save({ document, title, lost }: Refusal) {
  const { name, json } = lostCopy({ document, title, content: lost })
  saveFile(name, json, 'application/json')
}
