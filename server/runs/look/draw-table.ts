import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { axis, axisText, label, numbers, palette, plot, svgOf, tick, withTicks } from './chart-look.ts'

/** A chart of a table of numbers: each series has a value for each label, `null` where there is none. */
export type TableChart = {
  title: string
  subtitle: string
  kind: 'line' | 'area' | 'bar' | 'stacked_bar' | 'scatter' | 'pie'
  labels: readonly string[]
  series: readonly { name: string; values: readonly (number | null)[] }[]
  x: string
  y: string
}

const mostShownValues = 14

function optionsOf({ kind, labels, series, x, y }: TableChart): object {
  const legend = (names: readonly string[]) => ({ left: 20, top: 66, type: 'plain', itemWidth: 14, itemHeight: 8, textStyle: axisText, data: names.map((name) => label(name, 24)) })
  if (kind === 'pie') {
    const [only] = series
    return {
      series: [{
        type: 'pie', silent: true, radius: ['0%', '62%'], center: ['50%', '60%'],
        label: { ...axisText, formatter: ({ name, value, percent }: { name: string; value: number; percent: number }) => `${name}: ${tick(value)} (${Math.round(percent)} %)` },
        data: labels.map((name, index) => ({ name: label(name, 30), value: only?.values[index] ?? 0, itemStyle: { color: palette[index % palette.length] } })),
      }],
    }
  }
  const several = series.length > 1
  const grid = several ? { ...plot, top: 126 } : plot
  if (kind === 'scatter') {
    // Two series are the two measures of each point; the labels name the points.
    const [across, up] = series
    return {
      grid: plot,
      xAxis: { ...numbers, ...withTicks(axis(x || across?.name || '', 'x')) },
      yAxis: { ...numbers, ...withTicks(axis(y || up?.name || '', 'y')) },
      series: [{
        type: 'scatter', silent: true, symbolSize: 7, itemStyle: { color: palette[0], opacity: 0.6 },
        data: labels.flatMap((_, index) => {
          const point = [across?.values[index], up?.values[index]]
          return point.every((value) => typeof value === 'number') ? [point] : []
        }),
      }],
    }
  }
  const bars = kind === 'bar' || kind === 'stacked_bar'
  const shown = !several && labels.length <= mostShownValues
  const base = axis(x, 'x')
  return {
    grid,
    ...several ? { legend: legend(series.map(({ name }) => name)) } : {},
    xAxis: { type: 'category', boundaryGap: bars, data: labels.map((name) => label(name, 18)), ...base, axisLabel: { ...base.axisLabel, hideOverlap: true } },
    yAxis: { type: 'value', scale: !bars && kind !== 'area', ...withTicks(axis(y, 'y')) },
    series: series.map(({ name, values }, index) => ({
      name: label(name, 24),
      silent: true,
      data: labels.map((_, at) => values[at] ?? null),
      itemStyle: { color: palette[index % palette.length], ...bars && kind !== 'stacked_bar' ? { borderRadius: [2, 2, 0, 0] } : {} },
      ...bars
        ? {
            type: 'bar', barMaxWidth: 46, ...kind === 'stacked_bar' ? { stack: 'all' } : {},
            label: { show: shown, position: 'top', ...axisText, formatter: ({ value }: { value: number }) => tick(value) },
          }
        : {
            type: 'line', symbol: 'circle', symbolSize: 6, showSymbol: labels.length <= 40, lineStyle: { width: 2.25 },
            ...kind === 'area' ? { areaStyle: { opacity: 0.25 }, stack: 'all' } : {},
          },
    })),
  }
}

export const drawTable = (chart: TableChart): Promise<string> => svgOf(chart, optionsOf(chart))

let ready: Promise<{ Resvg: (typeof import('@resvg/resvg-wasm'))['Resvg']; fonts: Uint8Array[] }> | null = null

/** An SVG of ours as a PNG of twice its size. Fonts are those that come along; nothing is fetched. */
export async function toPng(svg: string): Promise<Uint8Array> {
  ready ??= (async () => {
    const { initWasm, Resvg } = await import('@resvg/resvg-wasm')
    const require = createRequire(import.meta.url)
    const folder = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf')
    const [wasm, ...fonts] = await Promise.all([
      readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')), ...['', '-Bold'].map((face) => readFile(join(folder, `DejaVuSansCondensed${face}.ttf`))),
    ])
    await initWasm(wasm)
    return { Resvg, fonts }
  })()
  const { Resvg, fonts } = await ready
  const picture = new Resvg(svg, { fitTo: { mode: 'zoom', value: 2 }, font: { fontBuffers: fonts, defaultFontFamily: 'DejaVu Sans Condensed', sansSerifFamily: 'DejaVu Sans Condensed' } })
  const rendered = picture.render()
  try {
    return rendered.asPng()
  } finally {
    rendered.free()
    picture.free()
  }
}
