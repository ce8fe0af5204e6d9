import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { changesIn, type Change } from './accepted.ts'

/** What an update does to a document that holds what `fill` wrote. */
function changesBy(fill: (doc: Y.Doc) => void, edit: (doc: Y.Doc) => void, apply: (live: Y.Doc, client: Y.Doc) => void = () => {}): Change[] {
  const live = new Y.Doc()
  fill(live)
  const client = new Y.Doc()
  Y.applyUpdate(client, Y.encodeStateAsUpdate(live))
  edit(client)
  apply(live, client)
  let changes: Change[] = []
  live.on('afterTransaction', (transaction) => {
    changes = changesIn(transaction)
  })
  Y.applyUpdate(live, Y.encodeStateAsUpdate(client, Y.encodeStateVector(live)))
  return changes
}
const missions = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>('missions')
const withFair = (doc: Y.Doc) => void missions(doc).set('fair', new Y.Map<unknown>([['title', 'Fair'], ['labels', ['a']]]))

describe('what an update changed', () => {
  test('a record that is made, with all its fields', () => {
    expect(changesBy(() => {}, withFair)).toEqual([{ kind: 'value', path: ['missions', 'fair'], before: undefined, after: { title: 'Fair', labels: ['a'] } }])
  })

  test('a record that is taken away, with what was in it', () => {
    expect(changesBy(withFair, (doc) => missions(doc).delete('fair'))).toEqual([{ kind: 'value', path: ['missions', 'fair'], before: { title: 'Fair', labels: ['a'] }, after: undefined }])
  })

  test('a field from its value before to the one after, however often it was set between', () => {
    const edit = (doc: Y.Doc) => {
      for (const title of ['One', 'Two', 'Three']) missions(doc).get('fair')?.set('title', title)
    }
    expect(changesBy(withFair, edit)).toEqual([{ kind: 'value', path: ['missions', 'fair', 'title'], before: 'Fair', after: 'Three' }])
  })

  test('a field that is set and set back is no change, nor one that is set to the same list', () => {
    expect(changesBy(withFair, (doc) => {
      missions(doc).get('fair')?.set('title', 'Market')
      missions(doc).get('fair')?.set('title', 'Fair')
      missions(doc).get('fair')?.set('labels', ['a'])
    })).toEqual([])
  })

  test('a record that is edited and then taken away is taken away as it was', () => {
    expect(changesBy(withFair, (doc) => {
      missions(doc).get('fair')?.set('title', 'Market')
      missions(doc).delete('fair')
    })).toEqual([{ kind: 'value', path: ['missions', 'fair'], before: { title: 'Fair', labels: ['a'] }, after: undefined }])
  })

  test('a record that is made and taken away within the update was never there', () => {
    expect(changesBy(() => {}, (doc) => {
      withFair(doc)
      missions(doc).delete('fair')
    })).toEqual([])
  })

  test('another record in the place of one', () => {
    expect(changesBy(withFair, (doc) => void missions(doc).set('fair', new Y.Map<unknown>([['title', 'Market']]))))
      .toEqual([{ kind: 'value', path: ['missions', 'fair'], before: { title: 'Fair', labels: ['a'] }, after: { title: 'Market' } }])
  })

  test('a field that loses against what the server has already is no change', () => {
    const changes = changesBy(withFair, (doc) => missions(doc).get('fair')?.set('title', 'Theirs'), (live, client) => {
      live.clientID = client.clientID + 1
      missions(live).get('fair')?.set('title', 'Ours')
    })
    expect(changes).toEqual([])
  })

  test('text, once for each root, whatever was written and deleted where', () => {
    const root = (doc: Y.Doc) => doc.get('description', Y.XmlElement) as Y.XmlElement
    const edit = (doc: Y.Doc) => {
      const paragraph = new Y.XmlText()
      paragraph.insert(0, 'Hello')
      root(doc).insert(0, [paragraph])
      paragraph.setAttribute('__type' as never, 'paragraph' as never)
    }
    expect(changesBy(() => {}, edit)).toEqual([{ kind: 'text', root: 'description' }])
    expect(changesBy(edit, (doc) => (root(doc).get(0) as Y.XmlText).insert(5, ' you'))).toEqual([{ kind: 'text', root: 'description' }])
    expect(changesBy(edit, (doc) => root(doc).delete(0, 1))).toEqual([{ kind: 'text', root: 'description' }])
  })

  test('many records in one update, each once', () => {
    const changes = changesBy(() => {}, (doc) => {
      for (let n = 0; n < 500; n++) missions(doc).set(`m${n}`, new Y.Map<unknown>([['title', `Mission ${n}`]]))
    })
    expect(changes.length).toBe(500)
  })
})
