import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Price } from '#lib/board/run-record.ts'
import type { EngineSettings, Tried } from '#lib/staff/answers.ts'
import type { Happening } from '../activity/happening.ts'
import { refuse, type Refusal } from '../auth/refusal.ts'
import type { Config } from '../config.ts'
import type { Database } from '../store/database.ts'
import { createEndpoints, keyPlace, originOf } from './endpoints.ts'
import { readEngineFields } from './engine-fields.ts'
import type { Secrets } from './secrets.ts'
import { listModels, tryEngine } from './try-engine.ts'

type Given = Readonly<Record<string, unknown>>

const unreadable = 'The key that was set cannot be read any more, since the key of this installation is another one. Set it again.'

/** The endpoints of models, for owners. The caller has asked `can(actor, 'manage', workspace)` for whatever changes or tries them. */
export function createEngineSettings({ db, config, secrets, now, record }: { db: Database; config: Pick<Config, 'models'>; secrets: Secrets; now: () => number; record: (happening: Happening) => void }) {
  const { row, keyOf, endpointOf } = createEndpoints({ db, config, secrets })

  async function settingsOf(workspaceId: WorkspaceId): Promise<EngineSettings> {
    const own = await row(workspaceId)
    if (own) {
      const key = keyOf(workspaceId, own, own.base_url)
      return { source: 'workspace', baseUrl: own.base_url, model: own.model, hasKey: key.ok && key.key !== null, prices: JSON.parse(own.prices) as Record<string, Price> }
    }
    const { models } = config
    return models ? { source: 'environment', baseUrl: models.baseUrl, model: models.model, hasKey: models.apiKey !== null, prices: {} }
      : { source: 'none', baseUrl: '', model: '', hasKey: false, prices: {} }
  }

  return {
    settingsOf,

    /** `apiKey`: left out, the one that is there stays, if it was given for the same host; `null` takes it away. */
    async set(workspaceId: WorkspaceId, given: Given, by: ActorId): Promise<{ ok: true; settings: EngineSettings } | Refusal> {
      const read = readEngineFields(given)
      if (!read.ok) return read
      const { baseUrl, model = '', apiKey, prices } = read.fields
      if (baseUrl === undefined) return refuse('invalid', 'The address is missing.', 'baseUrl')
      const before = await row(workspaceId)
      const kept = before && originOf(before.base_url) === originOf(baseUrl) ? before.api_key : null
      const values = {
        base_url: baseUrl, model, prices: prices ? JSON.stringify(prices) : before?.prices ?? '{}', updated_by: by, updated_at: now(),
        api_key: apiKey === undefined ? kept : apiKey === null ? null : secrets.encrypt(apiKey, keyPlace(workspaceId)),
      }
      await db.insertInto('engine_settings').values({ workspace_id: workspaceId, ...values }).onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(values)).execute()
      record({
        workspaceId, kind: 'workspace.engine_changed', actor: { kind: 'person', id: by }, subject: { kind: 'workspace', id: workspaceId }, projectId: null,
        details: { to: new URL(baseUrl).host },
      })
      return { ok: true, settings: await settingsOf(workspaceId) }
    },

    /** Asks an endpoint whether it answers: the one that is set, with whatever is given in its place. */
    async attempt(workspaceId: WorkspaceId, given: Given): Promise<{ ok: true; tried: Tried } | Refusal> {
      const read = readEngineFields(given)
      if (!read.ok) return read
      const settings = await settingsOf(workspaceId)
      const { baseUrl = settings.baseUrl, model = settings.model, apiKey } = read.fields
      if (baseUrl === '') return refuse('invalid', 'Give the address of an endpoint first.', 'baseUrl')
      const known = apiKey === undefined ? keyOf(workspaceId, await row(workspaceId), baseUrl) : { ok: true as const, key: apiKey }
      if (!known.ok) return { ok: true, tried: { ok: false, message: unreadable } }
      return { ok: true, tried: await tryEngine({ baseUrl, model, apiKey: known.key }) }
    },

    /** The models of the endpoint that is set. */
    async models(workspaceId: WorkspaceId): Promise<{ ok: true; models: string[] } | { ok: false; message: string }> {
      const endpoint = await endpointOf(workspaceId)
      if (endpoint) return listModels(endpoint)
      return { ok: false, message: await row(workspaceId) ? unreadable : 'No endpoint of models is set. An owner sets one in the settings.' }
    },
  }
}

export type EngineSettingsStore = ReturnType<typeof createEngineSettings>
