import type { ActorId, AskId, FileId, MissionId, RunId } from '#lib/board/ids.ts'
import type { EntryKind } from '#lib/board/run-document.ts'
import type { Ask, AskVerdict, EntryData, Usage } from '#lib/board/run-record.ts'
import type { Lease, RunContext, RunOutput } from '../../server/runs/engine.ts'
import type { AskRequest, ToolAnswer, UsageAnswer, UsageReport } from '../../server/runs/protocol.ts'

/** A mission without anything on it but what a test puts there. */
export const contextOf = (known: Partial<RunContext> = {}): RunContext => ({
  runId: 'run' as RunId, startedAt: Date.UTC(2026, 4, 6), staff: { name: 'Analyst', role: 'Reads and counts', instructions: '' },
  mission: { id: 'mission' as MissionId, title: 'Spring sales', description: 'Which region sold most ice cream in spring?' },
  project: null, comments: [], reviews: [], note: '', attachments: [], earlier: [], wokenBy: null, handedOver: null, memory: [], artifacts: [], colleagues: [],
  ...known,
})

export type Written = { name: string; type: string; bytes: Uint8Array }

/** What a run wrote, kept in memory. */
export function keptOutput() {
  const log: { kind: EntryKind; text: string; data?: EntryData }[] = []
  const files: Written[] = []
  let draft = ''
  const output: RunOutput = {
    async log(kind, text, data) { log.push({ kind, text, ...data && { data } }) },
    async draft(text) { draft += text },
    async redraft(length) { draft = draft.slice(0, length) },
    async artifact(file) {
      files.push(file)
      return { id: `file${files.length}` as FileId, version: files.filter(({ name }) => name === file.name).length }
    },
  }
  return {
    output, log, files,
    draft: () => draft,
    lines: (kind: EntryKind) => log.flatMap((entry) => (entry.kind === kind ? [entry.text] : [])),
    textOf: (name: string) => Buffer.from(files.findLast((file) => file.name === name)?.bytes ?? []).toString(),
  }
}

/** A server's side of a run, as a test wants it: it keeps what it is told, and people answer when the test says so. */
export function keptLease({ over = () => null, carryOut = async () => ({ ok: false, message: 'Nobody does this.' }) }: {
  over?: (used: Usage) => UsageAnswer['over']
  carryOut?: (tool: string, args: unknown) => Promise<ToolAnswer>
} = {}) {
  const asks = new Map<string, Ask>()
  const reports: UsageReport[] = []
  const checkpoints: string[] = []
  const lease: Lease = {
    async usage(report) {
      reports.push(report)
      const sum = (of: (report: UsageReport) => number) => reports.reduce((total, each) => total + of(each), 0)
      const used: Usage = { turns: sum(({ turns }) => turns), inputTokens: sum(({ inputTokens }) => inputTokens), outputTokens: sum(({ outputTokens }) => outputTokens), micros: sum(({ micros }) => micros ?? 0) }
      return { used, over: over(used) }
    },
    async checkpoint(text) { checkpoints.push(text) },
    async ask({ key, kind, question, choices = [], tool = '', args = '' }: AskRequest) {
      const ask = asks.get(key) ?? { id: `ask${asks.size}` as AskId, runId: 'run' as RunId, key, kind, question, choices, tool, args, askedAt: 1, answeredAt: null, answeredBy: null, answer: null, verdict: null }
      asks.set(key, ask)
      return ask
    },
    carryOut,
  }
  return {
    lease, asks, reports, checkpoints,
    answer(key: string, answer: string, verdict: AskVerdict | null = null) {
      const ask = asks.get(key)
      if (!ask) throw new Error(`Nothing was asked with the key ${key}`)
      asks.set(key, { ...ask, answeredAt: 2, answeredBy: 'ada' as ActorId, answer, verdict })
    },
  }
}
