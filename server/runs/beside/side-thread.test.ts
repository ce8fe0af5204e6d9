import { expect, test } from 'vitest'
import { samplePdf } from '../../files/extract/sample-files.ts'
import { sideThread, SideJobFailed } from './side-thread.ts'

const chart = {
  kind: 'bars',
  title: 'a',
  subtitle: 'b',
  columns: [],
  score: 0,
  x: 'x',
  y: 'y',
  upright: true,
  bars: [{ name: '1', value: 1 }],
} as const

test('a job comes back with its result, and the thread serves the next one after it was closed', async () => {
  const beside = sideThread(new AbortController().signal)
  expect(await beside.run('extractPdf', await samplePdf([['Some text.']]))).toMatchObject({ ok: true, pages: 1 })
  await beside.close()
  expect(await beside.run('drawChart', { ...chart, bars: [...chart.bars], columns: [] })).toMatch(/^<svg /)
  await beside.close()
})

test('a job that fails rejects as such, and the next one is done', async () => {
  const beside = sideThread(new AbortController().signal)
  const head = { title: 'x', by: 'y', project: null, at: 0 }
  await expect(beside.run('setPdf', [{ block: 'chart', name: 'x', title: 'x', svg: 'no svg' }], head)).rejects.toThrow(SideJobFailed)
  expect(await beside.run('setPdf', [{ block: 'paragraph', text: ['x'] }], head)).toBeInstanceOf(Uint8Array)
  await beside.close()
})

test('an abort ends a job in the middle with the reason of the signal, and no further job starts', async () => {
  const abort = new AbortController()
  const beside = sideThread(abort.signal)
  const job = beside.run('extractPdf', await samplePdf(Array.from({ length: 30 }, () => Array(40).fill('Text of a page.'))))
  setTimeout(() => abort.abort(new Error('cancelled by Ana')), 5)
  await expect(job).rejects.toThrow('cancelled by Ana')
  await expect(beside.run('extractPdf', new Uint8Array())).rejects.toThrow('cancelled by Ana')
})
