import { parseDocumentName } from '#lib/sync/document-names.ts'
import { actorIn, answer, json } from '../../../../answer.ts'

/** Whose the client ids of a document are, for whoever may open it. */
export const GET = answer(async (event) => {
  const { sync } = event.locals.services
  const { kind, id } = event.params as { kind: string; id: string }
  const document = parseDocumentName(`${kind}/${id}`)
  await actorIn(event, document && await sync.workspaceOf(document))
  return json({ authors: Object.fromEntries(await sync.authorsOf(`${kind}/${id}`)) })
})
