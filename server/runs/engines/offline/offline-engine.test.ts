import type { FileId, MissionId, RunId } from '#lib/board/ids.ts'
import type { EntryKind } from '#lib/board/run-document.ts'
import { expect, test } from 'vitest'
import { withoutMarks } from '../../../files/extract/extract-markdown.ts'
import { extractPdf } from '../../../files/extract/extract-pdf.ts'
import { sampleFile, samplePdf } from '../../../files/extract/sample-files.ts'
import type { Attachment, RunContext } from '../../engine.ts'
import { OfflineEngine } from './offline-engine.ts'
import { sideJobs } from '../../beside/side-jobs.ts'
import { sideThread, type SideThread } from '../../beside/side-thread.ts'

const { signal } = new AbortController()
const attach = (name: string, content: string | Uint8Array): Attachment => ({
  ...sampleFile(name, content),
  id: name as FileId,
  version: 1,
  hash: Buffer.from(content).toString('base64').slice(-40) + Buffer.from(content).length,
})

const missionOf = (context: Partial<RunContext>): RunContext => ({
  runId: 'run' as RunId,
  startedAt: Date.UTC(2025, 4, 6),
  staff: { name: 'Analyst', role: 'Reads and counts', instructions: '' },
  mission: { id: 'mission' as MissionId, title: 'Spring sales', description: 'Which region sold most ice cream in spring?' },
  project: null,
  comments: [],
  reviews: [],
  note: '',
  attachments: [],
  earlier: [],
  memory: [],
  wokenBy: null,
  handedOver: null,
  artifacts: [],
  colleagues: [],
  ...context,
})

/** Loading what draws and prints once for all tests; the tests of aborts and one whole run use the real thread. */
const sameThread = (): SideThread => ({
  run: (name, ...input) => (sideJobs[name] as (...input: unknown[]) => ReturnType<SideThread['run']>)(...input) as never,
  close: async () => {},
})

async function runOf(context: Partial<RunContext>, beside: (signal: AbortSignal) => SideThread = sameThread) {
  const log: { kind: EntryKind; text: string }[] = []
  const draft: string[] = []
  const files = new Map<string, { type: string; bytes: Uint8Array; call?: string | undefined }>()
  const result = await new OfflineEngine({ pace: 0, beside }).run(
    missionOf(context),
    {
      log: async (kind, text) => {
        log.push({ kind, text })
      },
      draft: async (text) => {
        draft.push(text)
      },
      redraft: async (length) => {
        draft.splice(0, draft.length, draft.join('').slice(0, length))
      },
      artifact: async ({ name, type, bytes, call }) => {
        files.set(name, { type, bytes, call })
        return { id: name as FileId, version: 1 }
      },
    },
    signal,
  )
  const digest = Buffer.from(files.get('digest.md')?.bytes ?? []).toString()
  return { ...result, log, draft, files, digest }
}

const notes = `# Market

The spring was warm and dry. Ice cream sold best in the *north*, where three new kiosks opened.
Rain came late in the year.

## Plans

- We will open a fourth kiosk in Oslo before summer.
- Prices stay as they are, says Dr. Berg of the sales team.
`
const letter =
  'Dear all,\n\nthe region in the south sold little ice cream because its freezer broke in April. We have ordered a new one, which arrives in June.\n'
const pdfPages = [
  ['The annual report praises the region around the northern lakes. It sold more ice cream than any other region.'],
  ['On the second page the auditors confirm the numbers of spring.'],
]
const sales = `month,region,sold,remark\n${Array.from(
  { length: 24 },
  (_, row) =>
    `2024-${String((row % 12) + 1).padStart(2, '0')},${row < 12 ? 'North' : 'South'},${row < 12 ? 200 + row * 10 : 90 + row},"${row === 3 ? 'The freezer of the southern region broke down for two weeks.' : `Nothing special happened in week number ${row} of this year.`}"`,
).join('\n')}\n`

const everything = async (): Promise<Partial<RunContext>> => ({
  project: { name: 'Ice', brief: 'We sell ice cream in four regions. The team meets every Monday.', docs: [] },
  comments: [{ author: 'Ana', body: 'I doubt the numbers of the **north** for spring.', createdAt: Date.UTC(2025, 4, 5) }],
  attachments: [
    attach('notes.md', notes),
    attach('letter.txt', letter),
    attach('report.pdf', await samplePdf(pdfPages)),
    attach('sales.csv', sales),
  ],
})

