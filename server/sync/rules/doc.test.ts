import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { filesOf } from '#lib/board/files.ts'
import { analyst, member, owner, ruledDocument } from '../../../tests/support/rule-book.ts'
import { docRules } from './doc.ts'

const doc = () => ruledDocument(docRules, (brief) => void filesOf(brief).set('file', { name: 'plan.png' }))

describe('[GATE9] the files of a project are the server’s', () => {
  test.each<[string, (brief: Y.Doc) => void]>([
    ['a file that was never uploaded', (brief) => filesOf(brief).set('forged', { name: 'invoice.pdf' })],
    ['a file, by deleting', (brief) => filesOf(brief).delete('file')],
    ['a file, by another entry', (brief) => filesOf(brief).set('file', { name: 'other.png' })],
    ['a map', (brief) => filesOf(brief).set('forged', new Y.Map([['name', 'x']]))],
  ])('%s', (_, work) => {
    for (const actor of [member, owner, analyst]) expect(doc().asks(actor, work)).toBe('not_allowed')
  })
})
