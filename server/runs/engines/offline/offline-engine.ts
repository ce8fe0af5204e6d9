import { breather } from '../../../files/extract/breather.ts'
import type { Attachment, Engine, RunContext, RunOutput, RunResult } from '../../engine.ts'
import { toMarkdown } from './digest-markdown.ts'
import { hasUnknownLetters } from '../../look/font-letters.ts'
import { composeDigest, titleOf, type Material } from './digest.ts'
import type { Block } from './digest-blocks.ts'
import { writeDraft } from './draft.ts'
import { chartNames, slug } from './file-names.ts'
import { guidanceOf, namesFile, partNamed, type Guidance } from './guidance.ts'
import { documentPart, talkOf, type EarlierText } from './material.ts'
import { counted, listed } from '#lib/wording.ts'
import type { Dropped } from './quotes.ts'
import { distinctNames, readAttachment, sizeOf, type Reading } from './reading.ts'
import { sideThread, SideJobFailed, type SideThread } from '../../beside/side-thread.ts'
import { tablePart } from './table-part.ts'
import { wordsOf } from './words.ts'

/**
 * The engine that needs no network and no key: it reads, quotes, counts and draws, the same each time, and says so. It is no
 * language model and never sounds like one.
 */
export class OfflineEngine implements Engine {
  readonly name = 'offline'
  readonly #pace: number
  readonly #beside: (signal: AbortSignal) => SideThread

  /** `pace` is the time between two pieces of the draft, in milliseconds; `beside` is where the jobs run that cannot be interrupted. */
  constructor({ pace = 12, beside = sideThread }: { pace?: number; beside?: (signal: AbortSignal) => SideThread } = {}) {
    this.#pace = pace
    this.#beside = beside
  }