test('every quoted sentence stands at the place its citation names', async () => {
  const context = await everything()
  const { digest } = await runOf(context)
  const sources = new Map([...digest.matchAll(/^- \[(\d+)\] (.+)$/gm)].map(([, number, place]) => [number, withoutMarks(place ?? '')]))
  const quotes = [...digest.matchAll(/^- “(.+)” \[(\d+)\]$/gm)].map(([, quote, number]) => ({
    quote: withoutMarks(quote ?? ''),
    place: sources.get(number) ?? '',
  }))
  expect(quotes.length).toBeGreaterThan(8)

  const pdf = await extractPdf(await samplePdf(pdfPages), signal)
  const cells = sales.split('\n')
  const textAt = (place: string): string => {
    const lines = /^(notes\.md|letter\.txt).*, lines? (\d+)(?:–(\d+))?$/.exec(place)
    if (lines)
      return (lines[1] === 'notes.md' ? notes : letter)
        .split('\n')
        .slice(Number(lines[2]) - 1, Number(lines[3] ?? lines[2]))
        .join(' ')
    const page = /^report\.pdf, p\. (\d+)$/.exec(place)
    if (page && pdf.ok)
      return pdf.passages
        .filter((passage) => 'page' in passage.place && passage.place.page === Number(page[1]))
        .map(({ text }) => text)
        .join(' ')
    const row = /^sales\.csv, row (\d+), column “remark”$/.exec(place)
    if (row) return cells[Number(row[1]) - 1] ?? ''
    if (place === 'description of this mission') return missionOf(context).mission.description
    if (place === 'brief of the project “Ice”') return context.project?.brief ?? ''
    return place === 'comment by Ana, 2025-05-05 00:00 UTC' ? (context.comments?.[0]?.body ?? '') : `no such place: ${place}`
  }
  for (const { quote, place } of quotes) expect(withoutMarks(textAt(place)), place).toContain(quote)
  for (const kind of [
    'notes.md, “Market”, line',
    'letter.txt, line',
    'report.pdf, p. ',
    'sales.csv, row ',
    'sales.csv, columns “',
    'comment by Ana',
  ]) {
    expect(
      [...sources.values()].some((place) => place?.startsWith(kind)),
      kind,
    ).toBe(true)
  }
})

test('every citation has a source and every source is cited', async () => {
  const { digest } = await runOf(await everything())
  const [body = '', list = ''] = digest.split('## Sources')
  const cited = new Set([...body.matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number)))
  const listed = [...list.matchAll(/^- \[(\d+)\]/gm)].map(([, number]) => Number(number))
  expect([...cited].sort((a, b) => a - b)).toEqual(listed)
})

test('each file is made once in a run, also where a later attempt would write it otherwise: it is a call of its own', async () => {
  const { files } = await runOf(await everything())
  expect([...files].map(([, { call }]) => call)).toEqual([...files.keys()])
})

test('the same input gives the same bytes, digest, charts and PDF', async () => {
  const [first, second] = [await runOf(await everything()), await runOf(await everything(), sideThread)]
  expect([...first.files.keys()]).toEqual(['digest.md', 'chart-sales-1.svg', 'chart-sales-2.svg', 'spring-sales.pdf'])
  for (const [name, { bytes }] of first.files)
    expect(Buffer.from(bytes).equals(second.files.get(name)?.bytes ?? new Uint8Array()), name).toBe(true)
})

test('the digest says how it was made and refers to its charts by name', async () => {
  const { digest, files } = await runOf(await everything())
  expect(digest).toContain('made by the built-in offline engine, not by a language model')
  for (const name of files.keys()) if (name.endsWith('.svg')) expect(digest).toContain(`\`${name}\``)
})

test('the draft is the digest, given a few words at a time', async () => {
  const { draft, digest } = await runOf(await everything())
  expect(draft.join('')).toBe(digest)
  expect(draft.length).toBeGreaterThan(50)
})

