import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const everyBytes = 4 * 1024 * 1024

/**
 * What streams through leaves a buffer of 64 kB behind with every chunk. The garbage collector counts objects, not what they hold
 * outside of its heap, and would let 60 MB of them gather before it looks: it is asked to collect the young ones, which takes about
 * a millisecond, after every 4 MB.
 */
export function afterBytes(): (bytes: number) => void {
  let passed = 0
  return (bytes) => {
    passed += bytes
    if (passed < everyBytes) return
    passed = 0
    collect()
  }
}

let gc: ((options: { type: 'minor' }) => void) | null = null
function collect() {
  if (!gc) {
    setFlagsFromString('--expose-gc')
    gc = runInNewContext('gc') as typeof gc
  }
  gc?.({ type: 'minor' })
}
