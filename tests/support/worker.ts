import type { RunId } from '#lib/board/ids.ts'
import type { AskAnswer, AskRequest, Claim, ToolAnswer, UsageAnswer, UsageReport } from '../../server/runs/protocol.ts'

let calls = 0

/** A worker that does what a test says, over the HTTP API alone. */
export function scriptedWorker(url: string, token: string, name = 'scripted') {
  const call = (bearer: string, path: string, body: BodyInit = '{}', signal?: AbortSignal, method = 'POST') =>
    fetch(`${url}/api/v1/runs/${path}`, { method, body, headers: { authorization: `Bearer ${bearer}` }, ...signal ? { signal } : {} })

  return {
    /** Waits up to `wait` seconds for a run; `null` when there is none. */
    async claim(wait = 0, signal?: AbortSignal): Promise<Claim | null> {
      const response = await call(token, 'claim', JSON.stringify({ worker: name, wait }), signal)
      if (response.status === 204) return null
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
      return await response.json() as Claim
    },
    /** What a holder may do; each answers with the status. */
    holding({ runId, token: lease }: Pick<Claim, 'runId' | 'token'>) {
      const status = async (answer: Promise<Response>) => {
        const response = await answer
        await response.arrayBuffer()
        return response.status
      }
      const answer = async <Body>(asked: Promise<Response>) => {
        const response = await asked
        return { status: response.status, body: await response.json() as Body }
      }
      return {
        heartbeat: (id: RunId = runId) => status(call(lease, `${id}/heartbeat`)),
        artifact: (fileName: string, content: BodyInit, id: RunId = runId) => status(call(lease, `${id}/artifacts?name=${encodeURIComponent(fileName)}`, content)),
        manifest: (sources: unknown[] = []) => status(call(lease, `${runId}/manifest`, JSON.stringify({ sources }))),
        succeed: (summary: string) => status(call(lease, `${runId}/finish`, JSON.stringify({ state: 'succeeded', summary }))),
        fail: (reason: string) => status(call(lease, `${runId}/finish`, JSON.stringify({ state: 'failed', reason }))),
        usage: (report: Partial<UsageReport>) => answer<UsageAnswer>(call(lease, `${runId}/usage`, JSON.stringify(report))),
        checkpoint: (checkpoint: string) => status(call(lease, `${runId}/checkpoint`, JSON.stringify({ checkpoint }), undefined, 'PUT')),
        ask: (request: Partial<AskRequest>) => answer<AskAnswer>(call(lease, `${runId}/asks`, JSON.stringify({ key: 'call-1', kind: 'question', question: 'Which year?', ...request }))),
        tool: (tool: string, args: unknown, key = `call-${calls++}`) => answer<ToolAnswer>(call(lease, `${runId}/tools/${tool}`, JSON.stringify({ arguments: args, key }))),
        wait: () => status(call(lease, `${runId}/wait`)),
        finish: (body: unknown) => status(call(lease, `${runId}/finish`, JSON.stringify(body))),
      }
    },
  }
}
