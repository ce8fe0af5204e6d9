import { $createParagraphNode, $createTextNode, $getRoot, $isElementNode } from 'lexical'
import { expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { held, shared } from './agreement.ts'
import { readMarkdown, writeMarkdown } from './markdown.ts'
import { cursorField, shareCursor } from './shared-cursor.ts'
import { hasOnlyBlocks, mendBlocks, readRichText } from './rich-text.ts'
import { openPeer, type Peer } from './testing/peer.ts'

const type = (peer: Peer, text: string) =>
  peer.editor.update(() => {
    const last = $getRoot().getLastChild()
    if ($isElementNode(last)) last.selectEnd().insertText(text)
  }, { discrete: true })
const exchange = (one: Y.Doc, other: Y.Doc) => {
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other), 'network')
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one), 'network')
}

test('opening an empty text writes nothing', () => {
  const peer = openPeer()
  expect(Y.encodeStateAsUpdate(peer.doc).length).toBe(2)
  expect(peer.editor.getEditorState().toJSON().root.children).toMatchObject([{ type: 'paragraph' }])
  peer.close()
})

test('two who open an empty text at once have one paragraph, and both texts if both type', () => {
  const one = openPeer()
  const other = openPeer()
  exchange(one.doc, other.doc)
  type(one, 'first')
  exchange(one.doc, other.doc)
  expect(other.editor.getEditorState().toJSON().root.children).toMatchObject([{ children: [{ text: 'first' }] }])
  expect(other.editor.getEditorState().toJSON().root.children).toHaveLength(1)
  type(other, ', second')
  exchange(one.doc, other.doc)
  expect(readMarkdown(one.root)).toBe('first, second')
  for (const peer of [one, other]) peer.close()

  const apart = [openPeer(), openPeer()] as const
  type(apart[0], 'here')
  type(apart[1], 'there')
  exchange(apart[0].doc, apart[1].doc)
  expect(readMarkdown(apart[0].root).split('\n\n').sort()).toEqual(['here', 'there'])
  expect(shared(apart[0].editor.getEditorState())).toBe(shared(apart[1].editor.getEditorState()))
  for (const peer of apart) peer.close()
})

test('a second editor on the same live document shows the text once', () => {
  const doc = new Y.Doc()
  const first = openPeer(doc)
  type(first, 'once')
  const second = openPeer(doc)
  type(second, ' only')
  type(first, '!')
  expect(readMarkdown(first.root)).toBe('once only!')
  expect(shared(first.editor.getEditorState())).toBe(shared(second.editor.getEditorState()))
  first.close()
  type(second, '!')
  const third = openPeer(doc)
  expect(readMarkdown(third.root)).toBe('once only!!')
  expect(shared(third.editor.getEditorState())).toBe(held(doc, third.root))
  second.close()
  third.close()
})

test('undo takes back one\'s own typing alone, down to the empty text, and redo brings it again', () => {
  const one = openPeer()
  const other = openPeer()
  type(one, 'mine')
  exchange(one.doc, other.doc)
  type(other, ' theirs')
  exchange(one.doc, other.doc)
  one.bound.undoManager.undo()
  expect(readMarkdown(one.root)).toBe('theirs')
  one.bound.undoManager.redo()
  expect(readMarkdown(one.root)).toContain('mine')
  for (const peer of [one, other]) peer.close()

  const alone = openPeer()
  type(alone, 'word')
  alone.bound.undoManager.undo()
  expect(alone.root.length).toBe(0)
  expect(alone.editor.getEditorState().toJSON().root.children).toHaveLength(1)
  expect(alone.bound.undoManager.canRedo()).toBe(true)
  alone.bound.undoManager.redo()
  expect(readMarkdown(alone.root)).toBe('word')
  alone.close()
})

test('one\'s own edits are local transactions, and nothing is written that was not edited', () => {
  const peer = openPeer()
  writeMarkdown(peer.root, 'text')
  const origins: { local: boolean; origin: unknown }[] = []
  peer.doc.on('update', (_update, origin, _doc, transaction: Y.Transaction) => origins.push({ local: transaction.local, origin }))
  type(peer, ' more')
  peer.bound.undoManager.undo()
  expect(origins).toHaveLength(2)
  expect(origins[0]).toMatchObject({ local: true, origin: { editor: peer.editor } })
  expect(origins[1]).toMatchObject({ local: true, origin: peer.bound.undoManager })
  expect(peer.root.getAttributes()).toEqual({})
  peer.close()
})

