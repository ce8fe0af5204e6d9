import { intake } from '../intake.ts'
import { heldOut } from './held-out.ts'
import { reaches, requestOf, scoreCase, sumOf, targets, type Scored } from './score.ts'
import { tuned } from './tuned.ts'

// `npm run eval:intake` scores the intake without a model on requests of our own making; `-- tuned` shows and scores those alone that it may be tuned on.
const onlyTuned = process.argv.includes('tuned')
const sets = { tuned, ...onlyTuned ? {} : { 'held out': heldOut } }
const percent = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(8)

const results: Record<string, Scored[]> = {}
for (const [name, cases] of Object.entries(sets)) results[name] = cases.map((test) => scoreCase(test, intake(requestOf(test))))
const all = Object.values(results).flat()
for (const { id, style, misses } of all.filter((one) => one.misses.length > 0)) console.log(`${id} ${style}\n${misses.map((miss) => `    ${miss}`).join('\n')}`)

console.log(`\n${'requests'.padEnd(14)}${'number'.padStart(8)}${'split'.padStart(10)}${'names, days'.padStart(13)}${'the rest'.padStart(10)}${'invented'.padStart(10)}`)
for (const [name, scored] of [...Object.entries(results), ...onlyTuned ? [] : [['all', all] as const]]) {
  const sum = sumOf(scored)
  console.log(`${name.padEnd(14)}${String(sum.cases).padStart(8)}${percent(sum.split).padStart(10)}${percent(sum.told).padStart(13)}${percent(sum.rest).padStart(10)}${String(sum.invented).padStart(10)}`)
}
console.log(`${'wanted'.padEnd(22)}${percent(targets.split).padStart(10)}${percent(targets.told).padStart(13)}${''.padStart(10)}${String(targets.invented).padStart(10)}`)
process.exitCode = reaches(sumOf(all)) ? 0 : 1
