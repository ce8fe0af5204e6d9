import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { RefusalCode } from '#lib/sync/close-reasons.ts'
import { limitNames, type LimitName } from './limits.ts'

export type Metrics = ReturnType<typeof createMetrics>

/** Counts of what happens, for Prometheus and whatever reads its format. No names, ids or words of anybody are in them. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  const updates = new Counter({ name: 'missions_updates_total', help: 'Updates of clients, by what became of them', labelNames: ['outcome'], registers })
  const limits = new Counter({ name: 'missions_limit_reached_total', help: 'How often a limit was reached, by its name', labelNames: ['limit'], registers })
  const commits = new Histogram({ name: 'missions_commit_seconds', help: 'How long commits of the update log take', buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.25, 1], registers })
  const bytes = new Counter({ name: 'missions_committed_bytes_total', help: 'Bytes of updates committed to the log', registers })
  const failing = new Gauge({ name: 'missions_store_failing', help: '1 while edits cannot be written to disk', registers })
  for (const limit of limitNames) limits.inc({ limit }, 0)
  for (const outcome of ['accepted', 'nothing new', 'not stored']) updates.inc({ outcome }, 0)
  failing.set(0)

  return {
    accepted: () => updates.inc({ outcome: 'accepted' }),
    nothingNew: () => updates.inc({ outcome: 'nothing new' }),
    notStored: () => updates.inc({ outcome: 'not stored' }),
    refused: (code: RefusalCode) => updates.inc({ outcome: code }),
    limitReached: (limit: LimitName) => limits.inc({ limit }),
    committed(commit: { ms: number; bytes: number }) {
      commits.observe(commit.ms / 1000)
      bytes.inc(commit.bytes)
    },
    storeFailing: (is: boolean) => failing.set(is ? 1 : 0),
    /** A number that is looked up when somebody asks. */
    gauge: (name: string, help: string, value: () => number) => void new Gauge({ name: `missions_${name}`, help, registers, collect() { this.set(value()) } }),

    /** Answers `/metrics` for whoever shows the token; anybody else is told that there is nothing here. */
    answer(request: IncomingMessage, response: ServerResponse, token: string | null) {
      const shown = Buffer.from(request.headers.authorization ?? '')
      const wanted = Buffer.from(`Bearer ${token ?? ''}`)
      if (token === null || shown.length !== wanted.length || !timingSafeEqual(shown, wanted)) {
        response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is nothing at this address.\n')
        return
      }
      if (!registry.getSingleMetric('process_cpu_seconds_total')) collectDefaultMetrics({ register: registry })
      void registry.metrics().then((text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text))
    },
  }
}
