import { parseArgs } from 'node:util'
import { UserError } from '../user-error.ts'
import { Failure, type Command, type Options } from './command.ts'
import { backupCommand, doctorCommand, rebuildCommand, rebuildSearchCommand, restoreCommand } from './data-commands.ts'
import { addMember, createToken, resetPassword } from './people-commands.ts'
import { createWorkspace, deleteWorkspace, listWorkspaces, purgeWorkspace, undeleteWorkspace } from './workspace-commands.ts'

const commands: Readonly<Record<string, Command>> = {
  'workspace create': createWorkspace,
  'workspace list': listWorkspaces,
  'workspace delete': deleteWorkspace,
  'workspace undelete': undeleteWorkspace,
  'workspace purge': purgeWorkspace,
  'member add': addMember,
  'member reset-password': resetPassword,
  'token create': createToken,
  backup: backupCommand,
  restore: restoreCommand,
  rebuild: rebuildCommand,
  'rebuild-search': rebuildSearchCommand,
  doctor: doctorCommand,
}

const usage = (name: string, { options, optional = [], flags = {} }: Command) => [
  name, ...Object.keys(options).map((option) => (optional.includes(option) ? `[--${option} …]` : `--${option} …`)), ...Object.keys(flags).map((flag) => `--${flag}`),
].join(' ')

const help = () => [
  'npm run -s admin -- <command> [--json]',
  'Works on the folder that DATA_DIR names (./data), whether the server runs or not.',
  ...Object.entries(commands).map(([name, command]) => [
    usage(name, command), `    ${command.summary}`,
    ...Object.entries({ ...command.options, ...command.flags }).map(([option, what]) => `    --${option.padEnd(12)}${what}`),
  ].join('\n')),
].join('\n\n')

type Asked = { name: string; command: Command; options: Options }

/** Reads the words after `admin --`. A Failure with the code `usage` says what is wrong with them. */
function read(args: readonly string[]): Asked | 'help' {
  const known = Object.values(commands).flatMap(({ options }) => Object.keys(options))
  const flags = Object.values(commands).flatMap(({ flags = {} }) => Object.keys(flags))
  let parsed
  try {
    parsed = parseArgs({
      args: [...args], allowPositionals: true, strict: true,
      options: {
        ...Object.fromEntries(['json', 'help', ...flags].map((name) => [name, { type: 'boolean' } as const])),
        ...Object.fromEntries(known.map((name) => [name, { type: 'string' } as const])),
      },
    })
  } catch (error) {
    throw new Failure('usage', error instanceof Error ? error.message : String(error))
  }
  const name = parsed.positionals.join(' ')
  const values: Record<string, unknown> = parsed.values
  if (name === 'help' || values.help) return 'help'
  const command = commands[name]
  const see = 'Run "npm run admin -- help" for what there is.'
  if (!command) throw new Failure('usage', name ? `There is no command "${name}". ${see}` : `A command is missing. ${see}`)
  const given = Object.entries(values).filter(([option]) => option !== 'json')
  const options = Object.fromEntries(given.map(([option, value]) => [option, value === true ? 'yes' : String(value)]))
  for (const option of Object.keys(options)) {
    if (!(option in command.options) && !(option in (command.flags ?? {}))) throw new Failure('usage', `"${name}" takes no --${option}. It is used so: ${usage(name, command)}`)
  }
  const missing = Object.keys(command.options).filter((option) => !(option in options) && !command.optional?.includes(option))
  if (missing.length > 0) throw new Failure('usage', `"${name}" needs ${missing.map((option) => `--${option}`).join(', ')}. It is used so: ${usage(name, command)}`)
  return { name, command, options }
}

const isBusy = (error: unknown) => error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5

/** What to tell of any error: people and scripts act on the first kinds, the last is a fault of ours. */
function explain(error: unknown): { code: string; message: string } {
  if (error instanceof Failure) return { code: error.code, message: error.message }
  if (error instanceof UserError) return { code: 'refused', message: error.message }
  if (isBusy(error)) return { code: 'busy', message: 'Another program was writing to the database for 5 seconds. Try again.' }
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) }
}

export type Streams = { out: (text: string) => void; err: (text: string) => void }

/** Runs one command; what it says goes to the streams. Resolves with the exit code. */
export async function runCommand(args: readonly string[], dataDir: () => string, { out, err }: Streams, address = () => 'http://localhost:3000'): Promise<0 | 1> {
  const json = args.includes('--json')
  try {
    const asked = read(args)
    if (asked === 'help') {
      out(json ? JSON.stringify({ help: help() }) : help())
      return 0
    }
    const outcome = await asked.command.run(asked.options, dataDir(), address)
    out(json ? JSON.stringify(outcome.json) : outcome.text)
    return outcome.exitCode ?? 0
  } catch (error) {
    const { code, message } = explain(error)
    err(json ? JSON.stringify({ error: { code, message } }) : message)
    return 1
  }
}
