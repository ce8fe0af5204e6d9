/** What a run read. `version` is a content hash for files, a hash of the document's state vector for documents. */
export type Source = { kind: 'mission' | 'brief' | 'doc' | 'comments' | 'reviews' | 'attachment' | 'earlier run'; name: string; version: string; size: number; cut: boolean }
export type Manifest = { sources: Source[] }
