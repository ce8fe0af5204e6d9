import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { findPassage, findWords, isQuote, quotePassage, readQuote, readWords, type Quote } from './quote.ts'

/** A document with these paragraphs, each one text. */
function written(...paragraphs: string[]) {
  const doc = new Y.Doc()
  const root = doc.get('body', Y.XmlElement) as Y.XmlElement
  root.insert(0, paragraphs.map((words) => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(words)])
    return paragraph
  }))
  const text = (at: number) => (root.get(at) as Y.XmlElement).get(0) as Y.XmlText
  const quote = (words: string): Quote => {
    const read = readWords(root)
    const from = read.text.indexOf(words)
    return quotePassage('body', read, from, from + words.length)!
  }
  const found = (of: Quote) => {
    const read = readWords(root)
    const passage = findPassage(doc, read, of)
    return passage && { words: read.text.slice(passage.from, passage.to), changed: passage.changed }
  }
  return { doc, root, text, quote, found }
}

describe('a quoted passage', () => {
  test('is found where it was', () => {
    const { quote, found } = written('The tide comes in at noon.', 'It goes out again.')
    expect(quote('comes in')).toMatchObject({ source: 'body', text: 'comes in' })
    expect(found(quote('comes in'))).toEqual({ words: 'comes in', changed: false })
  })

  test('survives edits before it, after it and in it', () => {
    const { text, quote, found } = written('The tide comes in at noon.')
    const tide = quote('comes in at')
    text(0).insert(0, 'As we all know: ')
    text(0).insert(text(0).length, ' And so on.')
    expect(found(tide)).toEqual({ words: 'comes in at', changed: false })
    const at = text(0).toString().indexOf('in at')
    text(0).insert(at, 'right ')
    expect(found(tide)).toEqual({ words: 'comes right in at', changed: true })
    text(0).delete(text(0).toString().indexOf('comes'), 'comes '.length)
    expect(found(tide)).toEqual({ words: 'right in at', changed: true })
  })

  test('is the one that was quoted, not another with the same words', () => {
    const { text, quote, found, root } = written('Noon. And noon again.', 'Then noon.')
    const last = quotePassage('body', readWords(root), readWords(root).text.lastIndexOf('noon'), readWords(root).text.lastIndexOf('noon') + 4)!
    text(0).insert(0, 'noon noon noon ')
    const read = readWords(root)
    expect(findPassage(root.doc!, read, last)).toEqual({ from: read.text.lastIndexOf('noon'), to: read.text.lastIndexOf('noon') + 4, changed: false })
    expect(found(quote('And'))).toEqual({ words: 'And', changed: false })
  })

  test('reaches over blocks, links and line breaks', () => {
    const { root, quote, found } = written('First of all', 'second of all')
    const link = new Y.XmlElement('link')
    link.insert(0, [new Y.XmlText(' with a link')])
    ;(root.get(0) as Y.XmlElement).insert(1, [link, new Y.XmlElement('linebreak'), new Y.XmlText('and a line')])
    expect(readWords(root).text).toBe('First of all with a link\nand a line\nsecond of all\n')
    expect(found(quote('a link\nand a line\nsecond'))).toEqual({ words: 'a link\nand a line\nsecond', changed: false })
  })

  test('is found by its words when they were written anew in another block', () => {
    const { root, quote, found } = written('Above', 'The tide comes in')
    const tide = quote('tide comes')
    root.delete(1, 1)
    const heading = new Y.XmlElement('heading')
    heading.insert(0, [new Y.XmlText('The tide comes in')])
    root.insert(1, [heading])
    expect(found(tide)).toEqual({ words: 'tide comes', changed: false })
  })

  test('is gone when nothing of it is left', () => {
    const { root, text, quote, found } = written('Above', 'The tide comes in')
    const tide = quote('tide comes')
    text(1).delete(4, 'tide comes'.length)
    expect(found(tide)).toBeNull()
    root.delete(0, 2)
    expect(found(tide)).toBeNull()
  })

  test('is found in another’s copy of the document, whoever edits it at once', () => {
    const here = written('The tide comes in at noon.')
    const tide = here.quote('comes in')
    const there = new Y.Doc()
    Y.applyUpdate(there, Y.encodeStateAsUpdate(here.doc))
    const theirs = ((there.get('body', Y.XmlElement) as Y.XmlElement).get(0) as Y.XmlElement).get(0) as Y.XmlText
    theirs.insert(9, 'slowly ')
    here.text(0).delete(0, 4)
    Y.applyUpdate(there, Y.encodeStateAsUpdate(here.doc))
    const words = readWords(there.get('body', Y.XmlElement) as Y.XmlElement)
    const passage = findPassage(there, words, tide)
    expect(passage && words.text.slice(passage.from, passage.to)).toBe('comes in')
  })

  test('keeps no spaces at its ends, and is nothing where there are only spaces', () => {
    const { root } = written('One   two')
    expect(quotePassage('body', readWords(root), 3, 9)).toMatchObject({ text: 'two' })
    expect(quotePassage('body', readWords(root), 3, 6)).toBeNull()
    expect(quotePassage('body', readWords(root), 9, 99)).toBeNull()
  })

  test.each(['', 'x', '%%%', 'AAAA', btoa('\u0001\u00ff\u00ff'), btoa('\u0000\u0005\u0005\u0000'), 'gYGBgYGBgYGBgYGBgYGBgYE='])('with a position that is none (%j) is looked for by its words', (position) => {
    const { found } = written('The tide comes in')
    expect(found({ source: 'body', text: 'tide', from: position, to: position })).toEqual({ words: 'tide', changed: false })
    expect(found({ source: 'body', text: 'ebb', from: position, to: position })).toBeNull()
  })
})

describe('what is read as a quote', () => {
  const quote: Quote = { source: 'body', text: 'tide', from: 'AA==', to: null }

  test('is one, from a description, a body, or a version of a file', () => {
    for (const source of ['description', 'body', 'file/f-1/3']) expect(readQuote({ ...quote, source })).toEqual({ ...quote, source })
  })

  test.each([null, 'tide', 7, [], {}, { ...quote, source: 'elsewhere' }, { ...quote, source: 'file/f/0' }, { ...quote, source: 'file/../1' }, { ...quote, text: ' ' }, { ...quote, text: 7 }])('is nothing else: %j', (value) => {
    expect(readQuote(value)).toBeNull()
    expect(isQuote(value)).toBe(false)
  })

  test('loses positions that are none, and is not to be written with them, nor with more', () => {
    expect(readQuote({ ...quote, from: 7 })).toEqual({ ...quote, from: null })
    expect(isQuote({ ...quote, from: 7 })).toBe(false)
    expect(isQuote({ ...quote, from: 'x'.repeat(201) })).toBe(false)
    expect(isQuote({ ...quote, text: 'x'.repeat(4_001) })).toBe(false)
    expect(isQuote({ ...quote, more: 1 })).toBe(false)
    expect(isQuote(quote)).toBe(true)
  })
})

test('words are found however their spaces and lines are broken', () => {
  expect(findWords('a  line\nof words', 'line of')).toEqual([{ from: 3, to: 10 }])
  expect(findWords('no no no', 'no')).toHaveLength(3)
  expect(findWords('text', ' ')).toEqual([])
})
