import type { Extension } from '@hocuspocus/server'
import { bodyOf } from '#lib/board/doc.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { hasOnlyBlocks, mendBlocks } from '#lib/editor/rich-text.ts'
import { parseDocumentName } from '#lib/sync/document-names.ts'
import type { Log } from '../log.ts'
import type { SyncContext } from './authenticate.ts'
import type { Documents } from './documents.ts'

/**
 * What an agent's program puts between the blocks of a text, bare words for example, becomes paragraphs: editors cannot show it
 * otherwise. Here, because pages that did so at the same time would each leave the words.
 */
export function mendTexts({ edit, log }: { edit: Documents['edit']; log: Log }): Extension<SyncContext> {
  return {
    extensionName: 'mend-texts',
    async afterLoadDocument({ document, documentName }) {
      const kind = parseDocumentName(documentName)?.kind
      if (kind !== 'mission' && kind !== 'doc') return
      const textOf = kind === 'mission' ? descriptionOf : bodyOf
      const text = textOf(document)
      let isMending = false
      const look = () => {
        if (isMending || hasOnlyBlocks(text)) return
        isMending = true
        // Not in the midst of the edit, nor of the loading.
        setImmediate(() => {
          edit(documentName, (doc) => mendBlocks(textOf(doc)))
            .catch((error: unknown) => log.error({ err: error, document: documentName }, 'text not mended'))
            .finally(() => {
              isMending = false
            })
        })
      }
      text.observe(look)
      look()
    },
  }
}
