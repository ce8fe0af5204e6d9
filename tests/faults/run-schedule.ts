import { boardDocument } from '#lib/sync/document-names.ts'
import { nextTurn } from '../../server/next-turn.ts'
import { randomFrom } from '../support/random.ts'
import { converge } from './converge.ts'
import { comment, editSomething, makeMission } from './edits.ts'
import { lostFrom } from './ledger.ts'
import { calm } from './network.ts'
import { Participant } from './participant.ts'
import type { Event, Schedule } from './schedule.ts'
import type { UnreliableServer } from './unreliable-server.ts'

export type Failure = { kind: 'divergence' | 'lost' | 'refused' | 'stuck' | 'broken'; what: string }

export type Outcome = {
  seed: number
  failures: Failure[]
  ms: number
  edits: number
  acknowledged: number
  lost: number
  crashes: number
  dropped: number
  duplicated: number
  delayed: number
  reordered: number
}

/** A schedule begins when everybody is there, or when this is over: another one may just have killed the server. */
const startMs = 3_000
const breathMs = 150
/** How many of the acknowledgements are held against the database at the moment they are seen. */
const looked = 0.1

/** Runs a schedule in a workspace of its own, heals everything, and looks whether everybody has everything. */
export async function runSchedule(schedule: Schedule, unreliable: UnreliableServer): Promise<Outcome> {
  const from = Date.now()
  const { seed } = schedule
  const { here, store } = unreliable
  const random = randomFrom(seed * 31 + 7)
  // Apart from the edits' choices: when acknowledgements come is not the seed's to say.
  const looking = randomFrom(seed * 31 + 11)
  const failures: Failure[] = []
  const fail = (kind: Failure['kind'], what: string) => void failures.push({ kind, what })

  const { workspaceId } = await here.workspace(`Schedule ${seed}`)
  const board = boardDocument(workspaceId)
  const join = async (label: string, onAcknowledged?: (document: string) => void) => new Participant({
    url: here.server.wsUrl,
    label: `${label}${seed}`,
    somebody: await here.token('member', label, workspaceId),
    random: randomFrom(seed * 31 + label.charCodeAt(0)),
    ...onAcknowledged ? { onAcknowledged } : {},
  })
  const participants: Participant[] = []
  for (let place = 0; place < schedule.participants; place++) {
    const participant: Participant = await join('abcdefgh'.charAt(place), (document) => {
      if (!looking.chance(looked)) return
      for (const edit of lostFrom(store.sqlite, [participant.ledger], document)) fail('lost', `${JSON.stringify(edit)} was not stored when it was acknowledged\n    ${participant.network.lastSeen(document).join('\n    ')}`)
    })
    participants.push(participant)
  }
  const ledgers = participants.map(({ ledger }) => ledger)
  unreliable.watch(schedule, ledgers)

  let everybody = [...participants]
  try {
    await Promise.race([Promise.all(participants.map((participant) => participant.open(board).whenReady())), pause(startMs)])
    for (const event of schedule.events) await happen(event)
    await heal()
    const late = await join('z')
    everybody = [...participants, late]
    const difference = await converge(everybody, board, store.sqlite, unreliable.isUp)
    if (difference) failures.push(difference)
  } catch (error) {
    fail('broken', error instanceof Error ? error.stack ?? error.message : String(error))
  }
  for (const { label, refusals } of participants) {
    for (const { document, code, message } of refusals) fail('refused', `an honest edit of ${label} in ${document}: ${code}, ${message}`)
  }
  for (const { of, what } of unreliable.lost) if (of === schedule) fail('lost', what)
  for (const edit of lostFrom(store.sqlite, ledgers)) fail('lost', `${JSON.stringify(edit)} is missing in the end`)
  unreliable.forget(schedule)
  await Promise.all(everybody.map((participant) => participant.end()))

  const sum = (count: (participant: Participant) => number) => participants.reduce((total, participant) => total + count(participant), 0)
  return {
    seed, failures, ms: Date.now() - from,
    edits: sum(({ ledger }) => ledger.made),
    acknowledged: sum(({ ledger }) => ledger.count),
    lost: failures.filter(({ kind }) => kind === 'lost').length,
    crashes: sum(({ crashes }) => crashes),
    dropped: sum(({ network }) => network.counts.dropped),
    duplicated: sum(({ network }) => network.counts.duplicated),
    delayed: sum(({ network }) => network.counts.delayed),
    reordered: sum(({ network }) => network.counts.reordered),
  }

  async function happen(event: Event) {
    switch (event.kind) {
      case 'pause':
        return pause(event.ms)
      case 'kill':
        return void unreliable.kill()
      case 'stop':
        return void unreliable.stop()
      case 'full disk':
        return void unreliable.fillDisk(event.ms, event.entirely)
    }
    const participant = participants[event.who]
    if (!participant) return
    switch (event.kind) {
      case 'edits':
        for (let edit = 0; edit < event.count && participant.page; edit++) editSomething(participant, board, random)
        return nextTurn()
      case 'breath':
        if (participant.connection?.status !== 'connected' || participant.network.hole) return
        return Promise.race([participant.acknowledged(), pause(breathMs)])
      case 'weather':
        participant.network.weather = event.weather
        return
      case 'cut':
        return participant.network.cut()
      case 'mend':
        return participant.network.mend(event.how)
      case 'half-open':
        return participant.network.halfOpen(event.unaware)
      case 'reset':
        return participant.network.reset()
      case 'offline':
        participant.connection?.setOnline(false)
        for (let made = 0; made < event.documents && participant.page; made++) comment(participant, makeMission(participant, board, random), random)
        return
      case 'online':
        participant.connection?.setOnline(true)
        return
      case 'crash':
        return participant.crash()
      case 'new page':
        participant.openPage()
        participant.open(board)
    }
  }

  async function heal() {
    await unreliable.whole()
    for (const [place, participant] of participants.entries()) {
      participant.network.weather = calm
      participant.network.heal()
      participant.openPage()
      participant.open(board)
      const { connection } = participant
      if (connection?.status === 'connected') continue
      if (schedule.told[place]) connection?.setOnline(false)
      connection?.setOnline(true)
    }
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
