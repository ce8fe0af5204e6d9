import type { Block, Inline, List } from '#lib/editor/rich-text.ts'
import type { Value } from './fill.ts'
import { piecesOf } from './template.ts'

type Values = ReadonlyMap<string, Value>

/**
 * A text with its fields filled in. They are filled in where words stand, so that nothing that is filled in is read as Markdown; somebody is
 * mentioned. `open`: what is empty stays, as `{{key}}`; else it is left out.
 */
export const fillBlocks = (blocks: readonly Block[], values: Values, open: boolean): Block[] => blocks.map((block): Block => {
  switch (block.kind) {
    case 'code': return { ...block, text: piecesOf(block.text).map((piece) => ('text' in piece ? piece.text : wordsFor(piece, values, open))).join('') }
    case 'list': return fillList(block, values, open)
    case 'table': return { ...block, rows: block.rows.map((row) => row.map((cell) => fillInline(cell, values, open))) }
    default: return { ...block, children: fillInline(block.children, values, open) }
  }
})

const wordsFor = ({ key, written }: { key: string; written: string }, values: Values, open: boolean) => values.get(key)?.words ?? (open ? written : '')

const fillList = (list: List, values: Values, open: boolean): List => ({
  ...list, items: list.items.map((item) => ({ ...item, children: fillInline(item.children, values, open), lists: item.lists.map((each) => fillList(each, values, open)) })),
})

const fillInline = (inline: readonly Inline[], values: Values, open: boolean): Inline[] => inline.flatMap((part): Inline[] => {
  if (part.kind === 'link') return [{ ...part, children: fillInline(part.children, values, open) }]
  if (part.kind !== 'text') return [part]
  return piecesOf(part.text).flatMap((piece): Inline[] => {
    if ('text' in piece) return [{ ...part, text: piece.text }]
    const value = values.get(piece.key)
    if (value?.reference && !part.marks.includes('code')) return [{ kind: 'mention', target: value.reference, name: value.words }]
    const text = wordsFor(piece, values, open)
    return text ? [{ ...part, text }] : []
  })
})
