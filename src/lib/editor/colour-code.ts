import type { CodeKind, CodeToken } from './highlight.ts'

type Highlighter = typeof import('./highlight.ts')
let loaded: Highlighter | null = null
let loading: Promise<void> | null = null
const load = () => loading ??= import('./highlight.ts').then((module) => void (loaded = module), () => void (loading = null))

/** One set of highlights for the page: every editor puts its ranges in, and takes them out. */
function rangesFor(kind: CodeKind): Highlight {
  const name = `code-${kind}`
  let highlight = CSS.highlights.get(name)
  if (!highlight) CSS.highlights.set(name, highlight = new Highlight())
  return highlight
}

/** The page's places of a code block: its text nodes, and a line break where there is a `<br>`. */
function textsOf(block: Element): { code: string; texts: { node: Text; from: number }[] } {
  let code = ''
  const texts: { node: Text; from: number }[] = []
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) {
      texts.push({ node, from: code.length })
      code += node.data
    } else if (node.nodeName === 'BR') code += '\n'
  }
  return { code, texts }
}

function rangesOf({ from, to }: CodeToken, texts: readonly { node: Text; from: number }[], first: number): StaticRange[] {
  const ranges: StaticRange[] = []
  for (let at = first; at < texts.length && texts[at]!.from < to; at++) {
    const { node, from: start } = texts[at]!
    const [begin, end] = [Math.max(0, from - start), Math.min(node.length, to - start)]
    if (begin < end) ranges.push(new StaticRange({ startContainer: node, startOffset: begin, endContainer: node, endOffset: end }))
  }
  return ranges
}

/**
 * Colours the code within an element, and keeps it coloured while it changes. The colours lie over the page's text (CSS highlights):
 * nothing of them is in the text, and a key pressed costs no more nodes. Where a browser has no highlights, code stands without colours.
 */
export function colourCode(element: Element): { refresh: () => void; stop: () => void } {
  if (!('highlights' in CSS)) return { refresh: () => {}, stop: () => {} }
  type Shown = { code: string; language: string; first: Text | undefined; ranges: { kind: CodeKind; range: StaticRange }[] }
  const shown = new Map<Element, Shown>()
  let frame = 0

  const take = (block: Element) => {
    for (const { kind, range } of shown.get(block)?.ranges ?? []) rangesFor(kind).delete(range)
    shown.delete(block)
  }
  const draw = () => {
    frame = 0
    const blocks = new Set(element.querySelectorAll('.rich-code'))
    for (const block of shown.keys()) if (!blocks.has(block)) take(block)
    if (blocks.size === 0) return
    if (!loaded) return void load().then(() => loaded && refresh())
    for (const block of blocks) {
      const { code, texts } = textsOf(block)
      const language = (block as HTMLElement).dataset.language ?? ''
      const before = shown.get(block)
      if (before?.code === code && before.language === language && before.first === texts[0]?.node) continue
      take(block)
      const ranges: Shown['ranges'] = []
      let first = 0
      for (const token of loaded.codeTokens(code, language)) {
        while (first + 1 < texts.length && texts[first + 1]!.from <= token.from) first++
        for (const range of rangesOf(token, texts, first)) {
          ranges.push({ kind: token.kind, range })
          rangesFor(token.kind).add(range)
        }
      }
      shown.set(block, { code, language, first: texts[0]?.node, ranges })
    }
  }
  const refresh = () => {
    frame ||= requestAnimationFrame(draw)
  }
  refresh()
  return {
    refresh,
    stop: () => {
      cancelAnimationFrame(frame)
      for (const block of [...shown.keys()]) take(block)
    },
  }
}
