import { common, createLowlight } from 'lowlight'
import { languageChoice } from './code-languages.ts'

/** A stretch of code, in UTF-16 units from its start, and what it is in its language. */
export type CodeToken = { from: number; to: number; kind: CodeKind }

/** What is told apart by colour. */
const codeKinds = ['keyword', 'string', 'number', 'comment', 'title', 'type', 'meta', 'added', 'removed'] as const
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

const lowlight = createLowlight(common)
const isKnown = (language: string) => language !== '' && lowlight.registered(language)

type Node = ReturnType<typeof lowlight.highlight> | ReturnType<typeof lowlight.highlight>['children'][number]

/** What a marked stretch is, from its classes: `hljs-title function_`. */
function kindOf(node: Node): CodeKind | null {
  if (node.type !== 'element' || !Array.isArray(node.properties.className)) return null
  const [scope = '', part = ''] = node.properties.className.map((name) => String(name).replace(/^hljs-|_$/g, ''))
  return plain.has(scope) ? null : kinds[`${scope}.${part}`] ?? kinds[scope] ?? null
}

/** `html` and the like go by the name their grammar has. */
const grammar = (language: string) => ({ html: 'xml', text: '' })[languageChoice(language)] ?? languageChoice(language)

/** What stands where in this code; nothing for a language that is not known. What it is made of is derived anew by whoever shows it. */
export function codeTokens(code: string, language: string): CodeToken[] {
  const name = grammar(language)
  if (code.length > longestCode || !isKnown(name)) return []
  const tokens: CodeToken[] = []
  let at = 0
  const walk = (node: Node, kind: CodeKind | null) => {
    if (node.type === 'text') {
      const from = at
      at += node.value.length
      const last = tokens.at(-1)
      if (kind && last?.kind === kind && last.to === from) last.to = at
      else if (kind) tokens.push({ from, to: at, kind })
    } else if ('children' in node) for (const child of node.children) walk(child, kindOf(child) ?? kind)
  }
  walk(lowlight.highlight(name, code), null)
  return tokens
}
