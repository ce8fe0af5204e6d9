import { expect, test } from 'vitest'
import type { ChartPlan } from './chart-plan.ts'
import { drawChart } from './draw-chart.ts'

const about = { title: 'Mean of "a" & <b>', subtitle: 't.csv, 3 rows', columns: ['a'], score: 1 }
const plans: ChartPlan[] = [
  {
    ...about,
    kind: 'line',
    x: 'day',
    y: 'a',
    series: [
      {
        name: 'a',
        points: [
          { at: 0, value: 1 },
          { at: 86_400_000, value: 4 },
        ],
      },
    ],
  },
  {
    ...about,
    kind: 'bars',
    x: 'b',
    y: 'a',
    upright: false,
    bars: [
      { name: 'x & y \u0007\ud800', value: 3 },
      { name: 'مبيعات', value: -2 },
    ],
  },
  { ...about, kind: 'bars', x: 'b', y: 'a', upright: true, bars: [{ name: '1', value: 3 }] },
  { ...about, kind: 'histogram', x: 'a', y: 'rows', from: 0, step: 2.5, counts: [1, 0, 4] },
  {
    ...about,
    kind: 'scatter',
    x: 'a',
    y: 'b',
    points: [
      [1, 2],
      [3, 5],
    ],
  },
]

/** The names of the elements, if every tag is closed in turn and no stray mark stands in the text. */
function elementsOf(xml: string): string[] | null {
  const names: string[] = []
  const open: string[] = []
  const rest = xml.replace(
    /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
    (_, closes: string, name: string, _attributes: string, empty: string) => {
      if (closes) return open.pop() === name ? '' : '<'
      names.push(name)
      if (!empty) open.push(name)
      return ''
    },
  )
  return open.length === 0 && !/[<]|&(?!(amp|lt|gt|quot|#\d+);)|[\u0000-\u0008]/.test(rest) && rest.isWellFormed() ? names : null
}

test.each(plans)('a chart is well-formed, titled, without scripts, styles or links: $kind', async (plan) => {
  const svg = await drawChart(plan)
  expect(elementsOf(svg)?.[0]).toBe('svg')
  expect(svg).toContain('<title>Mean of "a" &amp; &lt;b&gt;. t.csv, 3 rows</title>')
  expect(svg).not.toMatch(/<style|<script|style="|href=|class="|zr\d/)
  expect(svg).toContain('>Mean of ')
})

test('the same plan gives the same bytes', async () => {
  for (const plan of plans) expect(await drawChart(plan)).toBe(await drawChart(plan))
})
