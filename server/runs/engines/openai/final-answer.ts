import { clipped } from '#lib/wording.ts'

/** An answer that is longer than this is a text of its own, in characters. */
const longestInPlace = 600
const longestSummary = 500
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

const plain = (markdown: string) => markdown
  .replace(/^#{1,6}\s+.*$/gm, '').replace(/^\s*(?:[-*+]|\d+\.)\s+/gm, '').replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
  .replace(/(\*\*|__|`)/g, '').replace(/^\s*(?:summary|tl;?dr)\s*:\s*/i, '')

/** One to three plain sentences of an answer's first paragraph, and the whole of it where it is longer than a card can hold. */
export function readFinalAnswer(answer: string): { summary: string; whole: string | null } {
  const whole = answer.trim()
  const paragraphs = whole.split(/\n\s*\n/).map((paragraph) => plain(paragraph).replace(/\s+/g, ' ').trim()).filter(Boolean)
  const first = paragraphs.find((paragraph) => !/^[|{<]/.test(paragraph)) ?? paragraphs[0] ?? plain(whole).trim()
  let summary = ''
  for (const { segment } of [...sentences.segment(first)].slice(0, 3)) if (summary === '' || summary.length + segment.length <= longestSummary) summary += segment
  summary = summary.trim()
  if (summary.length > longestSummary) summary = `${clipped(summary, longestSummary - 1)}…`
  return { summary, whole: whole.length > longestInPlace ? whole : null }
}
