import type { Refusal } from '#lib/sync/connection.ts'
import { parseDocumentName } from '#lib/sync/document-names.ts'
import { saveFile } from '#lib/ui/save-file.ts'
import { toast } from '#lib/ui/toast.ts'
import { lostCopy } from '#lib/workspace/lost-copy.ts'

const places = { board: 'The board', mission: 'The mission', run: 'The run', doc: 'The page' }

/** Says what the server refused and what became of it, and offers what was lost as a file. */
export function tellRefusal({ document, title, message, lost, stopped }: Refusal) {
  const kind = parseDocumentName(document)?.kind ?? 'doc'
  const place = kind === 'mission' && title ? `“${title}”` : places[kind]
  const outcome = stopped
    ? 'It was refused several times, so it is closed here: load the page anew to go on.'
    : `${place} is back to what the server has; your last change to it is undone, and kept under Undone changes.`
  toast(`The server did not take a change. ${message} ${outcome}`, {
    tone: 'danger',
    seconds: 0,
    action: {
      label: 'Save a copy',
      run() {
        const { name, json } = lostCopy({ document, title, content: lost })
        saveFile(name, json, 'application/json')
      },
    },
  })
}
