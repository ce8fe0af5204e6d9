import type { Block, List } from './rich-text.ts'

/** Word has no lists in its HTML: an item is a paragraph that says its level, and carries its bullet as a text nobody is to copy. */
type WordItem = { wordLevel: number; wordNumber: number | null }

export function wordListOf(element: Element): WordItem | null {
  const level = /mso-list\s*:\s*\S+\s+level(\d+)/i.exec(element.getAttribute('style') ?? '')?.[1]
  if (!level) return null
  const bullet = [...element.querySelectorAll('span')].find((span) => /mso-list\s*:\s*ignore/i.test(span.getAttribute('style') ?? ''))?.textContent?.trim() ?? ''
  const number = /^\(?(\d+|[a-z]{1,4})[.)]/i.exec(bullet)?.[1]
  return { wordLevel: Math.min(6, Number(level)), wordNumber: number === undefined ? null : Number.parseInt(number, 10) || 1 }
}

const itemOf = (block: Block): WordItem | null => ('wordLevel' in block ? block as unknown as WordItem : null)

/** Puts the items that follow one another into lists, deeper ones below those before them. */
export function joinWordLists(blocks: readonly Block[]): Block[] {
  const found: Block[] = []
  let open: { level: number; list: List }[] = []
  for (const block of blocks) {
    const item = itemOf(block)
    if (!item || block.kind !== 'paragraph') {
      open = []
      found.push(block)
      continue
    }
    const type = item.wordNumber === null ? 'bullet' : 'number'
    open = open.filter(({ level, list }) => level < item.wordLevel || (level === item.wordLevel && list.type === type))
    if (open.at(-1)?.level !== item.wordLevel) {
      const list: List = { kind: 'list', type, start: item.wordNumber ?? 1, items: [] }
      const above = open.at(-1)?.list.items.at(-1)
      if (above) above.lists.push(list)
      else found.push(list)
      open.push({ level: item.wordLevel, list })
    }
    open.at(-1)!.list.items.push({ checked: false, children: block.children, lists: [] })
  }
  return found
}
