/** Words within a line of Markdown, read as they stand: what would be taken for a mark, for HTML or for an entity is escaped, and nothing else. */
export const escapeMarkdown = (text: string) =>
  text
    .replace(/[\\*`~[]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/<(?=[a-z/!?])/gi, '\\<')
    .replace(/&(?=#?\w+;)/g, '\\&')

/** What would open a block if it stood first on a line. */
export const escapeLineStart = (line: string) =>
  line
    .replace(/^[ \t]+/, '')
    .replace(/^(#{1,6}(?=\s|$)|[-+>=|:])/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')

/**
 * Words between the brackets of a link or a picture, on one line. What reads as a link itself has its parenthesis escaped, too:
 * `marked` looks for links within a link after it took the backslashes off brackets.
 */
export const escapeLabel = (text: string) => escapeMarkdown(text).replace(/\](\(?)/g, (_, parenthesis: string) => `\\]${parenthesis && '\\('}`).replace(/\s+/g, ' ')

/** A link that reads as the name, whatever stands in it; `url` is an address that needs no escapes, as those of references are. */
export const markdownLink = (name: string, url: string) => `[${escapeLabel(name)}](${url})`
