/** A letter of a script that DejaVu Sans has no letters for, or an emoji. */
const unknown =
  /(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Georgian}\p{Script=Common}\p{Script=Inherited}])\p{L}|[\u{1f000}-\u{1faff}]|[\u3000-\u303f\u30fb-\u30fe\uff00-\uffef]/gu

/** Whether a text has letters that the PDF cannot show; a reader is then told where the real ones are. */
export const hasUnknownLetters = (text: string) => text.search(unknown) !== -1

/** The text with an empty box for each of them. */
export const withBoxes = (text: string) => text.replace(unknown, '□')
