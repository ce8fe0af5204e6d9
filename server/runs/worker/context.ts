import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { readDirectory, readDocs, readMission, readProject } from '#lib/board/board-document.ts'
import { bodyOf } from '#lib/board/doc.ts'
import { docTree, linesOf, present } from '#lib/board/doc-tree.ts'
import { descriptionOf, readComments, readFiles, readRuns } from '#lib/board/mission-document.ts'
import type { Comment } from '#lib/board/comments.ts'
import type { ActorId, CommentId, DocId, ProjectId } from '#lib/board/ids.ts'
import { referenceUrl } from '#lib/board/reference.ts'
import { readMarkdown } from '#lib/editor/markdown.ts'
import type { Connection } from '#lib/sync/connection.ts'
import { boardDocument, briefDocument, docDocument, missionDocument } from '#lib/sync/document-names.ts'
import { counted } from '#lib/wording.ts'
import type { Attachment, RunContext } from '../engine.ts'
import type { Claim } from '../protocol.ts'
import { untilAborted } from '../until-aborted.ts'
import type { Api } from './api.ts'
import type { Manifest, Source } from './manifest.ts'
import { assembleMemory } from './memory.ts'
import { reviewsFor } from './reviews.ts'

const versionOf = (doc: Y.Doc) => createHash('sha256').update(Y.encodeStateVector(doc)).digest('hex').slice(0, 16)
/** Of all docs of a project together, in characters: more than a run could make use of. */
const longestDocs = 400_000

const bytes = (text: string) => Buffer.byteLength(text)
/** What a comment is about goes before it, as Markdown quotes. */
const withQuote = ({ body, quote }: Comment) => (quote ? `${quote.text.replace(/^/gm, '> ')}\n\n${body}` : body)

/** A description that is longer is not kept with the run: what differs now is then not shown. */
const longestKept = 200_000

