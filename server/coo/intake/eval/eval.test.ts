import { expect, test } from 'vitest'
import { intake } from '../intake.ts'
import type { Case } from './case.ts'
import { heldOut } from './held-out.ts'
import { reaches, requestOf, scoreCase, sumOf } from './score.ts'
import { tuned } from './tuned.ts'

const scoreAll = (cases: readonly Case[]) => sumOf(cases.map((one) => scoreCase(one, intake(requestOf(one)))))

test('the intake reaches its targets over all requests of the evaluation', () => {
  const sum = scoreAll([...tuned, ...heldOut])
  expect(sum.cases).toBeGreaterThanOrEqual(60)
  expect(sum, JSON.stringify(sum)).toSatisfy(reaches)
})

test('a third of the requests are held out, and no request is in both sets', () => {
  expect(heldOut.length * 3).toBeGreaterThanOrEqual(tuned.length)
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
