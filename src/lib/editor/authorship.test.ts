import { $createRangeSelection, $getRoot, $isElementNode, $setSelection, type TextNode } from 'lexical'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { descriptionOf } from '../board/mission-document.ts'
import { readAuthorship } from './authorship.ts'
import { readMarkdown, writeMarkdown } from './markdown.ts'
import { openPeer, type Peer } from './testing/peer.ts'

const open: Peer[] = []
afterEach(() => {
  for (const peer of open.splice(0)) peer.close()
})

/** Two editors of one text; each writes with a client id of its own. */
function pair() {
  const [ada, ben] = [openPeer(), openPeer()]
  open.push(ada, ben)
  const meet = () => {
    Y.applyUpdate(ada.doc, Y.encodeStateAsUpdate(ben.doc), 'network')
    Y.applyUpdate(ben.doc, Y.encodeStateAsUpdate(ada.doc), 'network')
  }
  const names = new Map([[ada.doc.clientID, 'Ada'], [ben.doc.clientID, 'Ben']])
  /** Each block as `Ada:words|Ben:words`. */
  const told = ({ root }: Peer = ada) =>
    readAuthorship(root).map(({ text, spans }) => spans.map(({ from, to, client }) => `${names.get(client) ?? '?'}:${text.slice(from, to)}`).join('|'))
  return { ada, ben, meet, told }
}

const edit = ({ editor }: Peer, work: () => void) => editor.update(work, { discrete: true })
const type = (peer: Peer, text: string) => edit(peer, () => {
  const last = $getRoot().getLastChild()
  if ($isElementNode(last)) last.selectEnd().insertText(text)
})
/** Selects these characters of the whole text's only or first text node. */
function $at(from: number, to = from, text: TextNode = $getRoot().getAllTextNodes()[0]!) {
  const selection = $createRangeSelection()
  selection.anchor.set(text.getKey(), from, 'text')
  selection.focus.set(text.getKey(), to, 'text')
  $setSelection(selection)
  return selection
}

test('[GATE6] words belong to the client id they were written with, also in the middle of somebody else\'s', () => {
  const { ada, ben, meet, told } = pair()
  type(ada, 'one three')
  meet()
  edit(ben, () => $at(4).insertText('two '))
  meet()
  expect(told()).toEqual(['Ada:one |Ben:two |Ada:three'])
  expect(told(ben)).toEqual(told(ada))
})

test('[GATE6] of equal letters side by side, the one that was typed or deleted is the one that is new or gone', () => {
  const { ada, ben, meet, told } = pair()
  type(ada, 'aa three')
  meet()
  for (const [at, letter] of [...'tt tt '].entries()) edit(ben, () => $at(3 + at).insertText(letter))
  meet()
  expect(told()).toEqual(['Ada:aa |Ben:tt tt |Ada:three'])
  edit(ben, () => $at(0, 1).removeText())
  edit(ben, () => $at(0).insertText('a'))
  meet()
  expect(told()).toEqual(['Ben:a|Ada:a |Ben:tt tt |Ada:three'])
  // Ada takes back the first of the two letters, which is Ben's.
  edit(ada, () => $at(0, 1).removeText())
  meet()
  expect(told()).toEqual(['Ada:a |Ben:tt tt |Ada:three'])
})

test('[GATE6] two who write at once each keep their own words, on both sides', () => {
  const { ada, ben, meet, told } = pair()
  type(ada, 'start. ')
  meet()
  type(ada, 'From Ada.')
  type(ben, 'From Ben.')
  meet()
  expect(told(ben)).toEqual(told(ada))
  expect(told()[0]!.split('|').sort()).toEqual(expect.arrayContaining(['Ben:From Ben.']))
  expect(told()[0]!.replace(/Ada:|Ben:|\|/g, '')).toBe(readMarkdown(ada.root))
})

test('making a word bold leaves it to whoever wrote it', () => {
  const { ada, ben, meet, told } = pair()
  type(ada, 'make this bold')
  meet()
  edit(ben, () => $at(5, 9).formatText('bold'))
  meet()
  expect(readMarkdown(ada.root)).toBe('make **this** bold')
  expect(told()).toEqual(['Ada:make this bold'])
})

test('what was deleted is nobody\'s, and what is left stays whose it was', () => {
  const { ada, ben, meet, told } = pair()
  type(ada, 'keep drop keep')
  meet()
  edit(ben, () => $at(4, 9).removeText())
  type(ben, '!')
  meet()
  expect(told()).toEqual(['Ada:keep keep|Ben:!'])
})

test('undone and redone, one\'s own words are one\'s own again; what one deleted and brought back was written by oneself', () => {
  const { ada, ben, meet, told } = pair()
  type(ada, 'from Ada')
  meet()
  type(ben, ' and Ben')
  ben.bound.undoManager.undo()
  ben.bound.undoManager.redo()
  meet()
  expect(told()).toEqual(['Ada:from Ada|Ben: and Ben'])
  ben.bound.undoManager.stopCapturing()
  edit(ben, () => $at(0, 4).removeText())
  ben.bound.undoManager.undo()
  meet()
  expect(told()).toEqual(['Ben:from|Ada: Ada|Ben: and Ben'])
})

test('words that come to stand in another block are written anew by whoever puts them there; at its ends nothing moves', () => {
  const split = pair()
  type(split.ada, 'head and tail')
  split.meet()
  edit(split.ben, () => $at(8).insertParagraph())
  split.meet()
  expect(split.told()).toEqual(['Ada:head and', 'Ben: tail'])

  for (const end of [0, 13]) {
    const { ada, ben, meet, told } = pair()
    type(ada, 'head and tail')
    meet()
    edit(ben, () => $at(end).insertParagraph())
    meet()
    expect(told().filter(Boolean)).toEqual(['Ada:head and tail'])
  }
})

test('links, lists, code and line breaks are read in the order of the words', () => {
  const doc = new Y.Doc()
  writeMarkdown(descriptionOf(doc), '# Head\n\n- one [two](https://example.org) three\n  - below\n- [ ] four\n\n```js\nfirst\nsecond\n```\n\nend')
  const all = (text: string) => ({ text, spans: [{ from: 0, to: text.length, client: doc.clientID }] })
  expect(readAuthorship(descriptionOf(doc)).map(({ text }) => text).join(' ')).toBe('Head one two threebelow four firstsecond end')
  expect(readAuthorship(descriptionOf(doc))[0]).toEqual(all('Head'))
})

test('what is no text holds no words, and units count as the editor counts them', () => {
  const doc = new Y.Doc()
  const root = descriptionOf(doc)
  const text = new Y.XmlText()
  root.insert(0, [text, new Y.XmlElement('paragraph')])
  text.insert(0, 'a😀b')
  text.insertEmbed(1, { image: 'x' })
  expect(readAuthorship(root)).toEqual([{ text: 'a😀b', spans: [{ from: 0, to: 4, client: doc.clientID }] }, { text: '', spans: [] }])
  expect(readAuthorship(descriptionOf(new Y.Doc()))).toEqual([])
})
