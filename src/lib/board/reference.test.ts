import { describe, expect, test } from 'vitest'
import type { ActorId, FileId, MissionId } from './ids.ts'
import { parseReference, referencesIn, referenceUrl, type Reference } from './reference.ts'

describe('a reference in a text', () => {
  test.each<Reference>([
    { kind: 'person', id: 'ada' as ActorId },
    { kind: 'staff', id: 'analyst_1' as ActorId },
    { kind: 'mission', id: 'm-1' as MissionId },
    { kind: 'file', id: 'f' as FileId },
  ])('is read from the address it is written as: $kind', (reference) => {
    expect(parseReference(referenceUrl(reference))).toEqual(reference)
  })

  test.each([
    'https://example.org/person/ada', 'missions://person/', 'missions://person/../x', 'missions://person/a/b', 'missions://robot/x', 'missions://file/a?b', 'MISSIONS://file/a', '',
  ])('is nothing else: %j', (url) => {
    expect(parseReference(url)).toBeNull()
  })

  test('is found once, in the order of the text', () => {
    expect(referencesIn('[@Bo](missions://staff/bo) and [@Ada](missions://person/ada), again [@Bo](missions://staff/bo) ![x](missions://file/x)'))
      .toEqual([{ kind: 'staff', id: 'bo' }, { kind: 'person', id: 'ada' }, { kind: 'file', id: 'x' }])
  })
})
