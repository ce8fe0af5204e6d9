import type { Fitted } from '../engine.ts'

/**
 * What a run read. `text`: the description itself, as far as it is not too long, so that one can see what is different now. `version` is a content hash for files, a hash of the
 * document's state vector for documents. `source`: the reference of a file or doc, `missions://file/<id>`. `reason`: of earlier work, why the run was given it.
 */
export type Source = {
  kind: 'mission' | 'brief' | 'doc' | 'comments' | 'reviews' | 'attachment' | 'earlier run' | 'artifact' | 'note' | 'result'
  name: string; version: string; size: number; cut: boolean; text?: string; source?: string; reason?: string; fileVersion?: number
  /** What it takes of the model's window, estimated. */
  tokens?: number
}
/** `budget`: how much of the room for what a run may know was taken, in tokens. */
export type Manifest = { sources: Source[]; budget?: { tokens: number; room: number } }

/** With what became of each source when it was fitted into the room that there was. */
export function fitted({ sources }: Manifest, { cuts, takes, tokens, room }: Fitted): Manifest {
  const isOf = ({ kind, name }: Source) => (part: { kind: string; name: string }) => part.kind === kind && (part.name === '' || part.name === name)
  return {
    sources: sources.map((source) => {
      const taken = takes.find(isOf(source))
      return { ...source, cut: source.cut || cuts.some(isOf(source)), ...taken && { tokens: taken.tokens } }
    }),
    budget: { tokens, room },
  }
}
