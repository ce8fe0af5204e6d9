import { openStore } from '../../server/store/database.ts'
import { routinesByClock } from './routines.ts'

// Carries routines on by a clock of its own, a few minutes a step, and says how far it is: `<moment>`. It goes on until it is killed, or there.
const [folder = '', from = '', to = ''] = process.argv.slice(2)
const clock = { now: Number(from) }
const step = 10 * 60_000
const { db } = await openStore(folder, 'process')
const routines = routinesByClock(db, clock)
while (clock.now < Number(to)) {
  await routines.look()
  process.stdout.write(`${clock.now}\n`)
  clock.now += step
}
process.exit(0)
