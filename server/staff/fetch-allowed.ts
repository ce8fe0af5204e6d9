import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Happening } from '../activity/happening.ts'
import { refuse, type Refusal } from '../auth/refusal.ts'
import type { Database } from '../store/database.ts'

const mostHosts = 200
/** `example.com`, or `*.example.com` for all below it. An address by numbers names no site, and might be one within. */
const host = /^(?:\*\.)?(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/** The hosts whose pages staff may fetch. The caller has asked `can(actor, 'manage', workspace)`. */
export function createFetchAllowed({ db, record }: { db: Database; record: (happening: Happening) => void }) {
  return {
    async set(workspaceId: WorkspaceId, given: unknown, by: ActorId): Promise<{ ok: true; hosts: string[] } | Refusal> {
      if (!Array.isArray(given) || given.length > mostHosts) return refuse('invalid', `"hosts" must be a list of at most ${mostHosts} hosts.`, 'hosts')
      const hosts: string[] = []
      for (const value of given) {
        const read = typeof value === 'string' ? hostOf(value.trim()) : null
        if (!read) return refuse('invalid', `“${String(value).slice(0, 80)}” is no host. Write it as example.com, or *.example.com for all hosts below it.`, 'hosts')
        hosts.push(read)
      }
      const list = [...new Set(hosts)].sort()
      await db.updateTable('workspaces').set({ fetch_allowed: JSON.stringify(list) }).where('id', '=', workspaceId).execute()
      record({ workspaceId, kind: 'workspace.fetch_changed', actor: { kind: 'person', id: by }, subject: { kind: 'workspace', id: workspaceId }, projectId: null, details: { to: list } })
      return { ok: true, hosts: list }
    },
  }
}

/** As it stands in addresses: names in other scripts as their letters are sent. */
function hostOf(text: string): string | null {
  const [star, name] = text.startsWith('*.') ? ['*.', text.slice(2)] : ['', text]
  if (/[/:@?#\s*]/.test(name)) return null
  const known = URL.parse(`https://${name}/`)?.hostname
  return known && host.test(star + known) ? star + known : null
}
