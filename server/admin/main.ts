import { readConfig } from '../config.ts'
import { runCommand } from './run-command.ts'

const config = () => readConfig(process.env)

process.exitCode = await runCommand(process.argv.slice(2), () => config().dataDir, {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
}, () => config().origin ?? `http://localhost:${config().port}`)