test('an emoji typed before another leaves both whole, also after undo', () => {
  const one = openPeer()
  const other = openPeer()
  type(one, '\u{1f600}')
  one.bound.undoManager.stopCapturing()
  one.editor.update(() => {
    $getRoot().getFirstChildOrThrow().selectStart().insertText('\u{1f602}')
  }, { discrete: true })
  exchange(one.doc, other.doc)
  expect(readMarkdown(other.root)).toBe('\u{1f602}\u{1f600}')
  one.bound.undoManager.undo()
  exchange(one.doc, other.doc)
  expect(readMarkdown(other.root)).toBe('\u{1f600}')
  for (const peer of [one, other]) peer.close()
})

test('a link to a script becomes words', () => {
  const peer = openPeer()
  const { root } = peer
  writeMarkdown(root, 'see [this](https://example.org)')
  peer.editor.update(() => {
    const [, link] = $getRoot().getFirstChildOrThrow<ReturnType<typeof $createParagraphNode>>().getChildren()
    if (link && 'setURL' in link) (link as unknown as { setURL: (url: string) => void }).setURL('javascript:alert(1)')
  }, { discrete: true })
  expect(readMarkdown(root)).toBe('see this')
  peer.close()
})

test('an editor that failed shows the document again', async () => {
  const peer = openPeer()
  type(peer, 'kept')
  peer.editor.update(() => {
    $getRoot().append($createParagraphNode().append($createTextNode('lost')))
    throw new Error('in the middle of an edit')
  }, { discrete: true })
  await Promise.resolve()
  expect(peer.errors.map((error) => error.message)).toEqual(['in the middle of an edit'])
  type(peer, ' on')
  expect(readMarkdown(peer.root)).toBe('kept on')
  expect(shared(peer.editor.getEditorState())).toBe(held(peer.doc, peer.root))
  peer.close()
})

test('a cursor that somebody made up is no cursor', () => {
  const doc = new Y.Doc()
  const peer = openPeer(doc)
  type(peer, 'text')
  const elsewhere = Y.createRelativePositionFromTypeIndex(doc.getText('other'), 0)
  const here = Y.createRelativePositionFromTypeIndex(peer.root, 0)
  const awareness = new Awareness(doc)
  const cursor = shareCursor(doc, peer.root, awareness, 'Me', 'var(--red)')
  const sent = (client: number, state: unknown) => awareness.states.set(client, { [cursorField]: state })
  sent(1, { name: 'A', color: 'var(--blue)', focusing: true, anchorPos: here, focusPos: here })
  sent(2, { name: 'B', color: 'url(https://example.org)', focusing: true, anchorPos: here, focusPos: here })
  sent(3, { name: 'C', color: '#123456', focusing: true, anchorPos: elsewhere, focusPos: elsewhere })
  sent(4, { name: 'D', color: '#123456', focusing: true, anchorPos: { type: { client: 'x', clock: -1 } }, focusPos: 7 })
  sent(5, { name: { toString: 1 }, color: '#123456', focusing: true, anchorPos: here, focusPos: here })
  sent(6, 'nonsense')
  const states = cursor.others()
  expect([...states.keys()].sort()).toEqual([1, 2])
  expect(states.get(2)?.color).toBe('var(--slate)')
  awareness.destroy()
  peer.close()
})

/** What programs that know nothing of our blocks may leave in a text. */
const strange: [what: string, make: () => (Y.XmlElement | Y.XmlText)[]][] = [
  ['bare words', () => [new Y.XmlText('bare words')]],
  ['a break', () => [new Y.XmlElement('linebreak')]],
  ['an item without its list', () => [new Y.XmlElement('listitem')]],
  ['a cell without its table', () => [new Y.XmlElement('tablecell')]],
  ['a link', () => {
    const link = new Y.XmlElement('link')
    link.setAttribute('__url', 'https://example.org/')
    link.insert(0, [new Y.XmlText('bare words')])
    return [link]
  }],
]

test.for(strange)('%s where blocks stand: nothing throws, an editor waits until it is a paragraph, and shows it then', ([, make]) => {
  const doc = new Y.Doc()
  const source = openPeer(doc)
  type(source, 'Before.')
  const root = source.root
  root.insert(1, make())
  const before = readRichText(root)
  const late = openPeer(doc)
  for (const peer of [source, late]) {
    expect(peer.broken()).toBe(true)
    // Nobody writes into what is not shown.
    type(peer, ' lost')
  }
  expect(readRichText(root)).toEqual(before)
  doc.transact(() => mendBlocks(root), 'server')
  expect(hasOnlyBlocks(root)).toBe(true)
  expect(readRichText(root)).toEqual(before)
  for (const peer of [source, late]) {
    expect(peer.broken()).toBe(false)
    expect(shared(peer.editor.getEditorState())).toBe(held(doc, root))
    expect(peer.errors).toEqual([])
    peer.close()
  }
})
