// Brings what a command needs before npm runs it: `node scripts/prepare.js install build browser`.
// It runs on the Node of whoever types the command, before anything is installed: plain JavaScript in old syntax, no
// dependencies, and everything it says on stderr, because `npm run -s admin -- … --json` owns stdout.
import { browser } from './prepare/browser.js'
import { build } from './prepare/build.js'
import { install } from './prepare/install.js'
import { release, withLock } from './prepare/lock.js'
import { Failure, endChildren, say } from './prepare/run.js'

const steps = { install, build, browser }
const oldestNode = 20

function requireNode() {
  if (Number(process.versions.node.split('.')[0]) >= oldestNode) return
  throw new Failure(
    `This is Node ${process.versions.node}, but Missions needs Node ${oldestNode} or newer to install itself. ` +
    'Get a newer one from https://nodejs.org and try again.',
  )
}

async function prepare(names) {
  requireNode()
  for (const name of names) {
    const step = steps[name]
    if (!step) throw new Failure(`There is no step "${name}"; the steps are ${Object.keys(steps).join(', ')}.`)
    if (await step.fresh()) continue
    await withLock(async () => {
      // Whoever held the lock before may have done it.
      if (!(await step.fresh())) await step.run()
    })
  }
}

const stop = (signal, code) => process.on(signal, () => {
  endChildren()
  release()
  process.exit(code)
})
stop('SIGINT', 130)
stop('SIGTERM', 143)
stop('SIGHUP', 129)

prepare(process.argv.slice(2)).catch((error) => {
  endChildren()
  release()
  say(error instanceof Failure ? error.message : `Preparing failed unexpectedly: ${error.stack}`)
  process.exit(1)
})
