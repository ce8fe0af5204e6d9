/**
 * Text in one piece, such as a paragraph, and where in its file it stands. `text` has single spaces and no line breaks. Pages,
 * lines and paragraphs count from 1; `heading` is the nearest one above.
 */
export type Passage = { text: string; place: PassagePlace }
export type PassagePlace = { page: number } | { heading: string | null; from: number; to: number } | { heading: string | null; paragraph: number }

/** `notes` say, in sentences without a subject, what a reader should know: `has 2 pages without text`. */
export type ExtractedText = { ok: true; passages: Passage[]; words: number; pages: number | null; notes: string[] }

/** The reason continues a sentence that begins with the file's name. */
export type Unreadable = { ok: false; reason: string }

export const singleSpaced = (text: string) => text.replace(/[\s\u0000-\u001f\u007f\u200b\ufeff]+/g, ' ').trim()

export const countWords = (passages: readonly Passage[]) =>
  passages.reduce((sum, passage) => sum + (passage.text === '' ? 0 : passage.text.split(' ').length), 0)
