import { expect, test } from 'vitest'
import type { Encoding } from './encoding.ts'
import type { Delimiter } from './delimiter.ts'
import { readTable } from './read-table.ts'
import { sampleFile } from './sample-files.ts'

async function rowsOf(content: string | Uint8Array, how: { encoding?: Encoding; delimiter?: Delimiter; piece?: number } = {}) {
  let rows: string[][] = []
  const result = await readTable(
    sampleFile('t.csv', content, how.piece),
    { encoding: how.encoding ?? 'utf-8', delimiter: how.delimiter ?? ',' },
    () => {
      rows = []
      return (cells) => rows.push(cells)
    },
    new AbortController().signal,
  )
  return { result, rows }
}

test('quotes, line breaks in cells and every line ending are understood, wherever the stream is cut', async () => {
  for (const piece of [1, 2, 3, 7, 1000]) {
    const { rows } = await rowsOf('a,b\r\n"x, ""y""","two\nlines"\r\ngröße,€\r\n', { piece })
    expect(rows).toEqual([
      ['a', 'b'],
      ['x, "y"', 'two\nlines'],
      ['größe', '€'],
    ])
  }
})

test('bytes that are not UTF-8 far into the file make it read again as Latin-1', async () => {
  const { rows, result } = await rowsOf(Buffer.concat([Buffer.from('a,b\n'.repeat(50_000)), Buffer.from('größe,1\n', 'latin1')]))
  expect(rows).toHaveLength(50_001)
  expect(rows.at(-1)).toEqual(['größe', '1'])
  expect(result).toEqual({ ok: true, notes: ['is not UTF-8 and was read as Latin-1 (Windows-1252)'] })
})

test('UTF-16 is decoded', async () => {
  const { rows } = await rowsOf(Buffer.from('\ufeffname\twert\nJürgen\t1\n', 'utf16le'), {
    encoding: 'utf-16le',
    delimiter: '\t',
    piece: 5,
  })
  expect(rows.at(-1)).toEqual(['Jürgen', '1'])
})

test('a quotation mark that is never closed is read as a character, and it is said', async () => {
  const { rows, result } = await rowsOf('a,b\n"1,2\n3,4\n')
  expect(rows).toEqual([
    ['a', 'b'],
    ['"1', '2'],
    ['3', '4'],
  ])
  expect(result).toMatchObject({ ok: true, notes: [expect.stringContaining('never closed')] })
})

test('a row of megabytes is declined instead of held in memory', async () => {
  const { result } = await rowsOf(new Uint8Array(1_200_000).fill(97))
  expect(result).toEqual({ ok: false, reason: 'has a row longer than 1 MB, which no table of records has' })
})

test('an abort between pieces ends the reading with the reason of the signal', async () => {
  const abort = new AbortController()
  let rows = 0
  const reading = readTable(
    sampleFile('t.csv', 'a,b\n'.repeat(100_000), 1000),
    { encoding: 'utf-8', delimiter: ',' },
    () => () => {
      rows += 1
      if (rows === 2000) abort.abort(new Error('enough'))
    },
    abort.signal,
  )
  await expect(reading).rejects.toThrow('enough')
  expect(rows).toBeLessThan(100_000)
})

test('a stream that fails is not taken for a short table', async () => {
  const file = {
    ...sampleFile('t.csv', ''),
    stream: async () => new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('the disk is gone')) }),
  }
  await expect(readTable(file, { encoding: 'utf-8', delimiter: ',' }, () => () => {}, new AbortController().signal)).rejects.toThrow(
    'the disk is gone',
  )
})
