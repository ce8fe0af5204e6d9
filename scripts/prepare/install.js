import { createHash } from 'crypto'
import fs from 'fs'
import path from 'path'
import { Failure, inRoot, lastWords, projectNode, root, run, timed } from './run.js'

const stamp = inRoot('node_modules', '.prepared')
const lockfile = inRoot('package-lock.json')

const readIfThere = (file) => fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : ''

/** What the packages were installed from; they hold binaries, so a folder that moved to another kind of machine is stale. */
const wanted = () =>
  createHash('sha256').update(fs.readFileSync(lockfile)).update(`${process.platform} ${process.arch}`).digest('hex')

export const install = {
  fresh() {
    if (!fs.existsSync(projectNode)) return false
    const hash = wanted()
    if (readIfThere(stamp) === hash) return true
    if (!installedByHand()) return false
    try {
      fs.writeFileSync(stamp, hash)
    } catch (error) {
      // A folder that is read-only but complete will do.
    }
    return true
  },

  run: () => timed('Installing packages (first start, about a minute) …', 'Packages installed', async () => {
    const hash = wanted()
    const { command, first, env } = npm()
    // --include=dev: the build needs them, in production too. --foreground-scripts: a failing script says why.
    const flags = ['--include=dev', '--ignore-scripts=false', '--foreground-scripts', '--loglevel=warn', '--no-audit', '--no-fund']
    const { code, output } = await run(command, [...first, 'ci', ...flags], env)
    if (code === 127) throw new Failure('npm was not found. It comes with Node: install Node again from https://nodejs.org, or your system\'s package "npm".')
    if (code !== 0) throw new Failure(`npm could not install the packages. What it says:\n${complaint(output)}\nOnce that is solved, start again: it begins anew.`)
    await verifyNode(output)
    fs.writeFileSync(stamp, hash)
  }),
}

/** npm says what is wrong first, and then where in its source, or a page about its flags. */
function complaint(output) {
  const noise = /^npm (error|ERR!)(\s*$|\s+at )|complete log of this run/
  const lines = output.split('Clean install a project')[0].split('\n').filter((line) => /^npm (error|ERR!)/.test(line) && !noise.test(line))
  return lines.length > 0 ? lines.slice(0, 12).map((line) => `  ${line}`).join('\n') : lastWords(output)
}

/** True after a developer's own `npm install`: npm keeps a list of what it laid down, equal to the lockfile's. */
function installedByHand() {
  const packages = packagesOf(lockfile)
  const present = packagesOf(inRoot('node_modules', '.package-lock.json'))
  if (!packages || !present) return false
  const same = (name) => present[name] && present[name].version === packages[name].version && present[name].integrity === packages[name].integrity
  return Object.keys(packages).every((name) => name === '' || same(name) || (!present[name] && packages[name].optional)) &&
    Object.keys(present).every((name) => packages[name])
}

function packagesOf(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages
  } catch (error) {
    return null
  }
}

/**
 * npm as the person runs it, without our node_modules/.bin on PATH: `npm ci` deletes the Node in there while it runs.
 * Under npm these variables name its script and its own Node; started by hand, npm is on PATH.
 */
function npm() {
  const env = { ...process.env, PATH: outerPath() }
  const script = process.env.npm_execpath
  const node = process.env.npm_node_execpath
  if (script && /npm-cli\.c?js$/.test(script) && node && !path.resolve(node).startsWith(root)) return { command: node, first: [script], env }
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', first: [], env }
}

const outerPath = () =>
  (process.env.PATH || '').split(path.delimiter).filter((folder) => !/node_modules[\\/]\.bin[\\/]?$/.test(folder)).join(path.delimiter)

/** The package `node` fetches its binary in an install script; npm reports success when that did nothing. */
async function verifyNode(installed) {
  const version = JSON.parse(readIfThere(inRoot('package.json'))).dependencies.node
  const { code, output } = await run(projectNode, ['--version'])
  if (code === 0 && output.trim() === `v${version}`) return
  const reason = code === 0 ? `it says ${output.trim()}` : output.trim() || `it ended with code ${code}`
  throw new Failure(
    `The packages are installed, but Node ${version}, which Missions runs on and which npm fetches for it, does not run here: ${reason}.\n` +
    `The machine is ${process.platform} on ${process.arch}; on Linux it needs glibc (on Alpine, use a Debian image). ` +
    `What npm printed:\n${lastWords(installed)}`,
  )
}
