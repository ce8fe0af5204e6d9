import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import { standardLimits } from '../../server/limits.ts'
import { createLog } from '../../server/log.ts'
import { createMetrics } from '../../server/metrics.ts'
import { openStore } from '../../server/store/database.ts'
import { sqliteUpdateLog } from '../../server/store/sqlite-update-log.ts'
import type { Judge } from '../../server/sync/judge.ts'
import { createSockets } from '../../server/sync/sockets.ts'
import { createSync } from '../../server/sync/sync.ts'

// Our gate, log and sockets without pages and people: with its rules, or with a judge that lets everything pass, and nothing else
// differs. Run as `node bench/peers/gate-server.ts FOLDER PORT on|off`; prints its address. Everybody is a member.

const [folder = '.', port = '0', rules = 'on'] = process.argv.slice(2)
const workspaceId = 'bench' as WorkspaceId
const noJudge: Judge = () => ({ verdict: 'allowed', clients: new Set(), claims: [], overlaps: false, makes: new Set(), touches: [] })

const store = await openStore(folder, 'process')
await store.db.insertInto('workspaces').values({ id: workspaceId, name: 'Bench', created_at: 0, deleted_at: null }).onConflict((conflict) => conflict.doNothing()).execute()
const log = createLog('fatal')
const metrics = createMetrics()
const limits = { ...standardLimits, updates_per_second: 1_000_000 }
const updates = sqliteUpdateLog(store.logConnection, { check: store.checkFiles, onCommit: metrics.committed })
const sync = createSync({
  db: store.db, behind: store.behind(() => updates.waiting() > 0), updates, log, metrics, limits, now: Date.now,
  compact: async () => {},
  readSnapshot: async () => null,
  identify: async () => ({ actorIn: async () => ({ kind: 'person', id: 'bench' as ActorId, name: 'Bench', workspaceId, role: 'member' }) }),
  holdsLease: () => false,
  onMissionChanged: () => {},
  onAccepted: () => {},
  onDocumentChanged: () => {},
  onDocumentLoaded: () => {},
  onConnected: () => {},
  ...rules === 'off' ? { judge: noJudge } : {},
})
const sockets = createSockets({
  hocuspocus: sync.hocuspocus, log, limits, socketLimits: sync.socketLimits, reached: metrics.limitReached,
  originAllowed: () => true, addressOf: () => null,
})
const http = createServer()
http.on('upgrade', (request, socket, head) => {
  if (!sockets.upgrade(request, socket, head)) socket.destroy()
})
http.listen(Number(port), '127.0.0.1', () => {
  // Peers are found by their address alone; ours listens below it.
  console.log(`Gate with rules ${rules} is ready at http://127.0.0.1:${(http.address() as AddressInfo).port}`)
})
