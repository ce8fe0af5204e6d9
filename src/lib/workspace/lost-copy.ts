import * as Y from 'yjs'
import { boardRoots, docsOf, projectsOf, readMissions } from '#lib/board/board-document.ts'
import { chatRoots, readMessages } from '#lib/board/chat.ts'
import { statuses, statusNames } from '#lib/board/mission.ts'
import { descriptionOf, missionRoots, readComments } from '#lib/board/mission-document.ts'
import { draftOf, readEntries, runRoots } from '#lib/board/run-document.ts'
import { parseDocumentName, type DocumentName } from '#lib/sync/document-names.ts'

type Kind = DocumentName['kind']

const roots = { board: boardRoots, mission: missionRoots, run: runRoots, doc: ['body', 'comments'], chat: chatRoots } as const
const richText = new Set(['description', 'body'])
const plainText = new Set(['draft'])
const lists = new Set(['entries'])

const kindOf = (document: string): Kind => parseDocumentName(document)?.kind ?? 'doc'

function open<T>(update: Uint8Array, read: (doc: Y.Doc) => T): T {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  const content = read(doc)
  doc.destroy()
  return content
}

/** What a person saves of a document whose edits were refused: a name for the file, and all of its content as JSON. */
export function lostCopy({ document, title, content }: { document: string; title: string | null; content: Uint8Array }): { name: string; json: string } {
  const kind = kindOf(document)
  const found = open(content, (doc) => {
    const all: Record<string, unknown> = {}
    for (const root of roots[kind]) {
      all[root] = richText.has(root) ? paragraphs(doc.get(root, Y.XmlElement) as Y.XmlElement)
        : plainText.has(root) ? doc.getText(root).toJSON()
        : lists.has(root) ? doc.getArray(root).toJSON()
        : doc.getMap(root).toJSON()
    }
    return all
  })
  return { name: `${fileName(title) || document.replace('/', '-')}.json`, json: JSON.stringify({ document, ...title ? { title } : {}, ...found }, null, 2) }
}

/** The same as text to read and to paste: a mission's description and comments, a board's cards by column. */
export function lostText({ document, title, content }: { document: string; title: string | null; content: Uint8Array }): string {
  const parts = open(content, (doc) => partsOf[kindOf(document)](doc))
  return [...title ? [title] : [], ...parts].filter((part) => part !== '').join('\n\n')
}

const partsOf: Record<Kind, (doc: Y.Doc) => string[]> = {
  board(doc) {
    const missions = readMissions(doc).filter(({ archivedAt }) => archivedAt === null)
    return [
      ...statuses.map((status) => list(statusNames[status], missions.filter((mission) => mission.status === status).map((mission) => mission.title))),
      list('Projects', [...projectsOf(doc).values()].map((project) => String(project.get('name') ?? ''))),
      list('Docs', [...docsOf(doc).values()].map((each) => String(each.get('title') ?? ''))),
    ]
  },
  mission: (doc) => [
    ...paragraphs(descriptionOf(doc)),
    list('Comments', readComments(doc).map(({ body }) => body)),
  ],
  run: (doc) => [draftOf(doc).toString(), list('Log', readEntries(doc).map(({ text }) => text))],
  doc: (doc) => [
    ...paragraphs(doc.get('body', Y.XmlElement) as Y.XmlElement),
    list('Comments', readComments(doc).map(({ body }) => body)),
  ],
  chat: (doc) => readMessages(doc).map(({ body }) => body),
}

const list = (heading: string, entries: readonly string[]) =>
  entries.length > 0 ? [`${heading}:`, ...entries.map((entry) => `- ${entry.replaceAll('\n', '\n  ')}`)].join('\n') : ''

const fileName = (title: string | null) => title?.replace(/[^\p{L}\p{N}._-]+/gu, ' ').trim().slice(0, 80) ?? ''

/** The words of rich text, a string for each block. */
const paragraphs = (root: Y.XmlElement): string[] =>
  root.toArray().map((block) => words(block)).filter((text) => text !== '')

function words(node: unknown): string {
  if (node instanceof Y.XmlText) {
    return (node.toDelta() as { insert: unknown }[]).map(({ insert }) => (typeof insert === 'string' ? insert : words(insert))).join('')
  }
  if (node instanceof Y.XmlElement) return node.toArray().map(words).filter((text) => text !== '').join('\n')
  return ''
}
