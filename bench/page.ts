import { liveness } from './page/liveness.ts'
import { loading } from './page/loading.ts'
import { memory } from './page/memory.ts'
import { pairs } from './page/pairs.ts'
import { sampleBoard } from './page/sample-board.ts'
import type { Part } from './part.ts'

/** What two people with a browser meet on the sample board. */
export const page: Part = async ({ rounds, tell }) => {
  const sample = await sampleBoard()
  try {
    return [
      ...await memory(sample, tell),
      ...await loading(sample, rounds, tell),
      ...await liveness(sample, tell),
      ...await pairs(sample, tell),
    ]
  } finally {
    await sample.end()
  }
}
