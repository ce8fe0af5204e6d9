import { grown, NoText, textBudget, type FileText, type TextPart } from './file-text.ts'
import { mainPart, markdownTable, relationsOf } from './office-parts.ts'
import type { Zip } from './open-zip.ts'
import { readXml } from './read-xml.ts'

/** The slides in the order in which they are shown. */
async function slidesOf(zip: Zip): Promise<string[]> {
  const main = await mainPart(zip, 'ppt/presentation.xml')
  const relations = await relationsOf(zip, main)
  const slides: string[] = []
  await readXml(await zip.open(main), {
    open(name, attributes) {
      const path = name === 'sldId' ? relations.get(attributes['r:id'] ?? '')?.path : undefined
      if (path) slides.push(path)
    },
  })
  return slides
}

/** The paragraphs of a slide; its title is a heading, its tables are tables. */
async function blocksOf(zip: Zip, path: string): Promise<string[]> {
  const blocks: string[] = []
  const title: string[] = []
  let [inText, isTitle, isNumber] = [false, false, false]
  let paragraph: string | null = null
  let table: string[][] | null = null
  let cell: string[] | null = null
  await readXml(await zip.open(path), {
    open(name, attributes) {
      if (name === 'sp') [isTitle, isNumber] = [false, false]
      if (name === 'ph') {
        isTitle = /^(title|ctrTitle)$/.test(attributes.type ?? '')
        isNumber = /^(sldNum|dt|ftr)$/.test(attributes.type ?? '')
      }
      if (name === 'p') paragraph = ''
      if (name === 't') inText = true
      if (name === 'br' && paragraph !== null) paragraph += ' '
      if (name === 'tbl') table = []
      if (name === 'tr') table?.push([])
      if (name === 'tc') cell = []
    },
    close(name) {
      if (name === 't') inText = false
      if (name === 'p' && paragraph !== null) {
        const text = paragraph.replace(/\s+/g, ' ').trim()
        paragraph = null
        if (text === '' || isNumber) return
        if (cell) cell.push(text)
        else if (isTitle) title.push(text)
        else blocks.push(text)
      }
      if (name === 'tc' && cell) {
        table?.at(-1)?.push(cell.join(' '))
        cell = null
      }
      if (name === 'tbl' && table) {
        if (table.length > 0) blocks.push(markdownTable(table))
        table = null
      }
    },
    text(text) {
      if (inText && paragraph !== null) paragraph = grown(paragraph, text)
    },
  })
  return title.length > 0 ? [`## ${title.join(' ')}`, ...blocks] : blocks
}

/** The text of a presentation, a part for each slide, with what its speaker noted. */
export async function extractPptx(zip: Zip): Promise<FileText> {
  const slides = await slidesOf(zip)
  const budget = textBudget()
  const parts: TextPart[] = []
  for (const [index, path] of slides.entries()) {
    if (!zip.has(path) || budget.full) continue
    const blocks = await blocksOf(zip, path)
    const notes = [...(await relationsOf(zip, path)).values()].find(({ type }) => type === 'notesSlide')?.path
    if (notes && zip.has(notes)) {
      const noted = await blocksOf(zip, notes)
      if (noted.length > 0) blocks.push('Speaker’s notes:', ...noted)
    }
    const markdown = budget.take(blocks.join('\n\n'))
    if (markdown !== '') parts.push({ kind: 'text', title: null, page: index + 1, markdown })
  }
  if (parts.length === 0) throw new NoText([...zip.names()].some((name) => name.startsWith('ppt/media/')) ? 'has no text: it holds pictures only' : 'has no text in it')
  const blank = slides.length - parts.length
  const notes = blank > 0 && !budget.full ? [`has ${blank === 1 ? 'a slide' : `${blank} slides`} without text`] : []
  return { parts, pages: slides.length, notes: [...notes, ...budget.notes()] }
}
