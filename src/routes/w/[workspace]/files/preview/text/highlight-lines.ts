/** A piece of a line, and what kind of word it is: `keyword`, `string` …; '' for plain ones. */
export type Token = [text: string, kind: string]

export type HighlightRequest = { text: string; language: string | null; format: 'json' | 'xml' | null }
/** `formatted`: whether the lines are another text than was given. */
export type HighlightAnswer = { lines: Token[][]; formatted: boolean }

type Node = { type: string; value?: string; properties?: { className?: unknown }; children?: readonly Node[] }

const kindOf = (node: Node): string => {
  const [first] = Array.isArray(node.properties?.className) ? node.properties.className as unknown[] : []
  return typeof first === 'string' ? first.replace(/^hljs-/, '').replace(/_$/, '') : ''
}

/** A tree of marked words as lines: a word that goes over several lines, such as a comment, is of its kind in each. */
export function linesOf(root: Node): Token[][] {
  const lines: Token[][] = [[]]
  const walk = (node: Node, kind: string) => {
    if (node.value !== undefined) {
      const [first = '', ...rest] = node.value.split('\n')
      if (first) lines.at(-1)!.push([first, kind])
      for (const text of rest) lines.push(text ? [[text, kind]] : [])
    }
    for (const child of node.children ?? []) walk(child, kindOf(child) || kind)
  }
  walk(root, '')
  return lines
}