test('the log tells what was read, and how much of it', async () => {
  const { log } = await runOf(await everything())
  const read = log.filter(({ kind }) => kind === 'read').map(({ text }) => text)
  expect(read).toContain('Read report.pdf: 2 pages, 30 words.')
  expect(read).toContain('Read sales.csv: 24 rows of 4 columns.')
  expect(read).toContain('Read 1 comment, by Ana.')
  expect(read).toContain('Read the brief of the project “Ice”: 12 words.')
})

test('earlier work that it was given is quoted with its place, and the log tells why it was read', async () => {
  const { log, digest } = await runOf({
    mission: { id: 'm' as MissionId, title: 'Spring sales', description: 'Which region sold most ice cream?' },
    memory: [{
      kind: 'artifact', label: 'winter.md of “Winter sales”', name: 'winter.md', where: 'Winter sales', reason: 'given to this mission by Ada', given: true, file: null,
      text: async () => ({ ok: true, text: 'The region North sold most ice cream in winter, too.' }),
    }],
  })
  expect(digest).toContain('it draws on the mission’s text, its project’s brief and docs, earlier work, and its comments alone')
  expect(digest).toContain('The region North sold most ice cream in winter, too.')
  expect(digest).toContain('earlier work: winter.md of “Winter sales”')
  expect(log.map(({ text }) => text)).toContain('Read winter.md of “Winter sales”, which was given to this mission by Ada: 10 words.')
})

test('the PDF opens and holds the digest, in scripts from right to left too', async () => {
  const { files } = await runOf({
    mission: { id: 'm' as MissionId, title: 'Отчёт о продажах', description: '' },
    attachments: [
      attach(
        'note.md',
        'Продажи выросли на двенадцать процентов за год.\n\nΗ ομάδα θα συναντηθεί ξανά την Πέμπτη.\n\nارتفعت المبيعات كثيرا في هذا العام.\n',
      ),
    ],
  })
  const pdf = await extractPdf(files.get('отчёт-о-продажах.pdf')?.bytes ?? new Uint8Array(), signal)
  const text = pdf.ok ? pdf.passages.map((passage) => passage.text).join(' ') : pdf.reason
  expect(text).toContain('Отчёт о продажах')
  expect(text).toContain('Продажи выросли на двенадцать процентов за год.')
  expect(text).toContain('Η ομάδα θα συναντηθεί ξανά την Πέμπτη.')
  expect(text).toMatch(/[\u0600-\u06ff]{4}/)
  expect(text).toContain('Sources')
})

test('letters that the font of the PDF lacks are announced, and digest.md has them', async () => {
  const { log, digest, files } = await runOf({ attachments: [attach('note.txt', '売上は第一四半期に十二パーセント増加しました。')] })
  expect(digest).toContain('売上は第一四半期に十二パーセント増加しました。')
  expect(log.some(({ kind, text }) => kind === 'warning' && text.includes('digest.md has them all'))).toBe(true)
  expect(files.has('spring-sales.pdf')).toBe(true)
})

