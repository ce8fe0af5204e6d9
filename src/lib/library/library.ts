import type { FileOwner, WorkFile } from '#lib/board/files.ts'
import type { ActorId, CollectionId, FileId, MissionId, ProjectId, RunId } from '#lib/board/ids.ts'
import type { Given, GivenKind } from './given.ts'

export const fileGroups = ['text', 'pdf', 'table', 'picture', 'page', 'media', 'other'] as const
/** Kinds of files as people look for them. */
export type FileGroup = (typeof fileGroups)[number]

export const fileGroupNames: Record<FileGroup, string> = { text: 'Texts', pdf: 'PDFs', table: 'Tables', picture: 'Pictures', page: 'Web pages', media: 'Sound and video', other: 'Others' }

export const reviewedStates = ['approved', 'changes', 'none'] as const
/** What people said of the run that made the newest version; `none`: nobody judged it. */
export type ReviewedState = (typeof reviewedStates)[number]

/** What a reader of the library wants to see; `null` is everything. Times are epoch milliseconds, of the newest version. */
export type LibraryFilter = {
  kind: WorkFile['kind'] | null
  group: FileGroup | null
  project: ProjectId | null
  mission: MissionId | null
  /** Who made the newest version: a person, or staff. */
  by: ActorId | null
  from: number | null
  to: number | null
  reviewed: ReviewedState | null
  collection: CollectionId | null
  pinned: boolean
  /** A part of the name. */
  name: string
}

export type LibraryItem = {
  file: WorkFile
  owner: FileOwner
  mission: { id: MissionId; title: string; archived: boolean } | null
  projectId: ProjectId | null
  pinned: boolean
  verdict: 'approved' | 'changes' | null
  /** How many were given it, and how many runs of other missions read it. */
  uses: number
}

/** `next`: where the page after begins, `null` on the last. `total` counts all that the filter lets through. */
export type LibraryPage = { items: LibraryItem[]; total: number; next: string | null }

export type Collection = { id: CollectionId; name: string; files: number; createdBy: ActorId; createdAt: number }

/** A run that read a file or made a version of it. */
export type RunOfFile = {
  id: RunId; staffId: ActorId; mission: { id: MissionId; title: string }; at: number; summary: string
  verdict: { said: 'approved' | 'changes'; by: ActorId; at: number } | null
}

/** A version with what it comes from: the run that made it, and the files and docs that this run had read. */
export type Descent = { version: number; by: ActorId; at: number; run: RunOfFile | null; from: { source: string; name: string; version: string; reason: string }[] }

/** Where a file is used, and where it comes from. `descent`: newest first. */
export type FileUses = {
  givenTo: { kind: GivenKind; id: string; name: string; by: ActorId; at: number }[]
  readBy: (RunOfFile & { version: string; reason: string; made: { id: FileId; name: string }[] })[]
  descent: Descent[]
  collections: CollectionId[]
  pinned: boolean
}

export type GivenAnswer = { given: Given[] }
