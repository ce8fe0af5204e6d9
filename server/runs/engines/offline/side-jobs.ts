import { extractPdf } from '../../../files/extract/extract-pdf.ts'
import type { ChartPlan } from './chart-plan.ts'
import type { Block } from './digest-blocks.ts'
import type { PdfHead } from './digest-pdf.ts'

/**
 * What is done beside the run's own thread, by name. Each of these holds its thread for as long as it takes and needs a large
 * library that no run should leave behind in memory; the libraries load when first used.
 */
export const sideJobs = {
  extractPdf: (bytes: Uint8Array) => extractPdf(bytes, new AbortController().signal),
  drawChart: async (plan: ChartPlan) => (await import('./draw-chart.ts')).drawChart(plan),
  setPdf: async (blocks: readonly Block[], head: PdfHead) => (await import('./digest-pdf.ts')).toPdf(blocks, head),
}
export type SideJobs = typeof sideJobs
export type JobName = keyof SideJobs
export type JobInput = { [Name in JobName]: Parameters<SideJobs[Name]> }
export type JobResult = { [Name in JobName]: Awaited<ReturnType<SideJobs[Name]>> }

export type JobRequest = { id: number; name: JobName; input: unknown[] }
export type JobReply = { id: number; ok: true; value: unknown } | { id: number; ok: false; message: string }
