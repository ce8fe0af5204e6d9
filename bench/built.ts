import { fileURLToPath } from 'node:url'
import { npmStart } from './npm-start.ts'

/** So that there is a build: `npm start` makes one when it is missing or stale. */
export async function built() {
  const server = await npmStart(fileURLToPath(new URL('..', import.meta.url)), { WORKER: 'off' })
  await server.answers('/healthz')
  await server.stop()
}
