import { expect, test } from 'vitest'
import { intake } from '../intake.ts'
import type { Case } from './case.ts'
import { heldOut } from './held-out.ts'
import { reaches, requestOf, scoreCase, sumOf } from './score.ts'
import { scoreWithModel } from './score-with-model.ts'
import { tuned } from './tuned.ts'
import { scriptedModel } from '../../../../tests/support/model.ts'
import { openaiCoo } from '../../openai-coo.ts'

const scoreAll = (cases: readonly Case[]) => sumOf(cases.map((one) => scoreCase(one, intake(requestOf(one)))))

test('the intake reaches its targets over all requests of the evaluation', () => {
  const sum = scoreAll([...tuned, ...heldOut])
  expect(sum.cases).toBeGreaterThanOrEqual(60)
  expect(sum, JSON.stringify(sum)).toSatisfy(reaches)
})

test('a fifth of the requests is held out, and no request is in both sets', () => {
  expect(heldOut.length * 4).toBeGreaterThanOrEqual(tuned.length)
  const ids = [...tuned, ...heldOut].map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('what is invented, split wrongly or dated wrongly is counted', () => {
  const [one] = tuned.filter(({ id }) => id === 't04')
  if (!one) throw new Error('There is no case t04.')
  const { reply, proposals } = intake(requestOf(one))
  const [first, ...rest] = proposals
  if (!first) throw new Error('Nothing was proposed.')
  expect(scoreCase(one, { reply, proposals })).toMatchObject({ split: true, invented: 0, misses: [] })
  expect(scoreCase(one, { reply, proposals: rest }).split).toBe(false)
  expect(scoreCase(one, { reply, proposals: [{ ...first, dueOn: '2026-12-24' }, ...rest] }).toldRight).toBeLessThan(scoreCase(one, { reply, proposals }).toldRight)
  expect(scoreCase(one, { reply, proposals: [{ ...first, description: `${first.description} Santa` }, ...rest] }).invented).toBe(1)
})

test('a model is scored by what it proposes; one that does not answer has failed its requests', async () => {
  const model = await scriptedModel()
  const cases = tuned.filter(({ id }) => id === 't04')
  const { proposals } = intake(requestOf(cases[0]!))
  const args = { proposals: proposals.map(({ title, description, projectId, assigneeId, why, priority, dueOn, size, blockedBy, duplicates, questions }) => ({
    title, description: `In other words: ${description}`, project: projectId, assignee: assigneeId, why, priority, due_on: dueOn, auto_run: false, size, blocked_by: blockedBy, duplicates, questions,
  })) }
  const engine = openaiCoo({ kind: 'openai', baseUrl: model.baseUrl, apiKey: 'k', model: 'chief', prices: {} })
  try {
    model.script('chief', [{ say: 'So.', calls: [{ name: 'propose_missions', args }] }, { refuse: { status: 401, message: 'No more of it.' } }])
    expect(await scoreWithModel(cases, engine)).toMatchObject([{ split: true, invented: 0, misses: [] }])
    expect(await scoreWithModel(cases, engine)).toMatchObject([{ split: false, misses: [expect.stringContaining('No more of it') as string] }])
  } finally {
    await model.stop()
  }
})
