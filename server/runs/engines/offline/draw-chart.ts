import { singleSpaced } from '../../../files/extract/extracted-text.ts'
import type { ChartPlan } from './chart-plan.ts'
import { dateTicks } from './date-ticks.ts'
import { spokenNumber } from './numbers.ts'

const width = 760
const height = 370
const font = 'DejaVu Sans Condensed, DejaVu Sans, Segoe UI, Helvetica, Arial, sans-serif'
const ink = '#1f2a37'
const quiet = '#5b6675'
const faint = '#e6e9ee'
const palette = ['#3a6ea5', '#d9893b', '#4f9a76', '#9a6bb0', '#c65b52', '#6f7f8f']
const plot = { left: 76, right: 28, top: 104, bottom: 58 }

/** Characters that XML forbids and halves of surrogate pairs would make the picture unreadable. */
const label = (text: string, most = 60) => {
  const clean = singleSpaced(text.toWellFormed().replace(/[\ufffe\uffff]/g, ''))
  return clean.length > most ? `${[...clean].slice(0, most - 1).join('')}…` : clean
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 })
const tick = (value: number) => (Math.abs(value) >= 10_000 ? compact.format(value) : spokenNumber(Number(value.toPrecision(12))))

/** A plan as SVG text: 760 by 370, on white, without scripts, styles or references, so that it can be shown anywhere. */
export async function drawChart(plan: ChartPlan): Promise<string> {
  const charts = await renderer()
  const chart = charts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      color: palette,
      textStyle: { fontFamily: font, color: ink },
      title: {
        text: label(plan.title, 80),
        subtext: label(plan.subtitle, 130),
        left: 24,
        top: 18,
        itemGap: 6,
        textStyle: { fontFamily: font, fontSize: 17, fontWeight: 'bold', color: ink },
        subtextStyle: { fontFamily: font, fontSize: 12, color: quiet },
      },
      ...optionsOf(plan),
    })
    return tidy(chart.renderToSVGString(), label(`${plan.title}. ${plan.subtitle}`, 300))
  } finally {
    chart.dispose()
  }
}

let loaded: Promise<typeof import('echarts/core')> | null = null

/** Loading it takes a moment and memory, which a run without tables need not spend. */
function renderer() {
  loaded ??= (async () => {
    const [core, { BarChart, LineChart, ScatterChart }, { GridComponent, LegendComponent, TitleComponent }, { SVGRenderer }] =
      await Promise.all([import('echarts/core'), import('echarts/charts'), import('echarts/components'), import('echarts/renderers')])
    core.use([BarChart, LineChart, ScatterChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer])
    return core
  })()
  return loaded
}

const axisText = { fontFamily: font, fontSize: 12, color: quiet }
const nameText = { fontFamily: font, fontSize: 12, color: ink }

const axis = (name: string, side: 'x' | 'y') => ({
  name: label(name, 50),
  nameLocation: side === 'x' ? 'middle' : 'end',
  nameGap: side === 'x' ? 34 : 16,
  nameTextStyle: side === 'x' ? nameText : { ...nameText, align: 'left', padding: [0, 0, 0, -48] },
  axisLabel: { ...axisText, hideOverlap: true },
  axisLine: { show: side === 'x', lineStyle: { color: '#b9c1cb' } },
  axisTick: { show: false },
  splitLine: { show: side === 'y', lineStyle: { color: faint } },
})

const numbers = { type: 'value', scale: true }
const withTicks = <T extends { axisLabel: object }>(base: T) => ({ ...base, axisLabel: { ...base.axisLabel, formatter: tick } })

function optionsOf(plan: ChartPlan): object {
  switch (plan.kind) {
    case 'line':
      return lines(plan)
    case 'bars':
      return plan.upright ? uprightBars(plan) : lyingBars(plan)
    case 'histogram':
      return histogram(plan)
    case 'scatter':
      return {
        grid: plot,
        xAxis: { ...numbers, ...withTicks(axis(plan.x, 'x')) },
        yAxis: { ...numbers, ...withTicks(axis(plan.y, 'y')) },
        series: [
          {
            type: 'scatter',
            silent: true,
            symbolSize: plan.points.length > 400 ? 5 : 7,
            data: plan.points,
            itemStyle: { color: palette[0], opacity: 0.55 },
          },
        ],
      }
  }
}

