import { createHash } from 'crypto'
import fs from 'fs'
import path from 'path'
import { Failure, inRoot, lastWords, projectNode, run, timed } from './run.js'

const stamp = inRoot('build', '.prepared')
const sources = ['package.json', 'package-lock.json', 'src', 'static', 'svelte.config.js', 'tsconfig.json', 'vite.config.ts']

/** Every file below `name`, in a fixed order; tests and what editors leave are not built. */
function* filesOf(name) {
  const stats = fs.statSync(inRoot(name), { throwIfNoEntry: false })
  if (!stats) return
  if (!stats.isDirectory()) return yield name
  for (const entry of fs.readdirSync(inRoot(name)).sort()) {
    if (!entry.startsWith('.') && !entry.endsWith('~') && !/\.test\.ts$/.test(entry)) yield* filesOf(path.join(name, entry))
  }
}

function wanted() {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const name of filesOf(source)) hash.update(`${name}\0`).update(fs.readFileSync(inRoot(name))).update('\0')
  }
  return hash.digest('hex')
}

/** The build names the mistake first and then every file it was watching. */
function complaint(output) {
  const from = output.search(/error during build/i)
  return lastWords(output.slice(Math.max(0, from)).split('\n').slice(0, 15).join('\n'))
}

export const build = {
  fresh: () => fs.existsSync(stamp) && fs.existsSync(inRoot('build', 'handler.js')) && fs.readFileSync(stamp, 'utf8') === wanted(),

  run: () => timed('Building (about 15 seconds) …', 'Built', async () => {
    const hash = wanted()
    fs.rmSync(stamp, { force: true })
    // Node by its path: whatever `node` the outer PATH finds is too old for Vite's configuration.
    const { code, output } = await run(projectNode, [inRoot('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], { ...process.env, NODE_ENV: 'production' })
    if (code !== 0) throw new Failure(`The build failed:\n${complaint(output)}`)
    fs.writeFileSync(stamp, hash)
  }),
}
