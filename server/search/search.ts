import { longestQuery, parseQuery, type Filter } from '#lib/search/query.ts'
import type { SearchPage, SearchResult } from '#lib/search/result.ts'
import type { ActorId, ChatId, DocId, FileId, MissionId, ProjectId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { beginOf } from '#lib/calendar/begin-of.ts'
import type { Member, Status } from '#lib/board/mission.ts'
import { isTimeZone } from '../auth/profile.ts'
import type { Database } from '../store/database.ts'
import type { Found, RelatedWanted, Wanted } from './search-index.ts'
import type { SearchThread } from './search-thread.ts'

type SearchRefused = { ok: false; code: 'too_long' | 'bad_field'; message: string }
export type Search = ReturnType<typeof createSearch>

const momentOf = (day: string, zone: string) => beginOf(day, zone)?.getTime() ?? null
const folded = (name: string) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** Finds things of a workspace. The caller has asked whether whoever asks may read it. */
export function createSearch({ db, thread, members, now }: {
  db: Database
  thread: SearchThread
  members: (workspaceId: WorkspaceId) => Promise<ReadonlyMap<ActorId, Member>>
  now: () => number
}) {
  /** Ids of all that are called so, or whose name begins so where none is. */
  function named<T extends { id: string; name: string }>(all: readonly T[], name: string): string[] {
    const wanted = folded(name)
    const exact = all.filter((each) => folded(each.name) === wanted)
    return (exact.length > 0 ? exact : all.filter((each) => folded(each.name).startsWith(wanted))).map(({ id }) => id)
  }

  async function apply(wanted: Wanted, filters: readonly Filter[], context: { me: ActorId; projects: readonly { id: string; name: string }[]; members: ReadonlyMap<ActorId, Member>; zone: string }): Promise<{ wanted: Wanted; problems: string[] }> {
    const problems: string[] = []
    let next = wanted
    for (const filter of filters) {
      switch (filter.by) {
        case 'type': next = { ...next, kinds: [...next.kinds, filter.kind] }; break
        case 'status': next = filter.status === 'archived' ? { ...next, archived: true } : { ...next, statuses: [...next.statuses, filter.status], archived: next.archived ?? false }; break
        case 'in': {
          const ids = named(context.projects, filter.name)
          if (ids.length === 0) problems.push(`There is no project “${filter.name}”.`)
          next = { ...next, projects: [...next.projects, ...ids.length > 0 ? ids : ['']] }
          break
        }
        case 'by': {
          const ids = folded(filter.name) === 'me' ? [context.me] : named([...context.members.values()], filter.name)
          if (ids.length === 0) problems.push(`There is nobody called “${filter.name}”.`)
          next = { ...next, people: [...next.people, ...ids.length > 0 ? ids : ['']] }
          break
        }
        case 'before': next = { ...next, before: momentOf(filter.day, context.zone) }; break
        case 'after': next = { ...next, after: momentOf(filter.day, context.zone) }; break
      }
    }
    return { wanted: next, problems }
  }

  function resultOf(found: Found, projects: ReadonlyMap<string, string>): SearchResult {
    const { kind, item, title, excerpt, at, by, placeTitle } = found
    const missionTitle = found.missionId && found.source.startsWith('mission/') ? placeTitle : null
    const project = found.projectId ? projects.get(found.projectId) : undefined
    return {
      kind, item, title, excerpt, at, by: by as ActorId | null,
      mission: found.missionId ? { id: found.missionId as MissionId, title: missionTitle ?? '', status: (found.status ?? 'backlog') as Status, archived: found.archived } : null,
      doc: found.docId ? { id: found.docId as DocId, title: placeTitle } : null,
      chat: found.chatId ? { id: found.chatId as ChatId, title: placeTitle } : null,
      project: found.projectId && project !== undefined ? { id: found.projectId as ProjectId, name: project } : null,
      file: found.fileId ? { id: found.fileId as FileId, name: placeTitle, type: found.type } : null,
      runId: kind === 'run' ? item as RunId : null, cut: found.cut,
    }
  }

  async function withMissionTitles(results: SearchResult[]): Promise<SearchResult[]> {
    const unnamed = results.flatMap(({ mission }) => (mission?.title === '' ? [mission.id] : []))
    if (unnamed.length === 0) return results
    const titles = new Map((await db.selectFrom('missions').select(['id', 'title']).where('id', 'in', unnamed).execute()).map(({ id, title }) => [id, title]))
    return results.map((result) => (result.mission?.title === '' ? { ...result, mission: { ...result.mission, title: titles.get(result.mission.id) ?? '' } } : result))
  }

  return {
    changed: (source: string) => thread.changed(source),
    close: () => thread.close(),
    /** What has to do with a text. */
    related: (wanted: RelatedWanted) => thread.related(wanted),

    /** `zone`: of whoever asks, for days. `from` goes on where a page before ended. */
    async find({ workspaceId, me, text, zone, from = 0, limit = 20 }: {
      workspaceId: WorkspaceId; me: ActorId; text: string; zone: string; from?: number; limit?: number
    }): Promise<{ ok: true; page: SearchPage } | SearchRefused> {
      if (text.length > longestQuery) return { ok: false, code: 'too_long', message: `What is looked for may have at most ${longestQuery.toLocaleString('en')} characters; this has ${text.length.toLocaleString('en')}.` }
      if (!isTimeZone(zone)) return { ok: false, code: 'bad_field', message: '"zone" must be a time zone such as Europe/Lisbon.' }
      const query = parseQuery(text)
      const projects = await db.selectFrom('projects').select(['id', 'name']).where('workspace_id', '=', workspaceId).execute()
      const nothing: Wanted = { workspaceId, terms: query.terms, kinds: [], statuses: [], archived: null, projects: [], people: [], before: null, after: null, from, limit, now: now() }
      const { wanted, problems } = await apply(nothing, query.filters, { me, projects, members: query.filters.some(({ by }) => by === 'by') ? await members(workspaceId) : new Map<ActorId, Member>(), zone })
      const empty = query.terms.length === 0 && query.filters.length === 0
      const { found, next, instead } = empty ? { found: [], next: null, instead: null } : await thread.find(wanted)
      const names = new Map(projects.map(({ id, name }) => [id as string, name]))
      return { ok: true, page: { results: await withMissionTitles(found.map((each) => resultOf(each, names))), instead, problems: [...query.problems, ...problems], next } }
    },
  }
}
