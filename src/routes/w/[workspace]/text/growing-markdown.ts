import type { Marked, Token, Tokens } from 'marked'

/**
 * A text that grows at its end, as HTML in blocks: what comes before the newest block is rendered once, so that a long text costs
 * no more for each new word than a short one.
 */
export class GrowingMarkdown {
  #marked: Marked
  #safe: (html: string) => string
  #settled: string[] = []
  #links: Record<string, Pick<Tokens.Link, 'href' | 'title'>> = {}
  #tail = ''
  #read = 0
  #epoch = -1

  constructor(marked: Marked, safe: (html: string) => string) {
    this.#marked = marked
    this.#safe = safe
  }

  /** Takes over the text as it is now; within an epoch it has only grown. */
  read(text: string, epoch: number): readonly string[] {
    if (epoch !== this.#epoch || text.length < this.#read) {
      this.#epoch = epoch
      this.#settled = []
      this.#links = {}
      this.#tail = ''
      this.#read = 0
    }
    this.#tail += text.slice(this.#read).replaceAll('\r', '')
    this.#read = text.length
    const tokens = this.#tokens(this.#tail)
    const newest = Math.max(0, tokens.findLastIndex((token) => token.type !== 'space'))
    const open = tokens.slice(newest)
    let settled = 0
    for (const token of tokens.slice(0, newest)) {
      // A definition counts once it is whole: the first half of an address is another address.
      if (token.type === 'def') this.#links[(token as Tokens.Def).tag] = token as Tokens.Def
      this.#settled.push(this.#html(token))
      settled += token.raw.length
    }
    // Not put together from the open tokens: they leave out spaces at the end, which count once more follows.
    this.#tail = this.#tail.slice(settled)
    return [...this.#settled, ...open.map((token) => this.#html(token))].filter((html) => html !== '')
  }

  #tokens(source: string): Token[] {
    const lexer = new this.#marked.Lexer(this.#marked.defaults)
    Object.assign(lexer.tokens.links, this.#links)
    return [...lexer.lex(source)]
  }

  #html = (token: Token) => (token.type === 'space' || token.type === 'def' ? '' : this.#safe(this.#marked.parser([token])))
}
