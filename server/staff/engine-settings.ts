import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Price } from '#lib/board/run-record.ts'
import type { EngineSettings } from '#lib/staff/answers.ts'
import type { Config } from '../config.ts'
import type { Database } from '../store/database.ts'
import type { Secrets } from './secrets.ts'

/** An endpoint of models with its key; only for whoever asks it. `model`: '' where none is set. */
export type Endpoint = { source: 'workspace' | 'environment'; baseUrl: string; apiKey: string | null; model: string; prices: Readonly<Record<string, Price>> }

const keyPlace = (workspaceId: WorkspaceId) => `engine/${workspaceId}`

/** The endpoint of each workspace's models: what an owner set, or else what the environment says. */
export function createEngineSettings({ db, config, secrets, now }: { db: Database; config: Pick<Config, 'models'>; secrets: Secrets; now: () => number }) {
  const row = (workspaceId: WorkspaceId) => db.selectFrom('engine_settings').selectAll().where('workspace_id', '=', workspaceId).executeTakeFirst()

  /** `null` where there is none, or its key cannot be read any more. */
  async function endpointOf(workspaceId: WorkspaceId): Promise<Endpoint | null> {
    const own = await row(workspaceId)
    if (!own) return config.models && { source: 'environment', ...config.models, prices: {} }
    const apiKey = own.api_key && secrets.decrypt(own.api_key, keyPlace(workspaceId))
    if (own.api_key && apiKey === null) return null
    return { source: 'workspace', baseUrl: own.base_url, apiKey, model: own.model, prices: JSON.parse(own.prices) as Record<string, Price> }
  }

  return {
    endpointOf,

    async settingsOf(workspaceId: WorkspaceId): Promise<EngineSettings> {
      const own = await row(workspaceId)
      if (own) {
        const hasKey = own.api_key !== null && secrets.decrypt(own.api_key, keyPlace(workspaceId)) !== null
        return { source: 'workspace', baseUrl: own.base_url, model: own.model, hasKey, prices: JSON.parse(own.prices) as Record<string, Price> }
      }
      const { models } = config
      return models ? { source: 'environment', baseUrl: models.baseUrl, model: models.model, hasKey: models.apiKey !== null, prices: {} }
        : { source: 'none', baseUrl: '', model: '', hasKey: false, prices: {} }
    },

    /** `apiKey`: left out, the one that is there stays, if it is for the same address; `null` takes it away. */
    async set(workspaceId: WorkspaceId, { baseUrl, model, apiKey, prices }: { baseUrl: string; model: string; apiKey?: string | null; prices?: Readonly<Record<string, Price>> }, by: ActorId) {
      const before = await row(workspaceId)
      const key = apiKey === undefined ? keptKey(before, baseUrl) : apiKey === null ? null : secrets.encrypt(apiKey, keyPlace(workspaceId))
      const values = {
        base_url: baseUrl, model, api_key: key, prices: prices ? JSON.stringify(prices) : before?.prices ?? '{}', updated_by: by, updated_at: now(),
      }
      await db.insertInto('engine_settings').values({ workspace_id: workspaceId, ...values }).onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(values)).execute()
    },

    /** Back to what the environment says. */
    async clear(workspaceId: WorkspaceId) {
      await db.deleteFrom('engine_settings').where('workspace_id', '=', workspaceId).execute()
    },
  }
}

export type EngineSettingsStore = ReturnType<typeof createEngineSettings>

/** A key that was given to one server is not sent to another because somebody changed the address. */
const keptKey = (before: { base_url: string; api_key: Uint8Array | null } | undefined, baseUrl: string) =>
  before && URL.parse(before.base_url)?.origin === URL.parse(baseUrl)?.origin ? before.api_key : null
