import DOMPurify from 'dompurify'
import { Marked, type MarkedExtension, type Tokens } from 'marked'
import { parseReference } from '#lib/board/reference.ts'
import { callOf } from '#lib/editor/call.ts'
import { contentOf } from '#lib/editor/content-address.ts'
import type { CodeToken } from '#lib/editor/highlight.ts'
import type { References } from '#lib/editor/references.ts'
import { GrowingMarkdown } from './growing-markdown.ts'

/** Finds the address of a file that a text names, `null` for one that is not there. */
export type FindFile = (name: string) => { url: string; picture: boolean } | null

export type Reading = {
  /** A single line break is one, as people type in a comment. */
  breaks?: boolean
  find?: FindFile
  /** How what is mentioned is called now, and where it leads; without it mentions are the words they were written with. */
  references?: References | null
  /** What stands where in code of a language; without it code has no colours. */
  tokens?: ((code: string, language: string) => CodeToken[]) | null
}

const tags = [
  'a', 'abbr', 'b', 'blockquote', 'br', 'code', 'dd', 'del', 'details', 'div', 'dl', 'dt', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img', 'input',
  'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'pre', 's', 'small', 'span', 'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'u', 'ul',
]
const attributes = ['align', 'alt', 'checked', 'class', 'colspan', 'data-kind', 'data-reference', 'disabled', 'href', 'loading', 'rowspan', 'src', 'start', 'title', 'type']
/** Pages of ours too, but never another host by way of `//`. */
const addresses = /^(?:https?:|mailto:|\/(?!\/))/i
const ownFile = /^\/api\/v1\/files\/[\w-]+\/content(\?version=\d+)?$/

const escape = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
/** Marks without attributes; everything else that looks like HTML is shown as it was written. */
const bareTag = /^<\/?(?:b|br|code|del|details|div|dd|dl|dt|em|h[1-6]|hr|i|ins|kbd|li|mark|ol|p|pre|s|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|u|ul)\s*\/?>$/i
const picture = (url: string, name: string) => `<img src="${escape(url)}" alt="${escape(name)}" loading="lazy">`

/** The classes of this file, and no other. */
const ownClass = /^(?:mention|code-[a-z]+)$/

function coloured(code: string, tokens: readonly CodeToken[]): string {
  let html = ''
  let at = 0
  for (const { from, to, kind } of tokens) {
    html += `${escape(code.slice(at, from))}<span class="code-${kind}">${escape(code.slice(from, to))}</span>`
    at = to
  }
  return html + escape(code.slice(at))
}

function extension({ find, references, tokens }: Reading): MarkedExtension {
  return {
    renderer: {
      code({ text, lang }: Tokens.Code) {
        return `<pre><code>${coloured(text, tokens?.(text, (lang ?? '').split(/\s/)[0] ?? '') ?? [])}\n</code></pre>\n`
      },
      link(link: Tokens.Link) {
        const reference = parseReference(link.href)
        if (!reference) return false
        const seen = references?.look(reference) ?? null
        const written = link.text.replace(/^@/, '').replace(/\\([!-/:-@[-`{-~])/g, '$1')
        const text = escape(callOf(reference, seen?.name || written || 'unnamed'))
        if (!seen) return text
        const inside = seen.href ? `<a href="${escape(seen.href)}">${text}</a>` : text
        return `<span class="mention" data-kind="${reference.kind}" data-reference="${escape(link.href)}"${seen.note ? ` title="${escape(seen.note)}"` : ''}>${inside}</span>`
      },
      /** A picture from elsewhere would tell that server who reads: it becomes a link. */
      image({ href, text }: Tokens.Image) {
        const file = parseReference(href)
        if (file?.kind === 'file') return picture(contentOf(file), text)
        const own = find?.(href)
        if (own?.picture) return picture(own.url, text || href)
        if (ownFile.test(href)) return picture(href, text)
        return addresses.test(href) ? `<a href="${escape(href)}">${escape(text || href)}</a>` : escape(text || href)
      },
      html({ text }: Tokens.HTML | Tokens.Tag) {
        return text.replace(/<[^>]*>?/g, (tag) => (bareTag.test(tag) ? tag : escape(tag)))
      },
      codespan({ text }: Tokens.Codespan) {
        const own = find?.(text)
        if (!own) return `<code>${escape(text)}</code>`
        return `<a href="${escape(own.url)}"><code>${escape(text)}</code></a>${own.picture ? picture(own.url, text) : ''}`
      },
    },
  }
}

const purify = DOMPurify(window)
purify.addHook('afterSanitizeAttributes', (node) => {
  if (node.hasAttribute('class') && !ownClass.test(node.getAttribute('class') ?? '')) node.removeAttribute('class')
  if (node.nodeName === 'A') {
    // What is mentioned is a page of ours, and stays in this tab.
    if (node.parentElement?.className === 'mention' && node.getAttribute('href')?.startsWith('/w/')) return
    node.setAttribute('target', '_blank')
    node.setAttribute('rel', 'noopener nofollow')
  } else if (node.nodeName === 'IMG') {
    if (!ownFile.test(node.getAttribute('src') ?? '')) node.remove()
  } else if (node.nodeName === 'INPUT') {
    node.setAttribute('type', 'checkbox')
    node.setAttribute('disabled', '')
  }
})

/** One paragraph of words, as most of what is said is: there is no tag in it that could do anything. */
const onlyWords = /^<p>[^<>]*<\/p>\s*$/

const safe = (html: string) => onlyWords.test(html) ? html : purify.sanitize(html, { ALLOWED_TAGS: tags, ALLOWED_ATTR: attributes, ALLOWED_URI_REGEXP: addresses, ALLOW_DATA_ATTR: false })

export const renderMarkdown = (source: string, reading: Reading = {}): string =>
  safe(new Marked({ gfm: true, breaks: reading.breaks ?? false }, extension(reading)).parse(source, { async: false }))

/** For a text that is being written: see GrowingMarkdown. */
export const growingMarkdown = (reading: Reading = {}) => new GrowingMarkdown(new Marked({ gfm: true }, extension(reading)), safe)
