import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { boardDocument } from '#lib/sync/document-names.ts'
import { removeFolder, startServer, temporaryFolder } from '../tests/support/server.ts'
import { createToken, createWorkspace } from '../tests/support/workspace.ts'
import type { FromClients, ToClients } from './clients/messages.ts'
import { overRounds, median, percentile, type Figure } from './figures.ts'
import { processorTime } from './process-cost.ts'

// How long until an edit is on the other screens, and what it costs the server: ours, which acknowledges what is on disk,
// against the stock server, which acknowledges what is in memory. They take turns, so that whatever else the machine
// does hits both. Server and clients are processes of their own.

const missions = 200
const editors = 5
const perSecond = 50
const warmUp = 100
const edits = 500

type Target = { wsUrl: string; document: string; token: string; actor: string; pid: number; end: () => Promise<void> }
type Round = { propagation: number[]; acknowledged: number[]; missing: number; processorMsPerEdit: number }

async function ours(): Promise<Target> {
  const server = await startServer()
  const { workspaceId } = await createWorkspace(server.dataDir)
  const { token, actorId } = await createToken(server.dataDir, workspaceId, 'member')
  return { wsUrl: server.wsUrl, document: boardDocument(workspaceId), token, actor: actorId, pid: server.pid, end: server.end }
}

async function stock(): Promise<Target> {
  const folder = temporaryFolder('stock')
  const server = spawn(process.execPath, ['bench/peers/stock-hocuspocus.ts', folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(server.stdout, 'data') as [Buffer]
  const url = /http:\S+/.exec(line.toString())?.[0] ?? ''
  return {
    wsUrl: url.replace('http', 'ws'), document: 'board/bench', token: 'anyone', actor: 'bench', pid: server.pid ?? 0,
    end: async () => {
      const exit = once(server, 'exit')
      server.kill('SIGTERM')
      await exit
      removeFolder(folder)
    },
  }
}

const players = (path: string) => fork(new URL(path, import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })

async function ask<Kind extends FromClients['kind']>(child: ChildProcess, message: ToClients, kind: Kind) {
  child.send(message)
  const [answer] = await Promise.race([
    once(child, 'message') as Promise<[FromClients]>,
    once(child, 'exit').then(() => { throw new Error('The process that plays clients ended') }),
  ])
  if (answer.kind !== kind) throw new Error(`Expected ${kind}, got ${answer.kind}`)
  return answer as Extract<FromClients, { kind: Kind }>
}

async function round(start: () => Promise<Target>, clients: number, seed: number): Promise<Round> {
  const target = await start()
  const active = players('./clients/editors.ts')
  const crowd = players('./clients/crowd.ts')
  const connect = (count: number): ToClients => ({ kind: 'connect', wsUrl: target.wsUrl, name: target.document, token: target.token, count })
  try {
    // A server sends to its clients in the order they came: some editors come first, the others last.
    await ask(active, connect(2), 'connected')
    await ask(active, { kind: 'fill', missions, by: target.actor }, 'filled')
    await ask(crowd, connect(clients - editors), 'connected')
    await ask(active, connect(editors - 2), 'connected')
    await ask(active, { kind: 'edit', edits: warmUp, perSecond, seed: seed + 1_000 }, 'edited')
    await pause(500)
    const before = processorTime(target.pid)
    const { propagation, acknowledged, missing } = await ask(active, { kind: 'edit', edits, perSecond, seed }, 'edited')
    return { propagation, acknowledged, missing, processorMsPerEdit: (processorTime(target.pid) - before) / edits }
  } finally {
    for (const child of [active, crowd]) if (child.exitCode === null) child.kill('SIGKILL')
    await target.end()
  }
}

export async function propagation(rounds: number, tell: (line: string) => void): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const clients of [20, 100]) {
    const done: { ours: Round; stock: Round }[] = []
    for (let number = 1; number <= rounds; number += 1) {
      const pair = { ours: await round(ours, clients, number), stock: await round(stock, clients, number) }
      done.push(pair)
      const words = (name: 'ours' | 'stock') =>
        `${name} p50 ${median(pair[name].propagation).toFixed(2)} ms, ${pair[name].processorMsPerEdit.toFixed(2)} ms CPU`
      tell(`${clients} clients, round ${number} of ${rounds}: ${words('ours')} · ${words('stock')}`)
    }
    const of = (name: 'ours' | 'stock', value: (round: Round) => number) => done.map((pair) => value(pair[name]))
    const both = (what: string, value: (round: Round) => number) => (['ours', 'stock'] as const).map((name) =>
      overRounds(`${clients} clients: ${what}, ${name === 'ours' ? 'ours' : 'stock Hocuspocus'}`, 'ms', of(name, value)))
    const p50 = (round: Round) => median(round.propagation)
    figures.push(
      ...both('edit seen elsewhere, p50', p50),
      { ...overRounds(`${clients} clients: ours against stock, p50`, '×', done.map((pair) => p50(pair.ours) / p50(pair.stock))), atMost: 1.15 },
      ...both('edit seen elsewhere, p99', (round) => percentile(round.propagation, 0.99)),
      ...both('acknowledged, p50', (round) => median(round.acknowledged)),
      ...both('server CPU per edit', (round) => round.processorMsPerEdit),
      { name: `${clients} clients: edits that did not arrive, ours`, unit: 'count', measured: of('ours', (round) => round.missing).reduce((a, b) => a + b, 0), atMost: 0 },
    )
  }
  return figures
}
