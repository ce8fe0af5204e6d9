/** What a text file may have to be put into a message, in bytes; the rest is for attachments. */
const most = 90_000
const endings = /\.(?:txt|text|md|markdown|csv|tsv|json|log|eml|vtt|srt|ics)$/i

/** The words of a file that is text and short enough to be said; `null` for any other. */
export async function textOf(file: File): Promise<string | null> {
  if (file.size > most || !(file.type.startsWith('text/') || endings.test(file.name))) return null
  const text = await file.text()
  // Bytes that are no UTF-8, or none that people read.
  return text.includes('\u0000') || text.includes('\uFFFD') ? null : text.replaceAll('\r\n', '\n').trim()
}
