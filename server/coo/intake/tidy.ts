/** "[10:02] Ann: …": when a line of a chat was said, where several have it. */
const spoken = /^[ \t]*\[?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]m)?\]?[ \t]*(?:[-–—|][ \t]*)?(?=\p{Lu}[\p{L} .'-]{1,30}:\s)/gimu
const mostStamps = 2

/** The form of a request without what means nothing: spaces of tables that were typed, stamps of time of a chat, a space before a colon. */
export function tidy(text: string): string {
  const plain = text.replace(/\r\n?/g, '\n').replace(/(?<=\S) {3,}/g, '  ').replace(/\t{12,}/g, '\t').replace(/^[ ]{40,}/gm, '        ').replace(/\n{4,}/g, '\n\n\n').replace(/(?<=\p{L})[ \u00a0\u202f]+(?=[:;!?](?:\s|$))/gu, '').trim()
  return (plain.match(spoken) ?? []).length >= mostStamps ? plain.replace(spoken, '') : plain
}

/** What somebody says while they think, and how they go on to something else. */
export const asWritten = (text: string) => text
  .replace(/(?<![\p{L}\p{N}'-])(?:um+|uh+|erm+|uhm+|hm{2,})(?![\p{L}\p{N}'-])[,.…]*[ \t]*/giu, '')
  .replace(/[ \t,]*(?<![\p{L}'])(?:and[ \t]+)?oh(?:[ \t,]+(?:yeah|and|also|wait|right))+[ \t,]+(?=\p{L})/giu, '. ').replace(/^[.\s]+/, '')
