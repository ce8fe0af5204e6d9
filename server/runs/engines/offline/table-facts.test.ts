import { expect, test } from 'vitest'
import { chartPlans, pickPlans } from './chart-plan.ts'
import type { Interest } from './interest.ts'
import { factsOf } from './table-facts.ts'
import { tableProfiler } from './table-profile.ts'
import { rolesOf } from './table-roles.ts'

function tableOf(header: string[], rows: (string | number)[][]) {
  const profiler = tableProfiler(',')
  for (const [index, cells] of [header, ...rows].entries()) profiler.sink(cells.map(String), index + 1)
  const profile = profiler.finish()
  return { profile, roles: rolesOf(profile, () => false) }
}
const still = async () => {}
const factsIn = async ({ profile, roles }: ReturnType<typeof tableOf>, of: Interest['of'] = () => 0) =>
  (await factsOf(profile, roles, { of, together: () => false }, still)).map(({ text }) => text)
const plansIn = async ({ profile, roles }: ReturnType<typeof tableOf>) =>
  chartPlans(profile, roles, { of: () => 0, together: () => false }, 'basis', still)

const shops = tableOf(
  ['shop', 'sold'],
  [...Array(5).fill(['North', 10]), ...Array(5).fill(['South', 20]), ['Kiosk', 90]].map(([shop, sold], row) => [shop, sold + (row % 2)]),
)

test('the greatest difference between groups is told with its numbers, and small groups are left aside by name', async () => {
  expect(await factsIn(shops)).toContain(
    'The mean of sold is highest where shop is South (20.6 over 5 rows) and lowest where it is North (10.4 over 5 rows); Kiosk, with fewer than 3 rows, left aside.',
  )
})

test('a trend tells where it began, ended, and turned, with the rows', async () => {
  const facts = await factsIn(
    tableOf(
      ['day', 'price'],
      [
        ['2024-01-01', 10],
        ['2024-01-02', 8],
        ['2024-01-03', 15],
      ],
    ),
  )
  expect(facts).toContain(
    'price went from 10 (2024-01-01, row 2) to 15 (2024-01-03, row 4), 50 % more; its lowest was 8 (2024-01-02, row 3), its highest 15 (2024-01-03, row 4).',
  )
})

test('amounts of one month add up, prices are averaged', async () => {
  const rows = Array.from({ length: 800 }, (_, row) => [
    new Date(Date.UTC(2022, 0, 1 + row)).toISOString().slice(0, 10),
    2 + (row % 2),
    5 + (row % 2),
  ])
  const facts = await factsIn(tableOf(['day', 'revenue', 'price'], rows))
  expect(facts.find((fact) => fact.startsWith('The sum of revenue per month went from 77 (2022-01)'))).toBeDefined()
  expect(facts.find((fact) => fact.startsWith('The mean of price per month'))).toBeDefined()
})

test('what moves together is told with its correlation', async () => {
  const rows = Array.from({ length: 20 }, (_, row) => [row * 1.5, 40 - row * 2 + (row % 3)])
  expect(
    (await factsIn(tableOf(['length', 'speed'], rows))).find((fact) =>
      /length falls where speed rises: their correlation is -0\.99\d over 20 rows\./.test(fact),
    ),
  ).toBeDefined()
})

test('extremes name their row, and what the row is called', async () => {
  expect(
    await factsIn(
      tableOf(
        ['country', 'people'],
        [
          ['Chad', 5],
          ['Peru', 9],
          ['Fiji', 1],
          ['Oman', 1],
        ],
      ),
    ),
  ).toContain('people is highest in row 3 (Peru, 9) and lowest in row 4 and 1 other (Fiji, 1).')
})

test('columns that are asked for come first', async () => {
  const table = tableOf(
    ['kind', 'width', 'height'],
    Array.from({ length: 30 }, (_, row) => [row % 2 ? 'a' : 'b', (row % 2) * 10 + (row % 5), (row % 2) * 10 + (row % 5) + (row % 3)]),
  )
  expect((await factsIn(table, (name) => (name === 'height' ? 1 : 0)))[0]).toContain('height')
})

test('charts fit their columns: lines over dates, bars over groups, a histogram of numbers', async () => {
  const dates = await plansIn(
    tableOf(
      ['day', 'price'],
      Array.from({ length: 30 }, (_, row) => [`2024-01-${String(row + 1).padStart(2, '0')}`, row * 1.5]),
    ),
  )
  expect(dates[0]).toMatchObject({ kind: 'line', x: 'day', y: 'price' })
  const bars = (await plansIn(shops)).find(({ kind }) => kind === 'bars')
  expect(bars).toMatchObject({
    title: 'Mean of sold by shop',
    bars: [
      { name: 'Kiosk', value: 90 },
      { name: 'South', value: 20.6 },
      { name: 'North', value: 10.4 },
    ],
  })
  const histogram = (await plansIn(shops)).find((plan) => plan.kind === 'histogram')
  expect(histogram?.kind === 'histogram' && histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(10)
  expect(histogram?.subtitle).toContain('1 far outside not shown')
})

test('several lines are drawn where a category tells rows of the same date apart', async () => {
  const rows = Array.from({ length: 24 }, (_, row) => [
    `2024-${String((row % 12) + 1).padStart(2, '0')}`,
    row < 12 ? 'North' : 'South',
    row * 2,
  ])
  const [line] = await plansIn(tableOf(['month', 'region', 'sales'], rows))
  expect(line).toMatchObject({ kind: 'line', series: [{ name: 'North' }, { name: 'South' }] })
})

test('every table with a row gets a chart, even one of words alone', async () => {
  expect(
    (
      await plansIn(
        tableOf(
          ['name', 'place'],
          [
            ['Ann', 'Rome'],
            ['Bob', 'Oslo'],
          ],
        ),
      )
    ).length,
  ).toBeGreaterThan(0)
  expect(await plansIn(tableOf(['name', 'place'], []))).toEqual([])
})

test('kinds of charts take turns', async () => {
  const table = tableOf(
    ['kind', 'width', 'height'],
    Array.from({ length: 30 }, (_, row) => [row % 2 ? 'a' : 'b', row * 2, row * 3 + (row % 7)]),
  )
  const kinds = pickPlans(await plansIn(table), 3).map(({ kind }) => kind)
  expect(new Set(kinds).size).toBe(3)
})
