/**
 * What a run read. `text`: the description itself, as far as it is not too long, so that one can see what is different now. `version` is a content hash for files, a hash of the
 * document's state vector for documents. `source`: the reference of a file or doc, `missions://file/<id>`. `reason`: of earlier work, why the run was given it.
 */
export type Source = {
  kind: 'mission' | 'brief' | 'doc' | 'comments' | 'reviews' | 'attachment' | 'earlier run' | 'artifact' | 'note' | 'result'
  name: string; version: string; size: number; cut: boolean; text?: string; source?: string; reason?: string; fileVersion?: number
}
export type Manifest = { sources: Source[] }
