import { Parser } from 'htmlparser2'
import { NoText, textBudget, type FileText } from './file-text.ts'
import { markdownTable } from './office-parts.ts'

/** What a browser shows to nobody, or is no text. */
const unseen = new Set(['script', 'style', 'noscript', 'template', 'svg', 'math', 'iframe', 'object', 'canvas', 'select', 'datalist', 'audio', 'video'])
const blocks = new Set(['address', 'article', 'aside', 'blockquote', 'body', 'dd', 'details', 'div', 'dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer', 'form', 'header', 'hr', 'html', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'summary', 'ul', 'caption'])
const voids = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr'])

/** No page is nested so deep; the parser's own list of what is open grows with it. */
const deepest = 5_000
const pieceLength = 64 * 1024

/**
 * The text of a page as Markdown: headings, lists and tables stay, all else becomes paragraphs. Nothing of it is run, fetched or
 * kept as markup. `breathe` is called between pieces.
 */
export function htmlToMarkdown(html: string): { markdown: string; title: string | null; notes: string[] } {
  const budget = textBudget()
  const out: string[] = []
  const tables: { rows: string[][]; cell: string | null }[] = []
  let [text, prefix, title] = ['', '', '']
  let [depth, hidden, inTitle, pre] = [0, 0, false, 0]

  const end = () => {
    const block = pre > 0 ? text.replace(/^\n+|\s+$/g, '') : text.replace(/\s+/g, ' ').trim()
    text = ''
    if (block === '') return
    const table = tables.at(-1)
    if (table && table.cell !== null) table.cell += `${table.cell === '' ? '' : ' '}${block}`
    else if (!budget.full) out.push(budget.take(pre > 0 ? `\`\`\`\n${block}\n\`\`\`` : prefix + block))
    prefix = ''
  }
  const parser = new Parser({
    onopentag(name, attributes) {
      if ((depth += 1) > deepest) throw new NoText('is nested deeper than any page')
      if (hidden > 0 || unseen.has(name)) {
        if (!voids.has(name)) hidden += 1
        return
      }
      if (name === 'title') inTitle = true
      else if (name === 'br') text += pre > 0 ? '\n' : ' '
      else if (name === 'img' && attributes.alt) text += ` ${attributes.alt} `
      else if (/^h[1-6]$/.test(name)) {
        end()
        prefix = `${'#'.repeat(Number(name[1]))} `
      } else if (name === 'table') {
        end()
        tables.push({ rows: [], cell: null })
      } else if (name === 'tr') tables.at(-1)?.rows.push([])
      else if (name === 'td' || name === 'th') {
        const table = tables.at(-1)
        if (table) table.cell = ''
        text = ''
      } else if (blocks.has(name)) {
        end()
        if (name === 'li') prefix = '- '
        if (name === 'pre') pre += 1
      }
    },
    onclosetag(name) {
      depth -= 1
      if (hidden > 0) {
        if (!voids.has(name)) hidden -= 1
        return
      }
      const table = tables.at(-1)
      if (name === 'title') inTitle = false
      else if ((name === 'td' || name === 'th') && table) {
        end()
        if (table.rows.length === 0) table.rows.push([])
        table.rows.at(-1)?.push(table.cell ?? '')
        table.cell = null
      } else if (name === 'table' && table) {
        tables.pop()
        const outer = tables.at(-1)
        if (outer && outer.cell !== null) outer.cell += ` ${table.rows.map((row) => row.join(' ')).join(' ')}`
        // A table of one column or one row only lays things out.
        else if (table.rows.length > 1 && table.rows.some((row) => row.length > 1)) out.push(budget.take(markdownTable(table.rows)))
        else for (const cell of table.rows.flat()) if (cell.trim()) out.push(budget.take(cell.trim()))
      } else if (blocks.has(name) || /^h[1-6]$/.test(name)) {
        end()
        if (name === 'pre') pre = Math.max(0, pre - 1)
      }
    },
    ontext(piece) {
      if (hidden > 0) return
      if (inTitle) title += piece
      else if (text.length < 1_000_000) text += piece
    },
  }, { decodeEntities: true })
  for (let at = 0; at < html.length && !budget.full; at += pieceLength) parser.write(html.slice(at, at + pieceLength))
  parser.end()
  end()
  return { markdown: out.join('\n\n'), title: title.replace(/\s+/g, ' ').trim() || null, notes: budget.notes() }
}

export function extractHtml(html: string): FileText {
  const { markdown, title, notes } = htmlToMarkdown(html)
  if (markdown === '' && title === null) throw new NoText('has no text in it')
  return { parts: [{ kind: 'text', title, page: null, markdown }], pages: null, notes }
}
