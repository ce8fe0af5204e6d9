import * as Y from 'yjs'
import { writeMarkdown } from '#lib/editor/markdown.ts'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { seeded } from '../seeded.ts'

// A description as somebody writes it who pastes a book, chapter by chapter.

const paragraphLetters = 2_000
const words = ['harbour', 'tide', 'crane', 'winter', 'price', 'ferry', 'letter', 'stall', 'north', 'light', 'of', 'the', 'and', 'to', 'with']

function chapter(letters: number, random: () => number): string {
  const paragraphs: string[] = []
  for (let length = 0; length < letters; length += paragraphLetters) {
    let text = ''
    while (text.length < paragraphLetters) text += `${words[Math.floor(random() * words.length)]} `
    paragraphs.push(text.trim())
  }
  return paragraphs.join('\n\n')
}

/** Adds rich text of so many bytes to a description, at its end, in one transaction; it has the shape that the editor gives it. */
export function appendText(doc: Y.Doc, bytes: number, seed: number) {
  const made = new Y.Doc()
  const root = descriptionOf(made)
  writeMarkdown(root, chapter(bytes, seeded(seed)))
  const description = descriptionOf(doc)
  doc.transact(() => {
    description.insert(description.length, root.toArray().flatMap((node) => node instanceof Y.XmlElement ? [node.clone()] : []))
  })
  made.destroy()
}

/** Types one letter somewhere in the text. */
export function typeLetter(doc: Y.Doc, random: () => number) {
  const description = descriptionOf(doc)
  const paragraph = description.get(Math.floor(random() * description.length))
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
  if (!(text instanceof Y.XmlText)) throw new Error('A paragraph without text')
  text.insert(Math.floor(random() * text.length), 'x')
}
