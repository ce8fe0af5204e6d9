import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type SlowModel = { baseUrl: string; /** From asking it, without anything between, to its first word: ms. */ firstToken: () => Promise<number>; end: () => Promise<void> }

/** A model that takes so long until its first word. */
export async function slowModel(firstMs: number): Promise<SlowModel> {
  const child = fork(fileURLToPath(new URL('./slow-model-server.ts', import.meta.url)), [String(firstMs)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const [port] = await once(child, 'message') as [number]
  const baseUrl = `http://127.0.0.1:${port}/v1`
  return {
    baseUrl,
    async firstToken() {
      const from = performance.now()
      const response = await fetch(`${baseUrl}/chat/completions`, { method: 'POST', body: '{}' })
      const reader = response.body!.getReader()
      await reader.read()
      const took = performance.now() - from
      await reader.cancel()
      return took
    },
    async end() {
      const exit = once(child, 'exit')
      child.disconnect()
      await exit
    },
  }
}
