import hljs from 'highlight.js/lib/common'
import { languageChoice } from './code-languages.ts'

/** A stretch of code, in UTF-16 units from its start, and what it is in its language. */
export type CodeToken = { from: number; to: number; kind: CodeKind }

/** What is told apart by colour. */
export const codeKinds = ['keyword', 'string', 'number', 'comment', 'title', 'type', 'meta', 'added', 'removed'] as const
export type CodeKind = (typeof codeKinds)[number]

/** Longer code stands without colours: to read it for each key pressed would take too long. */
export const longestCode = 40_000

const kinds: Record<string, CodeKind> = {
  keyword: 'keyword', literal: 'keyword', 'selector-tag': 'keyword', 'template-tag': 'keyword', operator: 'keyword', section: 'title', name: 'keyword', tag: 'keyword',
  string: 'string', regexp: 'string', 'meta-string': 'string', 'selector-attr': 'string', link: 'string', code: 'string', 'char': 'string', quote: 'comment',
  number: 'number', symbol: 'number', bullet: 'number',
  comment: 'comment', doctag: 'comment',
  title: 'title', 'title.function': 'title', 'function': 'title', attr: 'title', attribute: 'title', property: 'title', 'selector-id': 'title', 'selector-class': 'title',
  type: 'type', built_in: 'type', class: 'type', 'title.class': 'type', variable: 'type', 'template-variable': 'type', params: 'type',
  meta: 'meta', 'meta keyword': 'meta', addition: 'added', deletion: 'removed',
}
// What is not one thing but holds others.
const plain = new Set(['params', 'tag', 'function', 'class', 'subst', 'punctuation', 'property'])

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#x27;': '\'' }
const isKnown = (language: string) => language !== '' && hljs.getLanguage(language) !== undefined

/** `html` and the like go by the name their grammar has. */
const grammar = (language: string) => ({ html: 'xml', text: '' })[languageChoice(language)] ?? languageChoice(language)

/** What stands where in this code; nothing for a language that is not known. What it is made of is derived anew by whoever shows it. */
export function codeTokens(code: string, language: string): CodeToken[] {
  const name = grammar(language)
  if (code.length > longestCode || !isKnown(name)) return []
  const { value } = hljs.highlight(code, { language: name, ignoreIllegals: true })
  const tokens: CodeToken[] = []
  const open: (CodeKind | null)[] = []
  let at = 0
  for (const [piece] of value.matchAll(/<span class="[^"]*">|<\/span>|&[a-z#\d]+;|[^<&]+/gi)) {
    if (piece.startsWith('<span')) {
      const scope = /hljs-([\w-]+)(?: (\w+)_)?/.exec(piece)
      const kind = scope?.[1] && !plain.has(scope[1]) ? kinds[`${scope[1]}.${scope[2]}`] ?? kinds[scope[1]] ?? null : null
      open.push(kind ?? open.at(-1) ?? null)
    } else if (piece === '</span>') open.pop()
    else {
      const length = (entities[piece] ?? piece).length
      const kind = open.at(-1)
      const last = tokens.at(-1)
      if (kind && last?.kind === kind && last.to === at) last.to += length
      else if (kind) tokens.push({ from: at, to: at + length, kind })
      at += length
    }
  }
  return tokens
}
