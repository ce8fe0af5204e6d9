import type { RunId } from '#lib/board/ids.ts'
import { addressOf } from '#lib/workspace/address.ts'
import type { InboxItem } from './item.ts'

/** What waits in one place, newest first. */
export type InboxBundle = { key: string; title: string; status: NonNullable<InboxItem['mission']>['status'] | null; items: InboxItem[] }

export const isWaiting = ({ doneAt, settledAt, snoozedUntil }: InboxItem) => doneAt === null && settledAt === null && snoozedUntil === null

/** Items by mission, doc or routine, each bundle where its newest item stands. */
export function bundleItems(items: readonly InboxItem[]): InboxBundle[] {
  const bundles = new Map<string, InboxBundle>()
  for (const item of items) {
    const key = item.mission ? `mission/${item.mission.id}` : item.doc ? `doc/${item.doc.id}` : item.place
    const bundle = bundles.get(key) ?? { key, title: item.mission?.title ?? item.doc?.title ?? item.routine?.name ?? '', status: item.mission?.status ?? null, items: [] }
    bundle.items.push(item)
    bundles.set(key, bundle)
  }
  return [...bundles.values()]
}

/** Where an item leads, below the address of its workspace. */
export function placeOf({ mission, doc, routine, place, by }: InboxItem): string {
  const [root = '', id] = place.split('/')
  if (root === 'note' && by) return `staff/${by.id}#note-${id}`
  const inside = (root === 'comment' || root === 'review' || root === 'proposal') && id ? `#${root}-${id}` : root === 'description' ? '#description' : ''
  if (mission) return addressOf({ mission: mission.id, run: root === 'run' && id ? id as RunId : null }, inside)
  if (routine) return `routines/${routine.id}`
  if (!doc) return ''
  // A project's brief has the id of its project.
  return addressOf({ project: doc.projectId, doc: doc.projectId as string === doc.id ? null : doc.id }, inside)
}

const where = ({ place, doc }: InboxItem) => {
  const [root] = place.split('/')
  return root === 'comment' ? ' in a comment' : root === 'review' ? ' in a review' : root === 'description' ? ' in the description' : doc ? ' in the text' : ''
}

/** Who caused it and what they did, as a sentence in two parts. */
export function sentenceOf(item: InboxItem): { who: string; does: string } {
  const who = item.by?.name ?? ''
  switch (item.kind) {
    case 'review': return item.by?.kind === 'staff' ? { who, does: 'has finished: ready for your review' } : { who: '', does: 'Ready for your review' }
    case 'question': return { who: who || 'A run', does: 'waits for your answer' }
    case 'approval': return { who: who || 'A run', does: 'asks for your approval' }
    case 'proposal': return { who: who || 'A run', does: 'proposes a mission' }
    case 'note': return { who: who || 'Somebody', does: 'would like to remember this' }
    case 'failure': return { who: who || 'A run', does: 'could not finish' }
    case 'mention': return { who: who || 'Somebody', does: `mentioned you${where(item)}` }
    case 'reply': return { who: who || 'Somebody', does: 'answered in a thread of yours' }
    case 'routine': return { who: '', does: 'This routine has ended by itself' }
    case 'assignment': return { who: who || 'Somebody', does: 'gave this to you' }
  }
}
