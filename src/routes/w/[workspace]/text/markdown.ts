import DOMPurify from 'dompurify'
import { Marked, type MarkedExtension, type Tokens } from 'marked'
import { GrowingMarkdown } from './growing-markdown.ts'

/** Finds the address of a file that a text names, `null` for one that is not there. */
export type FindFile = (name: string) => { url: string; picture: boolean } | null

export type Reading = {
  /** A single line break is one, as people type in a comment. */
  breaks?: boolean
  find?: FindFile
}

const tags = [
  'a', 'abbr', 'b', 'blockquote', 'br', 'code', 'dd', 'del', 'details', 'div', 'dl', 'dt', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img', 'input',
  'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'pre', 's', 'small', 'span', 'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'u', 'ul',
]
const attributes = ['align', 'alt', 'checked', 'colspan', 'disabled', 'href', 'loading', 'rowspan', 'src', 'start', 'title', 'type']
/** Pages of ours too, but never another host by way of `//`. */
const addresses = /^(?:https?:|mailto:|\/(?!\/))/i
const ownFile = /^\/api\/v1\/files\/[\w-]+\/content(\?version=\d+)?$/

const escape = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
/** Marks without attributes; everything else that looks like HTML is shown as it was written. */
const bareTag = /^<\/?(?:b|br|code|del|details|div|dd|dl|dt|em|h[1-6]|hr|i|ins|kbd|li|mark|ol|p|pre|s|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|u|ul)\s*\/?>$/i
const picture = (url: string, name: string) => `<img src="${escape(url)}" alt="${escape(name)}" loading="lazy">`

function extension({ find }: Reading): MarkedExtension {
  return {
    renderer: {
      /** A picture from elsewhere would tell that server who reads: it becomes a link. */
      image({ href, text }: Tokens.Image) {
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
  if (node.nodeName === 'A') {
    node.setAttribute('target', '_blank')
    node.setAttribute('rel', 'noopener nofollow')
  } else if (node.nodeName === 'IMG') {
    if (!ownFile.test(node.getAttribute('src') ?? '')) node.remove()
  } else if (node.nodeName === 'INPUT') {
    node.setAttribute('type', 'checkbox')
    node.setAttribute('disabled', '')
  }
})

const safe = (html: string) => purify.sanitize(html, { ALLOWED_TAGS: tags, ALLOWED_ATTR: attributes, ALLOWED_URI_REGEXP: addresses, ALLOW_DATA_ATTR: false })

export const renderMarkdown = (source: string, reading: Reading = {}): string =>
  safe(new Marked({ gfm: true, breaks: reading.breaks ?? false }, extension(reading)).parse(source, { async: false }))

/** For a text that is being written: see GrowingMarkdown. */
export const growingMarkdown = (reading: Reading = {}) => new GrowingMarkdown(new Marked({ gfm: true }, extension(reading)), safe)