/** Reads all that the run may know, and notes what was read in which version. */
export async function assembleContext(connection: Connection, api: Api, claim: Claim, signal: AbortSignal): Promise<{ context: RunContext; manifest: Manifest }> {
  async function read<T>(name: string, work: (doc: Y.Doc) => T): Promise<T> {
    const document = connection.open(name)
    try {
      await untilAborted(document.whenReady(), signal)
      return work(document.doc)
    } finally {
      connection.close(document)
    }
  }

  const board = await read(boardDocument(claim.workspaceId), (doc) => {
    const mission = readMission(doc, claim.missionId)
    if (!mission) throw new Error('The mission is not on the board any more.')
    const names = new Map(readDirectory(doc).map((member) => [member.id, member]))
    return { mission, names, project: mission.projectId && readProject(doc, mission.projectId), docs: docsInOrder(doc, mission.projectId) }
  })
  const nameOf = (id: ActorId) => board.names.get(id)?.name ?? 'somebody who left'

  const mission = await read(missionDocument(claim.missionId), (doc) => ({
    description: readMarkdown(descriptionOf(doc)),
    comments: readComments(doc).map((comment) => ({ id: comment.id, author: nameOf(comment.by), body: withQuote(comment), createdAt: comment.createdAt })),
    reviews: reviewsFor(doc, nameOf),
    earlier: readRuns(doc).filter((run) => run.id !== claim.runId && run.summary).map(({ summary, endedAt }) => ({ summary, endedAt: endedAt ?? 0 })),
    files: readFiles(doc),
    version: versionOf(doc),
  }))

  const brief = board.project
    ? await read(briefDocument(board.project.id), (doc) => ({ text: readMarkdown(bodyOf(doc)), version: versionOf(doc) }))
    : null

  const docs: { id: DocId; title: string; text: string; version: string; cut: boolean }[] = []
  let room = longestDocs
  for (const { id, title } of board.docs) {
    if (room <= 0) break
    const { text, version } = await read(docDocument(id), (doc) => ({ text: readMarkdown(bodyOf(doc)), version: versionOf(doc) }))
    docs.push({ id, title: title || 'Untitled', text: text.slice(0, room), version, cut: text.length > room })
    room -= text.length
  }

  const attachments = mission.files.filter(({ kind }) => kind === 'attachment').map(({ id, name, type, size, version, hash }): Attachment => ({
    id, name, type, size, version, hash,
    read: async () => new Uint8Array(await (await api.content(id, version, signal)).arrayBuffer()),
    stream: async () => (await api.content(id, version, signal)).body as ReadableStream<Uint8Array>,
    text: () => api.text(id, version, signal),
  }))

  const memory = await assembleMemory(await api.memory(claim.runId, signal), { api, signal, readDoc: (id) => read(docDocument(id), (doc) => ({ text: readMarkdown(bodyOf(doc)), version: versionOf(doc) })) })

  const commentOf = (id: CommentId) => {
    const found = mission.comments.find((comment) => comment.id === id)
    return found ? { author: found.author, body: found.body, createdAt: found.createdAt } : null
  }
  const text = (kind: Source['kind'], name: string, content: string, version: string): Source[] =>
    content ? [{ kind, name, version, size: bytes(content), cut: false }] : []
  return {
    context: {
      runId: claim.runId,
      startedAt: claim.createdAt,
      staff: claim.staff,
      mission: { id: claim.missionId, title: board.mission.title, description: mission.description },
      project: board.project && brief ? { name: board.project.name, brief: brief.text, docs: docs.map(({ title, text }) => ({ title, text })) } : null,
      comments: mission.comments.map(({ author, body, createdAt }) => ({ author, body, createdAt })),
      reviews: mission.reviews,
      note: claim.note,
      attachments,
      earlier: mission.earlier,
      wokenBy: claim.cause.kind === 'mention' ? commentOf(claim.cause.commentId) : null,
      handedOver: claim.cause.kind === 'hand_over' ? { from: nameOf(claim.cause.from), note: claim.cause.note } : null,
      memory: memory.map(({ piece }) => piece),
      artifacts: mission.files.filter(({ kind }) => kind === 'artifact').map(({ id, name, type, size, version, createdAt }) => ({ id, name, type, size, version, createdAt })),
      colleagues: [...board.names.values()].filter(({ kind, id }) => kind === 'staff' && id !== claim.staffId).map(({ id, name, role }) => ({ id, name, role })),
    },
    manifest: {
      sources: [
        ...text('mission', board.mission.title, `${board.mission.title}\n${mission.description}`, mission.version)
          .map((source) => (mission.description.length <= longestKept ? { ...source, text: mission.description } : source)),
        ...text('brief', board.project?.name ?? '', brief?.text ?? '', brief?.version ?? ''),
        ...docs.flatMap(({ id, title, text: content, version, cut }) => text('doc', title, content, version).map((source) => ({ ...source, cut, source: referenceUrl({ kind: 'doc', id }) }))),
        ...text('comments', counted(mission.comments.length, 'comment'), mission.comments.map(({ body }) => body).join('\n'), mission.version),
        ...text('reviews', counted(mission.reviews.length, 'review'), mission.reviews.flatMap(({ note, quotes }) => [note, ...quotes.map((quote) => quote.text)]).join('\n'), mission.version),
        ...text('earlier run', counted(mission.earlier.length, 'earlier run'), mission.earlier.map(({ summary }) => summary).join('\n'), mission.version),
        ...attachments.map(({ id, name, size, hash, version }): Source => ({ kind: 'attachment', name, version: hash, size, cut: false, source: referenceUrl({ kind: 'file', id }), fileVersion: version })),
        ...memory.map(({ source }) => source),
      ],
    },
  }
}

/** The docs of a project that are not deleted, each before those under it. */
const docsInOrder = (board: Y.Doc, project: ProjectId | null) =>
  project ? linesOf(present(docTree(readDocs(board), project))).map(({ doc }) => doc) : []
