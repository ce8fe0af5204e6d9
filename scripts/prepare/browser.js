import { findChromium } from '../chromium.js'
import { Failure, inRoot, lastWords, projectNode, run, timed } from './run.js'

const playwright = (...args) => run(projectNode, [inRoot('node_modules', 'playwright', 'cli.js'), ...args])

const packageManagers = [
  ['apt-get', [['update'], ['install', '-y', '--no-install-recommends', 'chromium-headless-shell']]],
  ['apt-get', [['install', '-y', '--no-install-recommends', 'chromium']]],
  ['dnf', [['install', '-y', 'chromium']]],
  ['apk', [['add', '--no-cache', 'chromium']]],
]

export const browser = {
  fresh() {
    if (process.env.CHROMIUM_PATH && !findChromium()) {
      throw new Failure(`CHROMIUM_PATH is "${process.env.CHROMIUM_PATH}", but there is no program. Correct it, or unset it to have a browser found.`)
    }
    return findChromium() !== null
  },

  run: () => timed('Getting a browser for the tests (Chromium, once) …', 'Chromium is there', async () => {
    const told = []
    const asRoot = process.getuid && process.getuid() === 0
    const attempt = async (what, work) => {
      const { code, output } = await work()
      if (code !== 0) told.push(`${what}:\n${lastWords(output, 5)}`)
    }
    await attempt('npx playwright install chromium', () => playwright('install', 'chromium'))
    if (await runs()) return
    if (asRoot) {
      // Downloaded, but the machine may lack the libraries it loads.
      if (findChromium()) await attempt('npx playwright install-deps chromium', () => playwright('install-deps', 'chromium'))
      if (await runs()) return
      for (const [command, calls] of packageManagers) {
        for (const args of calls) {
          const done = await run(command, args)
          if (done.code === 127) break
          if (done.code !== 0) told.push(`${command} ${args.join(' ')}:\n${lastWords(done.output, 5)}`)
        }
        if (await runs()) return
      }
    }
    throw new Failure(
      'The tests need Chromium, and none could be had. Install Chromium or Chrome yourself, or set CHROMIUM_PATH to one.' +
      `${asRoot ? '' : ' (As root, the system\'s package manager would have been tried as well.)'}\n${told.join('\n')}`,
    )
  }),
}

async function runs() {
  const found = findChromium()
  return found !== null && (await run(found, ['--version', '--no-sandbox'])).code === 0
}
