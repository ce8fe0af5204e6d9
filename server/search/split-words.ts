/**
 * SQLite finds words between spaces and marks. Scripts that write without spaces are split into their letters, with a mark that nobody
 * sees; what is looked for is then a phrase of letters.
 */
const mark = '\u200b'
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu
const some = new RegExp(unspaced.source, 'u')

export const splitWords = (text: string) => (some.test(text) ? text.replaceAll(mark, '').replace(unspaced, `${mark}$&${mark}`) : text)
export const joinWords = (text: string) => text.replaceAll(mark, '')
export const isUnspaced = (text: string) => some.test(text)
