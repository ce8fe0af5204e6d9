import { spawn } from 'child_process'
import path from 'path'
import { fileURLToPath } from 'url'

/** The project's folder, whatever the working directory. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')
export const inRoot = (...parts) => path.join(root, ...parts)

/** Node as the project pins it; it exists once the packages are installed. */
export const projectNode = inRoot('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** Something the person who typed the command can act on. */
export class Failure extends Error {}

export const say = (line) => process.stderr.write(`${line}\n`)

const children = new Set()
export const endChildren = () => children.forEach((child) => child.kill('SIGTERM'))

/**
 * Runs a program in the project's folder and keeps what it prints. Never rejects:
 * a program that is missing has code 127, as in a shell.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk) => { output = (output + chunk).slice(-20000) }
    children.add(child)
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => {
      children.delete(child)
      resolve({ code: error.code === 'ENOENT' ? 127 : 126, output: output + error.message })
    })
    child.on('close', (code) => {
      children.delete(child)
      resolve({ code: code === null ? 1 : code, output })
    })
  })
}

/** The end of what a program printed, indented, for a message. */
export const lastWords = (output, lines = 15) =>
  output.trim().split('\n').slice(-lines).map((line) => `  ${line}`).join('\n')

/** Says what begins and, when it is done, how long it took. */
export async function timed(beginning, end, work) {
  const from = Date.now()
  say(beginning)
  await work()
  say(`${end} (${Math.round((Date.now() - from) / 1000)} s).`)
}