test('what cannot be read is declined by name with its reason, and the rest is read', async () => {
  const { digest, log, summary } = await runOf({
    attachments: [
      attach('secret.pdf', await samplePdf([['Secret.']], 'open sesame')),
      attach('broken.pdf', '%PDF-1.7 then nothing'),
      attach('empty.csv', ''),
      attach('face.png', Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001080600000', 'hex')),
      attach('letter.txt', letter),
      attach('copy of letter.txt', letter),
    ],
  })
  expect(digest).toContain('- **secret.pdf** is protected by a password.')
  expect(digest).toContain('- **broken.pdf** is broken: it begins like a PDF but cannot be opened as one.')
  expect(digest).toContain('- **empty.csv** is empty.')
  expect(digest).toContain('- **face.png** is a picture (PNG); this engine reads')
  expect(digest).toContain('- **copy of letter.txt** has the same content as letter.txt and was not read twice.')
  expect(log.filter(({ kind }) => kind === 'warning')).toHaveLength(5)
  expect(summary).toMatch(/^Read letter\.txt \(\d+ words\)\. “.+” Not read: secret\.pdf, which is protected by a password, /)
})

test('a file that does not arrive fails alone', async () => {
  const lost: Attachment = {
    ...attach('lost.txt', 'x'),
    stream: async () => {
      throw new Error('no such blob')
    },
  }
  const { digest, log } = await runOf({ attachments: [lost, attach('letter.txt', letter)] })
  expect(digest).toContain('- **lost.txt** could not be read: its content did not arrive.')
  expect(digest).toContain('ordered a new one')
  expect(log).toContainEqual({ kind: 'error', text: 'lost.txt could not be read: its content did not arrive (no such blob).' })
})

test('two files of one name stay apart', async () => {
  const { digest, files } = await runOf({ attachments: [attach('t.csv', 'a,b\n1,x\n2,y\n'), attach('t.csv', 'a,b\n7,x\n9,y\n')] })
  expect(digest).toContain('### t.csv (2)')
  expect([...files.keys()].filter((name) => name.endsWith('.svg')).every((name, index, all) => all.indexOf(name) === index)).toBe(true)
  expect([...files.keys()].some((name) => name.startsWith('chart-t-2'))).toBe(true)
})

test('without attachments the mission’s own words are the digest, and it says so', async () => {
  const { digest, summary } = await runOf({
    comments: [{ author: 'Ana', body: 'Please look at the ice cream first of all.', createdAt: 0 }],
  })
  expect(digest).toContain('No file is attached to this mission')
  expect(digest).toContain('“Which region sold most ice cream in spring?”')
  expect(digest).toContain('“Please look at the ice cream first of all.”')
  expect(summary).toContain('no file is attached')
})

test('without attachments what the project says comes before what the mission asks for', async () => {
  const { summary } = await runOf({ project: { name: 'Shop', brief: 'The shop opens at eight in spring.', docs: [{ title: 'Suppliers', text: 'The dairy delivers milk on Mondays.' }] } })
  expect(summary).toContain('Read the brief and 1 doc of “Shop”; no file is attached.')
  expect(summary).not.toContain('Which region')
})

test('a mission with nothing at all still ends in a digest that says so', async () => {
  const { digest } = await runOf({ mission: { id: 'm' as MissionId, title: '', description: '' } })
  expect(digest).toMatch(/^# Untitled mission\n/)
  expect(digest).not.toContain('## Sources')
})

test('one row, no header and names alone are said for what they are', async () => {
  const { digest } = await runOf({
    attachments: [attach('names.csv', 'a,b,c\n'), attach('one.csv', 'x,1,2024-01-01\n'), attach('bare.csv', '1,2\n3,4\n5,6\n')],
  })
  expect(digest).toContain('It has one row, which names 3 columns (“a”, “b” and “c”), and no data: there is nothing to profile.')
  expect(digest).toContain('A single row of data shows no spread and no trend.')
  expect(digest).toContain('the first row is data and names no columns, so they are called “Column 1” to “Column 2”.')
})

test('a table too long to keep is counted in full and sampled, in so many words', async () => {
  const rows = Array.from({ length: 30_000 }, (_, row) => `${row},${(row % 7) + (row % 2) * 5},${row % 2 ? 'a' : 'b'}`).join('\n')
  const { digest } = await runOf({ attachments: [attach('long.csv', `id,value,kind\n${rows}\n`)] })
  expect(digest).toContain('30,000 rows of 3 columns, 90,000 cells')
  expect(digest).toContain('come from an even sample of 20,000 rows')
  expect(digest).toContain('(20,000 of them sampled)')
})

const asked = (note: string, quotes: RunContext['reviews'][number]['quotes'] = []): Partial<RunContext> => ({
  reviews: [
    { author: 'Ana', verdict: 'changes_requested', note: 'Longer!', quotes: [], createdAt: 1 },
    { author: 'Boris', verdict: 'changes_requested', note, quotes, createdAt: 3 },
    { author: 'Cleo', verdict: 'approved', note: 'Leave out everything', quotes: [], createdAt: 2 },
  ],
})

test('[REVIEW5] the passages that the review quotes are read, and told where its note is', async () => {
  const quotes = [{ text: 'The freezer\nwas out', where: '“digest.md”, version 1' }]
  const { digest, log } = await runOf({ ...(await everything()), ...asked('Say why.', quotes) })
  expect(digest).toContain('About this passage: “The freezer was out” (“digest.md”, version 1)')
  expect(log.some(({ text }) => text.startsWith('Read the passage that the review quotes from “digest.md”, version 1'))).toBe(true)
})

test('the newest note that asked for changes opens the digest, with what was done about it', async () => {
  const { digest, log } = await runOf({
    ...(await everything()),
    ...asked('Shorter. Focus on the freezer and leave out Oslo. Add a chart of sold by region. Write it more kindly. Focus on penguins.'),
  })
  const opening = digest.slice(digest.indexOf('## '), digest.indexOf('## In short'))
  expect(opening).toMatch(/^## What changed since the last run\n\nBoris asked for changes: “Shorter\. Focus/)
  expect(opening).toContain('- **Done.** Made shorter: at most 2 sentences of each source')
  expect(opening).toMatch(/- \*\*Done\.\*\* What mentions “freezer” comes first: \d quoted sentences? (is|are) about it\./)
  expect(opening).toContain('- **Done.** Left out “Oslo”: 1 sentence or fact about it.')
  expect(opening).toContain('- **Done.** Drawn: Mean of sold by region, in `chart-sales-1.svg`.')
  expect(opening).toContain('- **Not done.** “Write it more kindly”: this engine quotes and counts')
  expect(opening).toContain('- **Not done.** Nothing in the sources mentions “penguins”')
  expect(digest.slice(digest.indexOf('## In short'))).not.toContain('Oslo')
  expect(log.some(({ text }) => text === 'Understood 5 of 6 requests in that note; the digest says what was done about each.')).toBe(true)
})

test('a note changes the digest: shorter is shorter, longer is longer', async () => {
  const length = async (note: string) =>
    (await runOf({ ...(await everything()), ...asked(note) })).digest.split('## In short')[1]?.length ?? 0
  const usual = (await runOf(await everything())).digest.split('## In short')[1]?.length ?? 0
  expect(await length('Shorter')).toBeLessThan(usual)
  expect(await length('More detail')).toBeGreaterThan(usual)
})

test('a file, a column or a part named in the note is left out; the sources never are', async () => {
  const { digest, files, log } = await runOf({
    ...(await everything()),
    ...asked('Leave out letter.txt, remark and the charts. Skip the PDF. Without sources.'),
  })
  expect(digest).toContain('- **letter.txt** was left out as asked.')
  expect(log.some(({ text }) => text === 'Opening letter.txt.')).toBe(false)
  expect(digest).not.toContain('| remark |')
  expect([...files.keys()]).toEqual(['digest.md'])
  expect(digest).toContain('**Not done.** The sources stay')
  expect(digest).toContain('## Sources')
})

test('a demand in the description is followed too, and the digest says so', async () => {
  const { digest } = await runOf({
    ...(await everything()),
    mission: { id: 'm' as MissionId, title: 'Spring', description: 'Read all of it.\n\n- Focus on the freezer' },
  })
  expect(digest).toMatch(/- “Focus on the freezer” \(the description\): \*\*done\.\*\*/)
})

test('hostile text in a file stays text', async () => {
  const { digest } = await runOf({
    attachments: [attach('x.txt', 'Click <img src=x onerror=alert(1)> here [now](javascript:alert(1)) to win a prize.\n')],
  })
  expect(digest).toContain('\\<img src=x onerror=alert(1)> here \\[now](javascript:alert(1))')
})

test.each([
  ['while it reads', async () => [attach('big.csv', `a,b\n${'1,x\n'.repeat(400_000)}`)], 'Opening big.csv.'],
  ['while it draws', async () => [attach('sales.csv', sales)], 'Read sales.csv: 24 rows of 4 columns.'],
  ['while it writes the draft', async () => [attach('notes.md', notes)], 'Writing the digest.'],
] as const)('an abort %s ends the run at once with the reason of the signal', async (_, files, line) => {
  const abort = new AbortController()
  let late: number | null = null
  const run = new OfflineEngine({ pace: 1000 }).run(
    missionOf({ attachments: await files() }),
    {
      log: async (_kind, text) => {
        if (text === line)
          setTimeout(() => {
            late = performance.now()
            abort.abort(new Error('cancelled by Ana'))
          }, 30)
      },
      draft: async () => {},
      redraft: async () => {},
      artifact: async () => {
        throw new Error('nothing may be written after an abort')
      },
    },
    abort.signal,
  )
  await expect(run).rejects.toThrow('cancelled by Ana')
  // Far above what it takes and far below what the work or the draft would.
  expect(performance.now() - (late ?? 0)).toBeLessThan(1000)
})
