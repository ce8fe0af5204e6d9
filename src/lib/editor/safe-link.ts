const schemes = new Set(['http:', 'https:', 'mailto:'])
const longest = 2000

/** What a person typed as a link, made whole (`example.org` becomes `https://example.org/`); null if it leads anywhere but to the web or a mailbox. */
export function safeLink(typed: string): string | null {
  const text = typed.trim()
  if (text === '' || text.length > longest || /[\s\p{Cc}]/u.test(text)) return null
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(text)) return `mailto:${text}`
  const whole = /^(?:https?:\/\/|mailto:)/i.test(text) ? text : /^[^:/?#]+\.[^:/?#]+(?::\d+)?(?:[/?#]|$)/.test(text) ? `https://${text}` : null
  if (whole === null) return null
  return isSafeLink(whole) ? new URL(whole).href : null
}

/** Whether a stored link may be followed. Peers write links too, so readers ask this and not only the form that made them. */
export const isSafeLink = (url: string): boolean => url.length <= longest && URL.canParse(url) && schemes.has(new URL(url).protocol)
