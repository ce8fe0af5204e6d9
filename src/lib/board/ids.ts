declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type WorkspaceId = Branded<'workspace'>
export type MissionId = Branded<'mission'>
export type ProjectId = Branded<'project'>
export type CommentId = Branded<'comment'>
export type ReviewId = Branded<'review'>
export type RunId = Branded<'run'>
export type AskId = Branded<'ask'>
export type FileId = Branded<'file'>
export type InboxItemId = Branded<'inbox item'>
export type DocId = Branded<'doc'>
export type NoteId = Branded<'note'>
export type CollectionId = Branded<'collection'>
export type ChatId = Branded<'chat'>
export type TemplateId = Branded<'template'>
export type MessageId = Branded<'message'>
export type RoutineId = Branded<'routine'>
export type FiringId = Branded<'firing'>
/** A person or a staff member: whoever can be an author or an assignee. */
export type ActorId = Branded<'actor'>

const wellFormed = /^[A-Za-z0-9_-]{1,64}$/

/** Ids come from clients too, so they are checked wherever they enter: 1 to 64 letters, digits, `-` or `_`. */
export const isId = (value: unknown): value is string => typeof value === 'string' && wellFormed.test(value)
