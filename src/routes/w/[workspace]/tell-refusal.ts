import type { Refusal } from '#lib/sync/connection.ts'
import { parseDocumentName } from '#lib/sync/document-names.ts'
import { toast } from '#lib/ui/toast.ts'
import { lostCopy } from '#lib/workspace/lost-copy.ts'

const places = { board: 'The board', mission: 'The mission', run: 'The run', doc: 'The page' }

/** Says what the server refused and what became of it, and offers what was lost as a file. */
export function tellRefusal({ document, message, lost, stopped }: Refusal) {
  const place = places[parseDocumentName(document)?.kind ?? 'doc']
  const outcome = stopped
    ? 'It was refused several times, so it is closed here: load the page anew to go on.'
    : `${place} is back to what the server has; your last change to it is undone.`
  toast(`The server did not take a change. ${message} ${outcome}`, {
    tone: 'danger',
    seconds: 0,
    action: { label: 'Save a copy', run: () => save(lostCopy(document, lost)) },
  })
}

function save({ name, json }: { name: string; json: string }) {
  const url = URL.createObjectURL(new Blob([json], { type: 'application/json' }))
  const link = window.document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
