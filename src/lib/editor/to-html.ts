import { parseReference } from '../board/reference.ts'
import { callOf } from './call.ts'
import { contentOf } from './content-address.ts'
import type { Block, Inline, List, Mark } from './rich-text.ts'

const escape = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
const tags: Record<Mark, string> = { bold: 'strong', italic: 'em', struck: 's', code: 'code' }

function inlineToHtml(inline: readonly Inline[], origin: string): string {
  return inline.map((part) => {
    switch (part.kind) {
      case 'break': return '<br>'
      case 'link': return `<a href="${escape(part.url)}">${inlineToHtml(part.children, origin)}</a>`
      case 'text': return part.marks.reduce((html, mark) => `<${tags[mark]}>${html}</${tags[mark]}>`, escape(part.text))
      case 'image': {
        const file = parseReference(part.src)
        return file ? `<img src="${escape(origin + contentOf(file))}" alt="${escape(part.alt)}">` : escape(part.alt)
      }
      case 'mention': return `<span data-reference="${escape(part.target)}">${escape(callOf(parseReference(part.target), part.name))}</span>`
    }
  }).join('')
}

function listToHtml(list: List, origin: string): string {
  const tag = list.type === 'number' ? 'ol' : 'ul'
  const items = list.items.map((item) => {
    const box = list.type === 'check' ? ` role="checkbox" aria-checked="${item.checked}"` : ''
    return `<li${box}>${inlineToHtml(item.children, origin)}${item.lists.map((sublist) => listToHtml(sublist, origin)).join('')}</li>`
  })
  return `<${tag}${list.start !== 1 ? ` start="${list.start}"` : ''}>${items.join('')}</${tag}>`
}

/** Rich text as HTML for other programs: structure and words, no looks. `origin`: where our own pictures are. */
export const toHtml = (blocks: readonly Block[], origin: string): string => blocks.map((block) => {
  switch (block.kind) {
    case 'list': return listToHtml(block, origin)
    case 'code': return `<pre><code${block.language ? ` class="language-${escape(block.language)}"` : ''}>${escape(block.text)}</code></pre>`
    case 'table': {
      const row = (cells: readonly Inline[][], tag: 'td' | 'th') => `<tr>${cells.map((cell) => `<${tag}>${inlineToHtml(cell, origin)}</${tag}>`).join('')}</tr>`
      const body = block.rows.map((cells, at) => row(cells, block.header && at === 0 ? 'th' : 'td')).join('')
      return `<table><tbody>${body}</tbody></table>`
    }
    case 'heading': return `<h${block.level}>${inlineToHtml(block.children, origin)}</h${block.level}>`
    case 'quote': return `<blockquote>${inlineToHtml(block.children, origin)}</blockquote>`
    case 'paragraph': return `<p>${inlineToHtml(block.children, origin)}</p>`
  }
}).join('')
