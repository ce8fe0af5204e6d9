import { addressOf } from '#lib/workspace/address.ts'
import type { SearchResult } from './result.ts'

/** Where a result leads, below the address of its workspace. */
export function placeOf({ kind, item, mission, doc, chat, project, runId }: SearchResult): string {
  if (chat) return `chat/${chat.id}${item ? `#message-${item}` : ''}`
  const inside = (kind === 'comment' || kind === 'review') && item ? `#${kind}-${item}` : kind === 'file' && mission ? '#attachments' : ''
  return addressOf({ mission: mission?.id, run: runId, project: project?.id, doc: doc?.id }, inside)
}