  async run(context: RunContext, output: RunOutput, signal: AbortSignal): Promise<RunResult> {
    signal.throwIfAborted()
    const beside = this.#beside(signal)
    try {
      const guidance = guidanceOf(context)
      await logRequest(context, guidance, output)
      const readings = await readAll(context.attachments, guidance, output, beside, signal)
      const earlier = await readEarlier(context, output)
      const material = await weigh(context, earlier, guidance, readings, output, beside, signal)
      // What it loaded to read and draw need not stay in memory while people read along.
      await beside.close()
      const { blocks, best } = composeDigest(material)
      await output.log('step', 'Writing the digest.')
      const markdown = toMarkdown(blocks)
      await writeDraft(markdown, (words) => output.draft(words), this.#pace, signal)
      await hand(material, blocks, markdown, output, beside, signal)
      return { summary: summaryOf(material, best) }
    } finally {
      await beside.close()
    }
  }
}

async function logRequest(context: RunContext, guidance: Guidance, output: RunOutput) {
  await output.log('step', 'Started the offline engine: it quotes, counts and draws, without a language model.')
  const words = wordsOf(context.mission.description).length
  await output.log(
    'read',
    `Read the mission “${context.mission.title}”: ${words > 0 ? `a description of ${counted(words, 'word')}` : 'it has no description'}.`,
  )
  if (context.project) {
    const brief = wordsOf(context.project.brief).length
    await output.log(
      'read',
      `Read the brief of the project “${context.project.name}”: ${brief > 0 ? counted(brief, 'word') : 'it is empty'}.`,
    )
    const docs = context.project.docs.filter(({ text }) => text !== '')
    if (docs.length > 0) {
      const titles = listed(firstOf(docs.map(({ title }) => `“${title}”`), 5))
      await output.log('read', `Read ${counted(docs.length, 'doc')} of the project: ${titles}, ${counted(docs.reduce((sum, { text }) => sum + wordsOf(text).length, 0), 'word')}.`)
    }
  }
  if (context.comments.length > 0)
    await output.log(
      'read',
      `Read ${counted(context.comments.length, 'comment')}, by ${listed(firstOf([...new Set(context.comments.map(({ author }) => author))], 5))}.`,
    )
  if (context.note.trim() !== '') await output.log('read', `Read the note this run was started with: “${excerpt(context.note)}”.`)
  if (guidance.review) {
    await output.log('read', `Read what ${guidance.review.author} asked to change: “${excerpt(guidance.review.note)}”.`)
    for (const { text, where } of guidance.review.quotes) await output.log('read', `Read the passage that the review quotes from ${where}: “${excerpt(text)}”.`)
    const understood = guidance.review.directions.filter(({ kind }) => kind !== 'other').length
    await output.log(
      'found',
      `Understood ${understood} of ${counted(guidance.review.directions.length, 'request')} in that note; the digest says what was done about each.`,
    )
  }
  const requests = new Set(guidance.others.map(({ direction, where }) => `Found a request in ${where}: “${excerpt(direction.said)}”.`))
  for (const request of requests) await output.log('found', request)
}

const firstOf = (names: readonly string[], most: number) =>
  names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} others`] : names

const excerpt = (text: string) => {
  const plain = text.replace(/\s+/g, ' ').trim()
  return plain.length > 200 ? `${plain.slice(0, 199)}…` : plain
}

async function readAll(
  attachments: readonly Attachment[],
  guidance: Guidance,
  output: RunOutput,
  beside: SideThread,
  signal: AbortSignal,
): Promise<Reading[]> {
  if (attachments.length === 0) await output.log('step', 'No file is attached; only the mission’s own text can be read.')
  const names = distinctNames(attachments.map(({ name }) => name))
  const readings: Reading[] = []
  const seen = new Map<string, string>()
  for (const [index, attachment] of attachments.entries()) {
    signal.throwIfAborted()
    const file = names[index] ?? attachment.name
    const same = seen.get(attachment.hash)
    const unwanted = guidance.leaveOut.find((subject) => namesFile(subject, attachment.name))
    if (unwanted || same !== undefined) {
      const reason = unwanted ? 'was left out as asked' : `has the same content as ${same} and was not read twice`
      await output.log('warning', `${file} ${reason}.`)
      readings.push({ kind: 'declined', file, reason })
      continue
    }
    if (attachment.hash !== '') seen.set(attachment.hash, file)
    await output.log('step', `Opening ${file}.`)
    readings.push(...await readAttachment(attachment, file, output, beside, signal))
  }
  return readings
}

/** Of a piece of earlier work so much is quoted from, in characters. */
const longestEarlier = 200_000

async function readEarlier({ memory }: RunContext, output: RunOutput): Promise<EarlierText[]> {
  const texts: EarlierText[] = []
  for (const { label, reason, text } of memory) {
    const read = await text()
    if (!read.ok) await output.log('warning', `${label}, which was ${reason}, ${read.reason}.`)
    else {
      await output.log('read', `Read ${label}, which was ${reason}: ${counted(wordsOf(read.text.slice(0, longestEarlier)).length, 'word')}.`)
      texts.push({ label, text: read.text.slice(0, longestEarlier) })
    }
  }
  return texts
}

async function weigh(
  context: RunContext,
  earlier: readonly EarlierText[],
  guidance: Guidance,
  readings: readonly Reading[],
  output: RunOutput,
  beside: SideThread,
  signal: AbortSignal,
): Promise<Material> {
  const breathe = breather(signal)
  const dropped: Dropped = new Map()
  const nameChart = chartNames()
  const material: Material = {
    context,
    guidance,
    documents: [],
    tables: [],
    talk: await talkOf(context, earlier, guidance, dropped, breathe),
    declined: [],
    dropped,
  }
  for (const reading of readings) {
    signal.throwIfAborted()
    if (reading.kind === 'declined') material.declined.push(reading)
    if (reading.kind === 'document') {
      material.documents.push(await documentPart(reading, guidance, dropped, breathe))
      await output.log('found', `Weighed ${counted(reading.sentences.length, 'sentence')} of ${reading.file}.`)
    }
    if (reading.kind === 'table') {
      const part = await tablePart(reading, guidance, dropped, nameChart, beside, breathe)
      material.tables.push(part)
      const types = Object.entries(Object.groupBy(part.profile.columns, ({ type }) => type)).map(
        ([type, columns]) => `${columns?.length ?? 0} ${type}`,
      )
      await output.log(
        'found',
        `Profiled ${reading.file}: ${listed(types)}; ${counted(part.facts.length, 'fact')} found and ${counted(part.charts.length, 'chart')} drawn.`,
      )
    }
  }
  return material
}

async function hand(material: Material, blocks: Block[], markdown: string, output: RunOutput, beside: SideThread, signal: AbortSignal) {
  const { context, guidance } = material
  const give = async (name: string, type: string, bytes: Uint8Array) => {
    signal.throwIfAborted()
    // Of an attempt that was lost it is there already; what else was made since may have changed what this one would write.
    await output.artifact({ name, type, bytes, call: name })
    await output.log('wrote', `Wrote ${name}.`)
  }
  const encoder = new TextEncoder()
  await give('digest.md', 'text/markdown', encoder.encode(markdown))
  for (const { charts } of material.tables) for (const { name, svg } of charts) await give(name, 'image/svg+xml', encoder.encode(svg))
  if (guidance.leaveOut.some((subject) => partNamed(subject) === 'pdf')) return

  await output.log('step', 'Setting the PDF.')
  const boxes = hasUnknownLetters(markdown)
  const told: Block[] = boxes
    ? [
        {
          block: 'paragraph',
          aside: true,
          text: ['Some letters quoted here are not in the font of this PDF and show as boxes; digest.md has them all.'],
        },
      ]
    : []
  const head = { title: titleOf(context), by: context.staff.name, project: context.project?.name ?? null, at: context.startedAt }
  const pdf = await beside.run('setPdf', [...blocks.slice(0, 2), ...told, ...blocks.slice(2)], head).catch((error: unknown) => {
    if (error instanceof SideJobFailed) return error
    throw error
  })
  if (pdf instanceof SideJobFailed) {
    await output.log('error', `The PDF could not be made (${pdf.message}); digest.md has everything.`)
    return
  }
  await give(`${slug(context.mission.title, 'mission')}.pdf`, 'application/pdf', pdf)
  if (boxes) await output.log('warning', 'Some letters are not in the font of the PDF and show as boxes there; digest.md has them all.')
}

function summaryOf({ context, documents, tables, declined, guidance }: Material, best: string | null): string {
  const docs = context.project?.docs.filter(({ text }) => text !== '').length ?? 0
  const ofProject = [...context.project?.brief.trim() ? ['the brief'] : [], ...docs > 0 ? [counted(docs, 'doc')] : []]
  const read = [...documents, ...tables].map((reading) => `${reading.file} (${sizeOf(reading)})`)
  const sentences = [
    read.length > 0
      ? `Read ${listed(firstOf(read, 4))}.`
      : `Read ${ofProject.length > 0 ? `${listed(ofProject)} of “${context.project?.name}”` : 'the mission’s own text'}; ${declined.length > 0 ? 'no attachment could be read' : 'no file is attached'}.`,
  ]
  if (best) sentences.push(best.length > 260 ? `${best.slice(0, 259)}…` : best)
  if (declined.length > 0)
    sentences.push(
      `Not read: ${listed(declined.slice(0, 3).map(({ file, reason }) => `${file}, which ${reason.split(/;| \(/)[0]}`))}${declined.length > 3 ? ` and ${declined.length - 3} more` : ''}.`,
    )
  if (declined.length === 0 && guidance.review)
    sentences.push(`The digest opens with what was done about ${guidance.review.author}’s note.`)
  return sentences.slice(0, 3).join(' ')
}
