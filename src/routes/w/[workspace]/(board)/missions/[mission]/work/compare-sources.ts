import type { ReadSource } from './run-details.ts'

type SourceChange = { source: ReadSource; state: 'same' | 'new' | 'changed' | 'gone' }

const key = ({ kind, name }: ReadSource) => `${kind}\n${name}`

/** What one run read, held against what an earlier one did; what the later did not read comes last. */
export function compareSources(before: readonly ReadSource[], after: readonly ReadSource[]): SourceChange[] {
  const was = new Map(before.map((source) => [key(source), source]))
  const is = new Set(after.map(key))
  return [
    ...after.map((source): SourceChange => {
      const old = was.get(key(source))
      const same = old && (old.version || source.version ? old.version === source.version : old.size === source.size)
      return { source, state: !old ? 'new' : same ? 'same' : 'changed' }
    }),
    ...before.filter((source) => !is.has(key(source))).map((source): SourceChange => ({ source, state: 'gone' })),
  ]
}
