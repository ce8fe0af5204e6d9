import type { FileId } from '#lib/board/ids.ts'
import { describe, expect, test } from 'vitest'
import { sampleFile } from '../../../files/extract/sample-files.ts'
import type { Attachment } from '../../engine.ts'
import { distinctNames, readAttachment } from './reading.ts'
import { seeded } from './seeded.ts'
import { sideThread } from '../../beside/side-thread.ts'

const { signal } = new AbortController()

test('whatever bytes come, under whatever name, a reading or a reason comes out', async () => {
  const seed = 7
  const random = seeded(seed)
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)]
  const pieces = [
    '"',
    ',',
    ';',
    '\t',
    '\n',
    '\r',
    '#',
    '---',
    '```',
    '|',
    '%PDF-1.7\n',
    '\ufeff',
    'word ',
    '12.5',
    '2024-01-01',
    '\u0000',
    '<',
    '</a>',
    '**',
    'ü',
    '\ud83d\ude00',
    ' ',
  ]
  const beside = sideThread(signal)
  for (let round = 0; round < 150; round += 1) {
    const text = Array.from({ length: Math.floor(random() * 200) }, () => pick(pieces)).join('')
    const bytes =
      pick([
        Buffer.from(text),
        Buffer.from(text, 'latin1'),
        Buffer.from(text, 'utf16le'),
        Buffer.from(Array.from({ length: 300 }, () => Math.floor(random() * 256))),
      ]) ?? Buffer.alloc(0)
    const name = pick(['a.csv', 'a.tsv', 'a.md', 'a.txt', 'a.pdf', 'a.png', 'a']) ?? 'a'
    const attachment = {
      ...sampleFile(name, new Uint8Array(bytes), 1 + Math.floor(random() * 50)),
      id: 'a' as FileId,
      version: 1,
      hash: '',
    }
    let logged = 0
    const [reading, ...others] = await readAttachment(
      attachment,
      name,
      {
        log: async (kind) => {
          logged += kind === 'error' ? 100 : 1
        },
        draft: async () => {},
        redraft: async () => {},
        artifact: async () => ({ id: 'a' as FileId, version: 1 }),
      },
      beside,
      signal,
    )
    expect(logged, `seed ${seed}, round ${round}, ${name}: ${bytes.toString('base64')}`).toBe(1)
    expect(['document', 'table', 'declined']).toContain(reading?.kind)
    expect(others).toEqual([])
  }
  await beside.close()
})

describe('of what the server read', () => {
  const docx = Buffer.from('504b0304140000000800', 'hex')
  const reading = async (stored: Awaited<ReturnType<NonNullable<Attachment['text']>>>, name = 'book.xlsx', bytes: Uint8Array = docx) => {
    const said: string[] = []
    const attachment: Attachment = { ...sampleFile(name, bytes), id: 'a' as FileId, version: 1, hash: '', text: async () => stored }
    const output = { log: async (_: string, text: string) => void said.push(text), draft: async () => {}, redraft: async () => {}, artifact: async () => ({ id: 'a' as FileId, version: 1 }) }
    return { readings: await readAttachment(attachment, name, output, sideThread(signal), signal), said }
  }

  test('each sheet of a workbook is a table', async () => {
    const { readings, said } = await reading({ ok: true, text: { pages: null, notes: ['has a sheet with nothing in it'], parts: [
      { kind: 'table', title: 'Prices', csv: 'day,price\nmonday,3\ntuesday,5\n' }, { kind: 'table', title: 'Names', csv: 'name\nAda\nBen\n' },
    ] } })
    expect(readings.map((each) => [each.kind, each.file])).toEqual([['table', 'book.xlsx, “Prices”'], ['table', 'book.xlsx, “Names”']])
    expect(readings[0]).toMatchObject({ profile: { rows: 2, header: true } })
    expect(said[0]).toBe('Read book.xlsx, “Prices”: 2 rows of 2 columns. It has a sheet with nothing in it.')
  })

  test('a letter is quoted by its paragraphs', async () => {
    const { readings } = await reading({ ok: true, text: { pages: null, notes: [], parts: [{ kind: 'text', title: null, page: null, markdown: '# Risks\n\nThe dam may break in spring.\n\nThe harbour is safe from storms.' }] } }, 'letter.docx')
    expect(readings).toMatchObject([{ kind: 'document', text: { passages: [{ place: { heading: 'Risks', paragraph: 1 } }, { place: { heading: 'Risks', paragraph: 2 } }] } }])
  })

  test('a reason is passed on, and without a word of the server the engine has its own', async () => {
    expect((await reading({ ok: false, reason: 'is protected by a password' })).said).toEqual(['book.xlsx was not read: it is protected by a password.'])
    expect((await reading(null)).readings).toMatchObject([{ kind: 'declined' }])
  })

  test('data for programs is not quoted', async () => {
    const { readings } = await reading({ ok: true, text: { pages: null, notes: [], parts: [{ kind: 'text', title: null, page: null, markdown: '{"a": 1}' }] } }, 'data.json', Buffer.from('{"a": 1}'))
    expect(readings).toMatchObject([{ kind: 'declined' }])
  })
})

test('names are told apart, and nothing in them turns a line around', () => {
  expect(distinctNames(['a.csv', 'a.csv', 'gpj.\u202eexe\nx', ' '])).toEqual(['a.csv', 'a.csv (2)', 'gpj. exe x', 'unnamed file'])
})
