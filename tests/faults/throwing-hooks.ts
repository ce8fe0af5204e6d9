import { isMainThread } from 'node:worker_threads'
import { Hocuspocus, type Extension } from '@hocuspocus/server'
import { randomFrom } from '../support/random.ts'

// Loaded before the server: every hook of every extension, and every handler of a socket, throws now and then, before or after its
// work. SIGUSR2 ends that. What was thrown so far is printed.

const random = randomFrom(Number(process.env.THROW_SEED))
const rate = Number(process.env.THROW_RATE)
const thrown = new Map<string, number>()
let throwing = true

function perhaps(name: string) {
  if (!throwing || !random.chance(rate)) return
  thrown.set(name, (thrown.get(name) ?? 0) + 1)
  const total = [...thrown.values()].reduce((sum, count) => sum + count, 0)
  if (total % 100 === 0) tell()
  throw new Error(`thrown on purpose in ${name}`)
}

const tell = () => process.stdout.write(`thrown ${JSON.stringify(Object.fromEntries(thrown))}\n`)

/** Throws at the begin or at the end of a function's work, whether it answers at once or later. */
function unreliably<Args extends unknown[], Answer>(name: string, work: (...args: Args) => Answer) {
  return function (this: unknown, ...args: Args): Answer {
    perhaps(name)
    const answer = work.apply(this, args)
    if (answer instanceof Promise) return answer.then((value: unknown) => { perhaps(name); return value }) as Answer
    perhaps(name)
    return answer
  }
}

if (isMainThread) {
  process.on('SIGUSR2', () => {
    throwing = false
    tell()
  })
  const { configure, handleConnection } = Hocuspocus.prototype
  Hocuspocus.prototype.configure = function (configuration) {
    configure.call(this, configuration)
    this.configuration.extensions = this.configuration.extensions.map((extension) => {
      const hooks = Object.entries(extension).filter(([, hook]) => typeof hook === 'function') as [string, (...args: unknown[]) => unknown][]
      return { ...extension, ...Object.fromEntries(hooks.map(([name, hook]) => [name, unreliably(name, hook.bind(extension))])) } as Extension
    })
    return this
  }
  Hocuspocus.prototype.handleConnection = unreliably('handleConnection', function (this: Hocuspocus, ...args: Parameters<typeof handleConnection>) {
    const session = handleConnection.apply(this, args)
    session.handleMessage = unreliably('handleMessage', session.handleMessage)
    session.handleClose = unreliably('handleClose', session.handleClose)
    return session
  })
}
