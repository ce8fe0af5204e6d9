import { bigMission } from './big-mission.ts'
import { durability } from './durability.ts'
import { failingStore } from './failing-store.ts'
import { line, met, type Figure } from './figures.ts'
import { firstWord } from './first-word.ts'
import { hostile } from './hostile.ts'
import { hostileFilesPart } from './hostile-files.ts'
import { largeDocument } from './large-document.ts'
import { page } from './page.ts'
import type { Part } from './part.ts'
import { propagation } from './propagation.ts'
import { runLog } from './runs/log.ts'
import { runOpening } from './runs/opening.ts'
import { runWatching } from './runs/watching.ts'
import { search } from './search.ts'
import { stalledReader } from './stalled-reader.ts'
import { startUp } from './start.ts'
import { typing } from './typing.ts'
import { upload } from './upload.ts'

// `npm run bench` prints what was measured against what it is held to; `-- --json` prints it as one JSON object;
// `-- propagation start` measures only those; `-- --rounds 5` takes more rounds; `-- --long` lets faults last a minute.

const parts: Record<string, Part> = {
  propagation,
  durability,
  'large-document': largeDocument,
  'failing-store': failingStore,
  'stalled-reader': stalledReader,
  hostile,
  'big-mission': bigMission,
  upload,
  'hostile-files': hostileFilesPart,
  page,
  typing,
  'run-watching': runWatching,
  'run-opening': runOpening,
  'run-log': runLog,
  search,
  'first-word': firstWord,
  start: startUp,
}

const args = process.argv.slice(2)
const asJson = args.includes('--json')
const long = args.includes('--long')
const rounds = Number(args[args.indexOf('--rounds') + 1]) || 3
const asked = args.filter((arg, at) => !arg.startsWith('--') && args[at - 1] !== '--rounds')
const unknown = asked.find((name) => !(name in parts))
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}"; the parts are ${Object.keys(parts).join(', ')}.`)
  process.exit(1)
}

const results: Record<string, Figure[]> = {}
for (const [name, measure] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  results[name] = await measure({ rounds, long, tell: (told) => console.error(`  ${name}: ${told}`) })
  if (!asJson) console.log(`\n${name}\n${results[name].map(line).join('\n')}`)
}
const missed = Object.values(results).flat().filter((figure) => !met(figure))
if (asJson) console.log(JSON.stringify({ node: process.version, rounds, parts: results, missed: missed.map(({ name }) => name) }))
else console.log(missed.length === 0 ? '\nEvery target was met.' : `\nMissed: ${missed.map(({ name }) => name).join('; ')}.`)
