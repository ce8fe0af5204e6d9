import PostalMime, { type Address } from 'postal-mime'
import { htmlToMarkdown } from './extract-html.ts'
import { NoText, textBudget, type FileText } from './file-text.ts'

const spoken = (addresses: readonly (Address | undefined)[] | undefined) =>
  (addresses ?? []).flatMap((each) => (each ? [each.address ? (each.name ? `${each.name} <${each.address}>` : each.address) : (each.name ?? '')] : [])).join(', ')

/** A message: who wrote to whom, when and about what, then its words. What is attached to it is named, not read. */
export async function extractEmail(bytes: Uint8Array): Promise<FileText> {
  const message = await PostalMime.parse(bytes, { maxNestingDepth: 50 }).catch(() => {
    throw new NoText('is damaged: it cannot be read as a message')
  })
  const budget = textBudget()
  const head = [['From', spoken([message.from])], ['To', spoken(message.to)], ['Cc', spoken(message.cc)], ['Date', message.date ?? ''], ['Subject', message.subject ?? '']]
    .flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []))
  const html = message.text?.trim() ? null : message.html ? htmlToMarkdown(message.html) : null
  const words = message.text?.trim() || html?.markdown || ''
  if (head.length === 0 && words === '') throw new NoText('has no text in it')
  const attached = message.attachments.map(({ filename, mimeType }) => filename ?? `a part of type ${mimeType}`)
  const notes = [...html?.notes ?? [], ...attached.length > 0 ? [`has ${attached.length === 1 ? 'a file' : `${attached.length} files`} attached that ${attached.length === 1 ? 'was' : 'were'} not read: ${attached.slice(0, 10).join(', ')}`] : []]
  const markdown = budget.take([head.join('\n'), words].filter((part) => part !== '').join('\n\n'))
  return { parts: [{ kind: 'text', title: null, page: null, markdown }], pages: null, notes: [...notes, ...budget.notes()] }
}
