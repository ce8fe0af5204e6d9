import { expect, test } from 'vitest'
import { extractPdf } from './extract-pdf.ts'
import { samplePdf } from './sample-files.ts'

const { signal } = new AbortController()

test('text comes page by page, in paragraphs', async () => {
  const pdf = await samplePdf([['The first page speaks.', 'It has two paragraphs.'], ['Вторая страница говорит.']])
  expect(await extractPdf(pdf, signal)).toMatchObject({
    ok: true,
    pages: 2,
    passages: [
      { text: 'The first page speaks.', place: { page: 1 } },
      { text: 'It has two paragraphs.', place: { page: 1 } },
      { text: 'Вторая страница говорит.', place: { page: 2 } },
    ],
  })
})

test('an encrypted PDF is declined for its password', async () => {
  expect(await extractPdf(await samplePdf([['Secret.']], 'open sesame'), signal)).toEqual({
    ok: false,
    reason: 'is protected by a password',
  })
})

test('a broken PDF is declined as broken', async () => {
  expect(await extractPdf(Buffer.from('%PDF-1.4 and then nothing of the kind'), signal)).toEqual({
    ok: false,
    reason: 'is broken: it begins like a PDF but cannot be opened as one',
  })
})

test('a PDF cut off half-way is read as far as it goes, or declined as broken', async () => {
  const pdf = await samplePdf([['The first page speaks.']])
  const result = await extractPdf(pdf.slice(0, pdf.length / 2), signal)
  expect(result).toMatchObject({ ok: false, reason: expect.stringMatching(/^is broken/) })
})

test('a PDF without text says so', async () => {
  expect(await extractPdf(await samplePdf([[' '], [' ']]), signal)).toEqual({
    ok: false,
    reason: 'has 2 pages but no text in them; they are probably scanned pictures',
  })
})

test('an abort ends it with the reason of the signal', async () => {
  const abort = new AbortController()
  abort.abort(new Error('cancelled by Ana'))
  await expect(extractPdf(await samplePdf([['Text.']]), abort.signal)).rejects.toThrow('cancelled by Ana')
})
