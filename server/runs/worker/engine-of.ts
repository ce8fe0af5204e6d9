import type { Connection } from '#lib/sync/connection.ts'
import { OfflineEngine } from '../engines/offline/offline-engine.ts'
import { OpenAIEngine } from '../engines/openai/openai-engine.ts'
import { markOf } from '../engines/openai/fence.ts'
import type { Engine } from '../engine.ts'
import type { Claim } from '../protocol.ts'
import { openTools } from '../tools/open-tools.ts'
import type { Api } from './api.ts'

/** What this worker's own environment has for endpoints whose key the server does not give away. */
export type OwnKey = { apiKey: string | null; baseUrl: string | null }

/** The engine that a run asks for. */
export function engineOf(claim: Claim, { connection, api, ownKey, silentMs, signal }: { connection: Connection; api: Api; ownKey: OwnKey; silentMs: number; signal: AbortSignal }): Engine {
  const { engine, staff, guards, used, resume } = claim
  if (engine.kind === 'offline') return new OfflineEngine(claim.watched ? {} : { pace: 0 })
  const readFile = async (file: Parameters<Api['content']>[0], version: number, until: AbortSignal) => new Uint8Array(await (await api.content(file, version, until)).arrayBuffer())
  const lease = api.leaseOf(claim.runId, signal)
  const task = engine.apiKey === null ? { ...engine, apiKey: ownKey.apiKey, baseUrl: ownKey.baseUrl ?? engine.baseUrl } : engine
  return new OpenAIEngine({
    task, guards, used, resume, lease, readFile, silentMs,
    autonomy: staff.autonomy,
    alwaysAllowed: staff.alwaysAllowed,
    given: staff.tools,
    mark: markOf(claim.token),
    openTools: (context, output, until) => openTools(claim, { context, output, connection, api, lease, task, signal: until }),
  })
}
