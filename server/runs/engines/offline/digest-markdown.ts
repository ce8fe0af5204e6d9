import { inQuotes, type Block, type Piece, type Rich } from './digest-blocks.ts'

/** Quoted text must come out as it stood: whatever Markdown or HTML would take for a mark is escaped, and nothing else. */
export const escapeMarkdown = (text: string) =>
  text
    .replace(/[\\`*[\]|~]/g, '\\$&')
    .replace(/<(?=[a-z/!?])/gi, '\\<')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')

/** A line that would begin a heading, a list, a quote or a rule. */
const escapeStart = (line: string) =>
  line
    .replace(/^(\s*)([#>+=-]|\d{1,9}(?=[.)]))/, (_, space: string, mark: string) =>
      /\d/.test(mark) ? `${space}${mark}` : `${space}\\${mark}`,
    )
    .replace(/^(\s*\d{1,9})([.)])/, '$1\\$2')

function piece(part: Piece): string {
  if (typeof part === 'string') return escapeMarkdown(part)
  if ('cite' in part) return `[${part.cite}]`
  if ('quote' in part) return inQuotes(escapeMarkdown(part.quote))
  if ('strong' in part) return `**${escapeMarkdown(part.strong)}**`
  const ticks = part.code.includes('`') ? '``' : '`'
  return `${ticks}${part.code}${ticks}`
}

const rich = (text: Rich) => escapeStart(text.map(piece).join(''))

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
        part.header.map(escapeMarkdown),
        part.numeric.map((numeric) => (numeric ? '---:' : '---')),
        ...part.rows.map((row) => row.map(escapeMarkdown)),
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
