import { readModels } from '../../../config.ts'
import { openaiCoo } from '../../openai-coo.ts'
import { intake } from '../intake.ts'
import { heldOut } from './held-out.ts'
import { reaches, requestOf, scoreCase, sumOf, targets, type Scored } from './score.ts'
import { scoreWithModel } from './score-with-model.ts'
import { tuned } from './tuned.ts'

// `npm run eval:intake` scores the intake without a model on requests of our own making, and, where OPENAI_API_KEY or OPENAI_BASE_URL is set, the
// model OPENAI_MODEL after it; `-- tuned` shows and scores those requests alone that the intake may be tuned on.
const onlyTuned = process.argv.includes('tuned')
const sets = { tuned, ...onlyTuned ? {} : { 'held out': heldOut } }
const percent = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(8)

function tell(title: string, results: Readonly<Record<string, readonly Scored[]>>) {
  const all = Object.values(results).flat()
  for (const { id, style, misses } of all.filter((one) => one.misses.length > 0)) console.log(`${id} ${style}\n${misses.map((miss) => `    ${miss}`).join('\n')}`)
  console.log(`\n${title.padEnd(22)}${'number'.padStart(8)}${'split'.padStart(10)}${'names, days'.padStart(13)}${'the rest'.padStart(10)}${'invented'.padStart(10)}`)
  for (const [name, scored] of [...Object.entries(results), ...onlyTuned ? [] : [['all', all] as const]]) {
    const sum = sumOf(scored)
    console.log(`${name.padEnd(22)}${String(sum.cases).padStart(8)}${percent(sum.split).padStart(10)}${percent(sum.told).padStart(13)}${percent(sum.rest).padStart(10)}${String(sum.invented).padStart(10)}`)
  }
  return sumOf(all)
}

const offline = tell('without a model', Object.fromEntries(Object.entries(sets).map(([name, cases]) => [name, cases.map((test) => scoreCase(test, intake(requestOf(test))))])))
console.log(`${'wanted'.padEnd(30)}${percent(targets.split).padStart(10)}${percent(targets.told).padStart(13)}${''.padStart(10)}${String(targets.invented).padStart(10)}`)
process.exitCode = reaches(offline) ? 0 : 1

const models = readModels(process.env)
if (models && !models.model) console.log('\nSet OPENAI_MODEL as well, and the model is scored, too.')
else if (models) {
  console.log(`\nThe model ${models.model} at ${models.baseUrl} answers; a request takes as long as it takes.\n`)
  const engine = openaiCoo({ kind: 'openai', ...models, prices: {} })
  const results: Record<string, Scored[]> = {}
  for (const [name, cases] of Object.entries(sets)) results[name] = await scoreWithModel(cases, engine)
  // It may say things in words of its own: what it invents is people, days and projects.
  tell(models.model, results)
}
