import type { WorkspaceId } from '#lib/board/ids.ts'
import type { Price } from '#lib/board/run-record.ts'
import type { Config } from '../config.ts'
import type { Database } from '../store/database.ts'
import type { Secrets } from './secrets.ts'

/** An endpoint of models with its key; only for whoever asks it. `model`: '' where none is set. */
type Endpoint = { source: 'workspace' | 'environment'; baseUrl: string; apiKey: string | null; model: string; prices: Readonly<Record<string, Price>> }

type Row = { base_url: string; api_key: Uint8Array | null; model: string; prices: string }

/** What a key is encrypted for. */
export const keyPlace = (workspaceId: WorkspaceId) => `engine/${workspaceId}`
export const originOf = (url: string) => URL.parse(url)?.origin ?? ''

/** Where a workspace's models are: what an owner set, or else what the environment says. */
export function createEndpoints({ db, config, secrets }: { db: Database; config: Pick<Config, 'models'>; secrets: Secrets }) {
  const row = (workspaceId: WorkspaceId): Promise<Row | undefined> => db.selectFrom('engine_settings').select(['base_url', 'api_key', 'model', 'prices']).where('workspace_id', '=', workspaceId).executeTakeFirst()

  /** A key goes only where it was given for: that of the environment to the environment's own address. */
  function keyOf(workspaceId: WorkspaceId, own: Row | undefined, baseUrl: string): { ok: true; key: string | null } | { ok: false } {
    if (own?.api_key && originOf(own.base_url) === originOf(baseUrl)) {
      const key = secrets.decrypt(own.api_key, keyPlace(workspaceId))
      return key === null ? { ok: false } : { ok: true, key }
    }
    return { ok: true, key: config.models && originOf(config.models.baseUrl) === originOf(baseUrl) ? config.models.apiKey : null }
  }

  return {
    row,
    keyOf,
    /** `null` where there is none, or its key cannot be read any more. */
    async endpointOf(workspaceId: WorkspaceId): Promise<Endpoint | null> {
      const own = await row(workspaceId)
      if (!own) return config.models && { source: 'environment', ...config.models, prices: {} }
      const read = keyOf(workspaceId, own, own.base_url)
      return read.ok ? { source: 'workspace', baseUrl: own.base_url, apiKey: read.key, model: own.model, prices: JSON.parse(own.prices) as Record<string, Price> } : null
    },
  }
}
