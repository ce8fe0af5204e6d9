import { expect, test } from 'vitest'
import type { ActorId } from './ids.ts'
import type { Member } from './mission.ts'
import { responsibleFor, reviewersOf } from './reviewers.ts'

const id = (name: string) => name as ActorId
const member = (name: string, role: string, kind: Member['kind'] = 'person') => ({ id: id(name), kind, role })
const everybody = [member('olga', 'owner'), member('mia', 'member'), member('max', 'member'), member('vera', 'viewer'), member('fred', 'former'), member('bot', 'Analyst', 'staff')]
const find = (who: ActorId) => everybody.find((each) => each.id === who) ?? null
const known = (name: string | null) => (name === null ? null : id(name))
const asking = (reviewerId: string | null, createdBy: string | null, requestedBy: string | null) =>
  reviewersOf({ reviewerId: known(reviewerId), createdBy: known(createdBy) }, requestedBy ? { requestedBy: id(requestedBy) } : null, find, everybody)

test.each<[string, Parameters<typeof asking>, ReturnType<typeof asking>]>([
  ['whoever was asked, and nobody else', ['max', 'mia', 'olga'], { people: [id('max')], because: 'asked' }],
  ['whoever asked for the run, and whoever made the mission', [null, 'mia', 'max'], { people: [id('max'), id('mia')], because: 'theirs' }],
  ['one person once', [null, 'mia', 'mia'], { people: [id('mia')], because: 'theirs' }],
  ['no viewer, nobody who left, no staff', ['vera', 'fred', 'bot'], { people: [id('olga')], because: 'nobody else' }],
  ['the owners of what nobody made', [null, null, null], { people: [id('olga')], because: 'nobody else' }],
])('[REVIEW4] a review waits for %s', (_, given, wanted) => {
  expect(asking(...given)).toEqual(wanted)
})

test('[INBOX2] a failure waits for those whose run it was, whoever is asked for the review', () => {
  expect(responsibleFor({ createdBy: id('mia') }, { requestedBy: id('max') }, find, everybody).people).toEqual(['max', 'mia'])
})
