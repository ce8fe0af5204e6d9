import { axis, axisText, faint, font, ink, label, numbers, palette, plot, svgOf, tick, width, withTicks } from '../../look/chart-look.ts'
import type { ChartPlan } from './chart-plan.ts'
import { dateTicks } from './date-ticks.ts'

/** A plan as SVG text. */
export const drawChart = (plan: ChartPlan): Promise<string> => svgOf(plan, optionsOf(plan))

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
