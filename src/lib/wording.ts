const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** `1 mission`, `1,200 missions`. */
export const counted = (count: number, one: string, many = `${one}s`) => `${whole.format(count)} ${count === 1 ? one : many}`

/** `Ada`, `Ada and Ben`, `Ada, Ben and Cleo`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** The first `most` units of a text at most, without half of a character that takes two. */
export const clipped = (text: string, most: number) => (text.length <= most ? text : text.slice(0, Math.max(0, most)).replace(/[\ud800-\udbff]$/, ''))

/** A title in a sentence. */
export const quoted = (title: string) => `“${title.length > 60 ? `${title.slice(0, 59)}…` : title || 'Untitled'}”`
