import type { FileId } from '#lib/board/ids.ts'
import { expect, test } from 'vitest'
import { sampleFile } from '../../../files/extract/sample-files.ts'
import { distinctNames, readAttachment } from './reading.ts'
import { seeded } from './seeded.ts'
import { sideThread } from './side-thread.ts'

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
    const reading = await readAttachment(
      attachment,
      name,
      {
        log: async (kind) => {
          logged += kind === 'error' ? 100 : 1
        },
        draft: async () => {},
        artifact: async () => {},
      },
      beside,
      signal,
    )
    expect(logged, `seed ${seed}, round ${round}, ${name}: ${bytes.toString('base64')}`).toBe(1)
    expect(['document', 'table', 'declined']).toContain(reading.kind)
  }
  await beside.close()
})

test('names are told apart, and nothing in them turns a line around', () => {
  expect(distinctNames(['a.csv', 'a.csv', 'gpj.\u202eexe\nx', ' '])).toEqual(['a.csv', 'a.csv (2)', 'gpj. exe x', 'unnamed file'])
})
