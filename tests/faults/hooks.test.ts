import { expect, test } from 'vitest'
import { boardDocument } from '#lib/sync/document-names.ts'
import { openStore } from '../../server/store/database.ts'
import { harbour } from '../support/harbour.ts'
import { randomFrom, seedOf } from '../support/random.ts'
import { converge } from './converge.ts'
import { editSomething } from './edits.ts'
import { useFaultySockets } from './faulty-socket.ts'
import { lostFrom } from './ledger.ts'
import { Participant } from './participant.ts'

const seed = seedOf('THROW_SEED')
const throws = Number(process.env.THROWS ?? 100)
const participants = 12

// The long form: THROWS=1000.
test(`[GATE1] [SYNC2] ${throws} throws in hooks and socket handlers end no process, lose nothing acknowledged, and all are equal afterwards (THROW_SEED=${seed})`, { timeout: 300_000 }, async () => {
  useFaultySockets()
  const here = await harbour({
    env: {
      WORKER: 'off',
      LOG_LEVEL: 'fatal',
      THROW_SEED: String(seed),
      THROW_RATE: '0.03',
      NODE_OPTIONS: `--import ${new URL('throwing-hooks.ts', import.meta.url).href}`,
    },
  })
  const { server } = here
  const { pid } = server
  const store = await openStore(server.dataDir, 'process')
  const random = randomFrom(seed)
  const thrown = () => JSON.parse(server.logs().match(/thrown (\{.*\})/g)?.at(-1)?.slice('thrown '.length) ?? '{}') as Record<string, number>
  const total = () => Object.values(thrown()).reduce((sum, count) => sum + count, 0)
  const lost: string[] = []
  const { workspaceId } = await here.workspace('Throwing')
  const board = boardDocument(workspaceId)
  const join = async (label: string) => {
    const participant: Participant = new Participant({
      url: server.wsUrl,
      label,
      somebody: await here.token('member', label, workspaceId),
      random: randomFrom(seed),
      onAcknowledged: (document) => lost.push(...lostFrom(store.sqlite, [participant.ledger], document).map((edit) => JSON.stringify(edit))),
    })
    participant.open(board)
    return participant
  }
  const all = await Promise.all(Array.from({ length: participants }, (_, place) => join(`t${place}`)))

  while (total() < throws) {
    for (let edit = 0; edit < 20; edit++) {
      const who = random.pick(all)
      editSomething(who, board, random)
      who.open(board).awareness.setLocalStateField('at', random.below(1_000))
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  process.kill(pid, 'SIGUSR2')
  const late = await join('late')
  const difference = await converge([...all, late], board, store.sqlite)

  console.log(`${total()} throws: ${Object.entries(thrown()).map(([name, count]) => `${name} ${count}`).join(', ')}; ${all.reduce((sum, { ledger }) => sum + ledger.count, 0)} acknowledged, ${lost.length} lost`)
  expect(difference).toBeNull()
  expect(lost).toEqual([])
  expect(lostFrom(store.sqlite, all.map(({ ledger }) => ledger))).toEqual([])
  expect(all.flatMap(({ refusals }) => refusals.map(({ code, message }) => `${code}: ${message}`))).toEqual([])
  expect(server.pid).toBe(pid)
  expect(() => process.kill(pid, 0), 'the server lives').not.toThrow()
  for (const participant of [...all, late]) await participant.end()
  await store.close()
  expect(await server.stop()).toBe(0)
  await here.end()
})
