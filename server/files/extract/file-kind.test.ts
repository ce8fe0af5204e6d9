import { expect, test } from 'vitest'
import { fileKind } from './file-kind.ts'

const kind = (name: string, content: string | Uint8Array, type = '') => fileKind(Buffer.from(content), name, type)
const png = Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001080600000', 'hex')

test('bytes count, not the name: a PDF called .csv is a PDF, and it is said', async () => {
  expect(await kind('numbers.csv', '%PDF-1.7\n…')).toEqual({ kind: 'pdf', surprise: 'is named .csv but holds a PDF' })
})

test('a picture called .csv is declined as a picture', async () => {
  const found = await kind('numbers.csv', png)
  expect(found).toMatchObject({
    kind: 'declined',
    reason: expect.stringMatching(/^is named \.csv but is a picture \(PNG\); this engine reads PDF/),
  })
})

test('an empty file and a blank one are declined with their reason', async () => {
  expect(await kind('a.csv', '')).toEqual({ kind: 'declined', reason: 'is empty' })
  expect(await kind('a.txt', ' \n\t\n')).toEqual({ kind: 'declined', reason: 'holds nothing but blank space' })
})

test('the delimiter of a table is found', async () => {
  for (const delimiter of [',', ';', '\t', '|']) {
    expect(await kind('a.csv', `a${delimiter}b${delimiter}c\n1${delimiter}2${delimiter}3\n`)).toMatchObject({ kind: 'table', delimiter })
  }
})

test('a delimiter inside quotation marks does not count', async () => {
  expect(await kind('a.csv', 'name;place\n"Doe, Jane, Dr";"A, B"\n"Roe, Rick, Dr";"C, D"\n')).toMatchObject({
    kind: 'table',
    delimiter: ';',
  })
})

test('a table in a .txt is read as a table, prose in a .csv as prose', async () => {
  const table = Array.from({ length: 8 }, (_, row) => `${row}\t${row * 2}\tx`).join('\n') + '\n'
  expect(await kind('export.txt', table)).toMatchObject({ kind: 'table', delimiter: '\t', surprise: 'is named .txt but holds a table' })
  expect(
    await kind('letter.csv', 'This is a letter that somebody wrote to a friend.\nIt goes on for a while and then it ends.\n'),
  ).toMatchObject({ kind: 'text' })
})

test('prose with commas stays prose', async () => {
  expect(
    await kind('note.txt', 'First, we met.\nThen, after lunch, we talked.\nIn the end, tired, happy, we left.\nSo it was.\nBye, all.\n'),
  ).toMatchObject({ kind: 'text' })
})

test('markup that is not Markdown is declined by name', async () => {
  expect(await kind('page.txt', '<!DOCTYPE html><p>Hello')).toMatchObject({
    kind: 'declined',
    reason: expect.stringContaining('a web page (HTML)'),
  })
  expect(await kind('data.json', '{"a": 1}')).toMatchObject({ kind: 'declined', reason: expect.stringContaining('JSON data') })
})

test('Markdown is known by its name', async () => {
  expect(await kind('notes.md', '# Title\n\nText, text.\n')).toMatchObject({ kind: 'markdown', encoding: 'utf-8' })
})
