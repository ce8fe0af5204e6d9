import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bareEnvironment } from './server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const execute = promisify(execFile)

/** Runs `npm run admin -- …args --json` on a data folder and gives what it printed. Rejects with its stderr when it fails. */
export async function admin<Answer = Record<string, unknown>>(dataDir: string, ...args: string[]): Promise<Answer> {
  const { stdout } = await execute(process.execPath, ['server/admin/main.ts', ...args, '--json'], {
    cwd: root,
    env: { ...bareEnvironment(), LOG_LEVEL: 'warn', DATA_DIR: dataDir },
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(stdout) as Answer
}
