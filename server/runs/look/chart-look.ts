import { singleSpaced } from '../../files/extract/extracted-text.ts'
import { spokenNumber } from './numbers.ts'

export const width = 760
export const height = 370
export const font = 'DejaVu Sans Condensed, DejaVu Sans, Segoe UI, Helvetica, Arial, sans-serif'
export const ink = '#1f2a37'
export const quiet = '#5b6675'
export const faint = '#e6e9ee'
export const palette = ['#3a6ea5', '#d9893b', '#4f9a76', '#9a6bb0', '#c65b52', '#6f7f8f']
export const plot = { left: 76, right: 28, top: 104, bottom: 58 }

/** Characters that XML forbids and halves of surrogate pairs would make the picture unreadable. */
export const label = (text: string, most = 60) => {
  const clean = singleSpaced(text.toWellFormed().replace(/[\ufffe\uffff]/g, ''))
  return clean.length > most ? `${[...clean].slice(0, most - 1).join('')}…` : clean
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 })
export const tick = (value: number) => (Math.abs(value) >= 10_000 ? compact.format(value) : spokenNumber(Number(value.toPrecision(12))))

/** Options of a chart as SVG text: 760 by 370, on white, without scripts, styles or references, so that it can be shown anywhere. */
export async function svgOf({ title, subtitle }: { title: string; subtitle: string }, options: object): Promise<string> {
  const charts = await renderer()
  const chart = charts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      color: palette,
      textStyle: { fontFamily: font, color: ink },
      title: {
        text: label(title, 80),
        subtext: label(subtitle, 130),
        left: 24,
        top: 18,
        itemGap: 6,
        textStyle: { fontFamily: font, fontSize: 17, fontWeight: 'bold', color: ink },
        subtextStyle: { fontFamily: font, fontSize: 12, color: quiet },
      },
      ...options,
    })
    return tidy(chart.renderToSVGString(), label(subtitle ? `${title}. ${subtitle}` : title, 300))
  } finally {
    chart.dispose()
  }
}

let loaded: Promise<typeof import('echarts/core')> | null = null

/** Loading it takes a moment and memory, which a run without tables need not spend. */
function renderer() {
  loaded ??= (async () => {
    const [core, { BarChart, LineChart, PieChart, ScatterChart }, { GridComponent, LegendComponent, TitleComponent }, { SVGRenderer }] =
      await Promise.all([import('echarts/core'), import('echarts/charts'), import('echarts/components'), import('echarts/renderers')])
    core.use([BarChart, LineChart, PieChart, ScatterChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer])
    return core
  })()
  return loaded
}

export const axisText = { fontFamily: font, fontSize: 12, color: quiet }
const nameText = { fontFamily: font, fontSize: 12, color: ink }

export const axis = (name: string, side: 'x' | 'y') => ({
  name: label(name, 50),
  nameLocation: side === 'x' ? 'middle' : 'end',
  nameGap: side === 'x' ? 34 : 16,
  nameTextStyle: side === 'x' ? nameText : { ...nameText, align: 'left', padding: [0, 0, 0, -48] },
  axisLabel: { ...axisText, hideOverlap: true },
  axisLine: { show: side === 'x', lineStyle: { color: '#b9c1cb' } },
  axisTick: { show: false },
  splitLine: { show: side === 'y', lineStyle: { color: faint } },
})

export const numbers = { type: 'value', scale: true }
export const withTicks = <T extends { axisLabel: object }>(base: T) => ({ ...base, axisLabel: { ...base.axisLabel, formatter: tick } })

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
