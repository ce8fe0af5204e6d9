/** What a run read. `text`: the description itself, as far as it is not too long, so that one can see what is different now. `version` is a content hash for files, a hash of the document's state vector for documents. */
export type Source = { kind: 'mission' | 'brief' | 'doc' | 'comments' | 'reviews' | 'attachment' | 'earlier run'; name: string; version: string; size: number; cut: boolean; text?: string }
export type Manifest = { sources: Source[] }
