import type { IntakeRequest } from '../../coo/intake.ts'
import { extractPdf } from '../../files/extract/extract-pdf.ts'
import type { ChartPlan } from '../engines/offline/chart-plan.ts'
import type { Block } from '../engines/offline/digest-blocks.ts'
import type { TableChart } from '../look/draw-table.ts'
import type { PdfHead } from '../look/page-look.ts'
import type { Pictures } from '../look/set-markdown.ts'

/**
 * What is done beside the thread that needs it, by name. Each of these holds its thread for as long as it takes, and most need a large
 * library that nobody should leave behind in memory; the libraries load when first used.
 */
export const sideJobs = {
  extractPdf: (bytes: Uint8Array) => extractPdf(bytes, new AbortController().signal),
  drawChart: async (plan: ChartPlan) => (await import('../engines/offline/draw-chart.ts')).drawChart(plan),
  setPdf: async (blocks: readonly Block[], head: PdfHead) => (await import('../engines/offline/digest-pdf.ts')).toPdf(blocks, head),
  drawTable: async (chart: TableChart) => {
    const { drawTable, toPng } = await import('../look/draw-table.ts')
    const svg = await drawTable(chart)
    return { svg, png: await toPng(svg) }
  },
  intake: async (request: IntakeRequest) => (await import('../../coo/intake/intake.ts')).intake(request),
  setMarkdown: async (markdown: string, head: PdfHead, pictures: Pictures) => (await import('../look/set-markdown.ts')).setMarkdown(markdown, head, pictures),
}
type SideJobs = typeof sideJobs
export type JobName = keyof SideJobs
export type JobInput = { [Name in JobName]: Parameters<SideJobs[Name]> }
export type JobResult = { [Name in JobName]: Awaited<ReturnType<SideJobs[Name]>> }

export type JobRequest = { name: JobName; input: unknown[] }
