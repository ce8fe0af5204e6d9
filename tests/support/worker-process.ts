import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { cutLine } from './cut-line.ts'
import { bareEnvironment } from './server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const processes = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of processes) child.kill('SIGKILL')
})

/** The real worker program, over a line of its own that can be cut. */
export async function workerProcess(serverUrl: string, token: string, name: string) {
  const line = await cutLine(serverUrl)
  let child = launch()
  let words = ''

  function launch(): ChildProcess {
    const started = spawn(process.execPath, ['server/runs/worker/main.ts', '--url', line.url, '--token', token, '--name', name], { cwd: root, env: bareEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
    processes.add(started)
    started.once('exit', () => processes.delete(started))
    for (const output of [started.stdout, started.stderr]) output?.on('data', (chunk: Buffer) => { words = (words + chunk).slice(-20_000) })
    return started
  }

  return {
    name,
    words: () => words,
    /** Ends it as a power cut would, and starts another in its place. */
    replace() {
      child.kill('SIGKILL')
      child = launch()
    },
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    cut: () => line.cut(),
    mend: () => line.mend(),
    end() {
      child.kill('SIGKILL')
      line.close()
    },
  }
}
