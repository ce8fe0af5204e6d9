import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { statusNames } from '#lib/board/mission.ts'
import { longestQuery } from '#lib/search/query.ts'
import { textOf, type SearchResult } from '#lib/search/result.ts'
import type { ServerTools, ToolAnswer } from '../runs/protocol.ts'
import type { Search } from '../search/search.ts'

const kinds: Record<NonNullable<ServerTools['search']['in']>, string> = {
  missions: 'type:mission type:run type:review', comments: 'type:comment type:review', docs: 'type:doc type:brief', files: 'type:file',
}
const most = 20

/** Answers a search as lines for a model, with the ids by which other tools know what was found. */
export async function findForModel(search: Search, { workspaceId, staffId }: { workspaceId: WorkspaceId; staffId: ActorId }, { query, in: where }: ServerTools['search']): Promise<ToolAnswer> {
  const text = [query.slice(0, longestQuery - 100), ...where ? [kinds[where]] : []].join(' ')
  const found = await search.find({ workspaceId, me: staffId, text, zone: 'UTC', limit: most })
  if (!found.ok) return { ok: false, message: found.message }
  const { results, instead, problems, next } = found.page
  const notes = [...problems, ...instead ? [`Nothing has these words; this was looked for instead: ${instead}`] : [], ...next === null ? [] : [`These are the first ${results.length}. Add words to find others.`]]
  if (results.length === 0) return { ok: true, result: ['Nothing was found.', ...notes].join('\n') }
  return { ok: true, result: [...results.map(lineOf), ...notes].join('\n') }
}

function lineOf({ kind, title, excerpt, mission, doc, project, file, runId }: SearchResult): string {
  const about = [
    ...mission ? [`mission ${mission.id} “${mission.title}”, ${mission.archived ? 'archived' : statusNames[mission.status]}`] : [],
    ...doc ? [`doc ${doc.id} “${doc.title}”`] : [],
    ...kind === 'brief' && project ? [`doc ${project.id} (the brief of its project)`] : [],
    ...file ? [`file ${file.id} “${file.name}”`] : [],
    ...runId ? [`run ${runId}`] : [],
    ...project ? [`project “${project.name}”`] : [],
  ]
  const words = textOf(excerpt).replace(/\s+/g, ' ').trim()
  return `- ${kind}: ${textOf(title)} [${about.join('; ')}]${words ? `\n  ${words}` : ''}`
}
