import { z } from 'zod'
import { escapeLabel } from '#lib/editor/escape-markdown.ts'
import type { SideThread } from '../beside/side-thread.ts'
import type { RunOutput } from '../engine.ts'
import { defineTool, failed, said } from './tool.ts'

const values = z.array(z.number().nullable()).min(1).max(2_000)

export const makeChart = ({ output, beside }: { output: Pick<RunOutput, 'artifact'>; beside: SideThread }) => defineTool({
  name: 'make_chart',
  told: 'Draws a chart of a table of numbers and leaves it on the mission, as SVG and as PNG. Use numbers from what you read, and say in the title what one sees.',
  args: z.object({
    name: z.string().min(1).max(120).describe('File name without an ending, such as sales-by-region'),
    title: z.string().min(1).max(200),
    subtitle: z.string().max(300).optional().describe('Unit, period and source of the numbers'),
    kind: z.enum(['line', 'area', 'bar', 'stacked_bar', 'scatter', 'pie']),
    labels: z.array(z.string().max(200)).min(1).max(2_000).describe('Names along the axis, one for each value of a series'),
    series: z.array(z.object({ name: z.string().max(200), values })).min(1).max(12).describe('One for each line or colour; a pie takes one, a scatter two: across and up'),
    x: z.string().max(100).optional().describe('Name of the axis across'),
    y: z.string().max(100).optional().describe('Name of the axis up, with its unit'),
  }),
  async carryOut({ name, title, subtitle = '', kind, labels, series, x = '', y = '' }, { id: call }) {
    const uneven = series.find((each) => each.values.length !== labels.length)
    if (uneven) return failed(`“${uneven.name}” has ${uneven.values.length} values, but there are ${labels.length} labels.`)
    if (kind === 'scatter' && series.length !== 2) return failed('A scatter takes two series of values: across and up.')
    if (kind === 'pie' && (series.length !== 1 || series[0]?.values.some((value) => (value ?? 0) < 0))) return failed('A pie takes one series of values, none below zero.')
    const { svg, png } = await beside.run('drawTable', { title, subtitle, kind, labels, series, x, y })
    const base = name.replace(/\.(svg|png)$/i, '')
    const vector = await output.artifact({ name: `${base}.svg`, type: 'image/svg+xml', bytes: new TextEncoder().encode(svg), call })
    const raster = await output.artifact({ name: `${base}.png`, type: 'image/png', bytes: png, call })
    return said(`Drew ${base}.svg (file ${vector.id}) and ${base}.png (file ${raster.id}). In write_pdf it is set with ![${escapeLabel(title)}](${base}.png).`)
  },
})
