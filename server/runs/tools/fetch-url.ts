import { z } from 'zod'
import { htmlToMarkdown } from '../../files/extract/extract-html.ts'
import { guardedFetch, NotFetched, type FetchRules } from './guarded-fetch.ts'
import { defineTool, failed } from './tool.ts'

const pageLength = 40_000

/** `*.example.com` allows every host below it, `example.com` that one. */
export const isAllowed = (allowed: readonly string[], host: string) =>
  allowed.some((pattern) => (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern))

export const fetchUrl = (allowed: readonly string[], internet: Pick<FetchRules, 'resolve' | 'isPublic'> = {}) => defineTool({
  name: 'fetch_url',
  told: `Reads a page of the web as text. ${allowed.length > 0 ? `Allowed hosts: ${allowed.join(', ')}.` : 'No host is allowed at present.'}`,
  args: z.object({
    url: z.string().min(1).max(4_000),
    from: z.number().int().min(1).optional().describe('Character to begin with, counted from 1; a long page is read piece by piece'),
  }),
  async carryOut({ url, from = 1 }, { signal }) {
    try {
      const page = await guardedFetch(url, { ...internet, mayAsk: ({ hostname }) => isAllowed(allowed, hostname.replace(/\.$/, '')), signal })
      const text = textOf(page)
      if (text === null) return failed(`${page.url} is no text (${page.type || 'of unknown type'}, ${page.bytes.byteLength} bytes).`)
      const piece = text.slice(from - 1, from - 1 + pageLength)
      const to = from - 1 + piece.length
      const head = `[${page.url} answered ${page.status}. Characters ${from} to ${to} of ${text.length}${page.cut ? ', of a page that is longer than what is read' : ''}.${to < text.length ? ` Read on with from: ${to + 1}.` : ''}]`
      return { ok: page.status < 400, material: page.url, text: `${head}\n${piece}` }
    } catch (error) {
      if (error instanceof NotFetched) return failed(error.message)
      throw error
    }
  },
})

function textOf({ type, bytes }: { type: string; bytes: Uint8Array }): string | null {
  const media = type.split(';')[0]?.trim().toLowerCase() ?? ''
  const charset = /charset="?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8'
  const text = () => {
    try {
      return new TextDecoder(charset).decode(bytes)
    } catch {
      return new TextDecoder().decode(bytes)
    }
  }
  if (media === 'text/html' || media === 'application/xhtml+xml') {
    const { title, markdown } = htmlToMarkdown(text())
    return title ? `${title}\n\n${markdown}` : markdown
  }
  return /^text\/|[/+](json|xml|yaml|csv)$/.test(media) ? text() : null
}
