import { escapeLineStart, escapeMarkdown } from '#lib/editor/escape-markdown.ts'
import { inQuotes, type Block, type Piece, type Rich } from './digest-blocks.ts'

function piece(part: Piece): string {
  if (typeof part === 'string') return escapeMarkdown(part)
  if ('cite' in part) return `[${part.cite}]`
  if ('quote' in part) return inQuotes(escapeMarkdown(part.quote))
  if ('strong' in part) return `**${escapeMarkdown(part.strong)}**`
  const ticks = part.code.includes('`') ? '``' : '`'
  return `${ticks}${part.code}${ticks}`
}

const rich = (text: Rich) => escapeLineStart(text.map(piece).join(''))
const cell = (text: string) => escapeMarkdown(text).replace(/\|/g, '\\|')

function block(part: Block): string {
  switch (part.block) {
    case 'heading':
      return `${'#'.repeat(part.level)} ${escapeMarkdown(part.text)}`
    case 'paragraph':
      return part.aside ? `> ${rich(part.text)}` : rich(part.text)
    case 'list':
      return part.items.map((item) => `- ${rich(item)}`).join('\n')
    case 'table':
      return [
        part.header.map(cell),
        part.numeric.map((numeric) => (numeric ? '---:' : '---')),
        ...part.rows.map((row) => row.map(cell)),
      ]
        .map((cells) => `| ${cells.join(' | ')} |`)
        .join('\n')
    case 'chart':
      return `Chart: ${escapeMarkdown(part.title)}, in \`${part.name}\``
    // Written as text, so that the numbers stay those of the citations wherever the Markdown is shown.
    case 'sources':
      return part.names.map((name, index) => `- [${index + 1}] ${escapeMarkdown(name)}`).join('\n')
  }
}

export const toMarkdown = (blocks: readonly Block[]): string => `${blocks.map(block).join('\n\n')}\n`