function lines(plan: Extract<ChartPlan, { kind: 'line' }>): object {
  const several = plan.series.length > 1
  const base = axis(plan.x, 'x')
  const times = plan.series.flatMap(({ points }) => points.map(({ at }) => at))
  const [from, to] = [Math.min(...times), Math.max(...times)]
  const { ticks, spoken } = dateTicks(from, to)
  const few = plan.series.every(({ points }) => points.length <= 40)
  return {
    grid: several ? { ...plot, top: 126 } : plot,
    legend: several
      ? {
          left: 20,
          top: 66,
          itemWidth: 14,
          itemHeight: 4,
          icon: 'roundRect',
          textStyle: axisText,
          data: plan.series.map(({ name }) => label(name, 24)),
        }
      : undefined,
    xAxis: { type: 'value', min: from, max: to, ...base, axisLabel: { ...base.axisLabel, formatter: spoken, customValues: ticks } },
    yAxis: { ...numbers, ...withTicks(axis(plan.y, 'y')) },
    series: plan.series.map(({ name, points }, index) => ({
      type: 'line',
      name: label(name, 24),
      silent: true,
      showSymbol: few,
      symbol: 'circle',
      symbolSize: 6,
      lineStyle: { width: 2.25 },
      itemStyle: { color: palette[index % palette.length] },
      areaStyle: several ? undefined : { color: palette[0], opacity: 0.07, origin: 'start' },
      data: points.map(({ at, value }) => [at, value]),
    })),
  }
}

const valueLabels = (position: 'right' | 'top') => ({
  show: true,
  position,
  color: ink,
  fontFamily: font,
  fontSize: 12,
  formatter: ({ value }: { value: number | [number, number] }) => tick(Array.isArray(value) ? value[1] : value),
})

function lyingBars(plan: Extract<ChartPlan, { kind: 'bars' }>): object {
  const names = plan.bars.map(({ name }) => label(name, 26))
  const longest = Math.max(...names.map((name) => [...name].length))
  return {
    grid: { ...plot, left: Math.min(210, 30 + longest * 7), right: 76, top: 82, bottom: 56 },
    xAxis: {
      type: 'value',
      ...withTicks(axis(plan.y, 'x')),
      splitLine: { show: true, lineStyle: { color: faint } },
      axisLine: { show: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: names,
      axisLabel: { ...axisText, color: ink },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: '#b9c1cb' } },
    },
    series: [
      {
        type: 'bar',
        silent: true,
        barMaxWidth: 30,
        barCategoryGap: '32%',
        data: plan.bars.map(({ value }) => value),
        label: valueLabels('right'),
        itemStyle: { color: palette[0], borderRadius: 2 },
      },
    ],
  }
}

function uprightBars(plan: Extract<ChartPlan, { kind: 'bars' }>): object {
  return {
    grid: plot,
    xAxis: { type: 'category', data: plan.bars.map(({ name }) => label(name, 12)), ...axis(plan.x, 'x') },
    yAxis: { type: 'value', ...withTicks(axis(plan.y, 'y')) },
    series: [
      {
        type: 'bar',
        silent: true,
        barMaxWidth: 46,
        data: plan.bars.map(({ value }) => value),
        label: plan.bars.length <= 14 ? valueLabels('top') : undefined,
        itemStyle: { color: palette[0], borderRadius: [2, 2, 0, 0] },
      },
    ],
  }
}

function histogram(plan: Extract<ChartPlan, { kind: 'histogram' }>): object {
  const end = plan.from + plan.step * plan.counts.length
  const bar = (width - plot.left - plot.right) / plan.counts.length
  const every = Math.ceil(plan.counts.length / 12)
  const edges = Array.from({ length: Math.floor(plan.counts.length / every) + 1 }, (_, index) => plan.from + plan.step * every * index)
  const base = withTicks(axis(plan.x, 'x'))
  return {
    grid: plot,
    xAxis: { type: 'value', containShape: false, min: plan.from, max: end, ...base, axisLabel: { ...base.axisLabel, customValues: edges } },
    yAxis: { type: 'value', minInterval: 1, ...withTicks(axis(plan.y, 'y')) },
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: Math.max(1, bar - 2),
        itemStyle: { color: palette[0], borderRadius: [2, 2, 0, 0] },
        data: plan.counts.map((count, index) => [plan.from + plan.step * (index + 0.5), count]),
      },
    ],
  }
}

/**
 * The picture must be the same each time, and work where styles are forbidden: counters of the process go out of its ids, hover
 * rules and data marks go, inline styles become attributes, and a title says to a screen reader what it shows.
 */
function tidy(svg: string, title: string): string {
  const escaped = title.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
  return svg
    .replace(/<style[^>]*>.*?<\/style>/gs, '')
    .replace(/ (?:class|ecmeta_[a-z_]+|pointer-events)="[^"]*"/g, '')
    .replace(/zr\d+-/g, 'chart-')
    .replace(/ style="([^"]*)"/g, (_, rules: string) =>
      rules
        .split(';')
        .filter((rule) => rule.includes(':'))
        .map((rule) => {
          const [name = '', value = ''] = rule.split(/:(.*)/)
          const short = name.trim() === 'font' ? /^(\S+) (\S+) (\S+) (.*)$/.exec(value.trim()) : null
          if (short) return ` font-style="${short[1]}" font-weight="${short[2]}" font-size="${short[3]}" font-family="${short[4]}"`
          return ` ${name.trim()}="${value.trim().replace(/&quot;|"/g, "'")}"`
        })
        .join(''),
    )
    .replace(/^<svg /, '<svg role="img" ')
    .replace(/^(<svg[^>]*>)/, `$1\n<title>${escaped}</title>`)
    .replace(/\n{2,}/g, '\n')
}
