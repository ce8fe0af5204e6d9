import { afterAll, describe, expect, test } from 'vitest'
import type { FileId } from '#lib/board/ids.ts'
import { keptOutput, contextOf } from '../../../tests/support/run.ts'
import { redPoint, scriptedModel } from '../../../tests/support/model.ts'
import { sideThread } from '../beside/side-thread.ts'
import { extractPdf } from '../../files/extract/extract-pdf.ts'
import type { FileFacts } from '../worker/api.ts'
import { generateImage } from './generate-image.ts'
import { makeChart } from './make-chart.ts'
import { missionFiles } from './mission-files.ts'
import { readArtifact } from './read-file.ts'
import { writeFile } from './write-file.ts'
import { writePdf } from './write-pdf.ts'

const signal = new AbortController().signal
const call = { id: 'c', signal }
const beside = sideThread(signal)
afterAll(() => beside.close())

const png = new Uint8Array(Buffer.from(redPoint, 'base64'))
const stored = new Map<FileId, FileFacts & { bytes: Uint8Array; text?: string }>()
const store = (id: string, name: string, type: string, bytes: Uint8Array, text?: string) => stored.set(id as FileId, { id: id as FileId, kind: 'artifact', name, type, size: bytes.byteLength, version: 1, bytes, ...text === undefined ? {} : { text } })
const api = {
  file: async (id: FileId) => stored.get(id) ?? null,
  content: async (id: FileId) => new Response(stored.get(id)?.bytes as Uint8Array<ArrayBuffer>),
  text: async (id: FileId) => {
    const text = stored.get(id)?.text
    return text === undefined ? null : { ok: true as const, text: { parts: [{ kind: 'text' as const, title: null, page: null, markdown: text }], pages: null, notes: [] } }
  },
}

describe('a chart', () => {
  const sales = { name: 'sales', title: 'North sells most', kind: 'bar' as const, labels: ['North', 'Süden', 'Восток'], series: [{ name: 'Sold', values: [12, 8, null] }] }

  test.each(['line', 'area', 'bar', 'stacked_bar', 'pie'] as const)('%s is left as SVG and as PNG', async (kind) => {
    const kept = keptOutput()
    expect(await makeChart({ output: kept.output, beside }).carryOut({ ...sales, kind }, call)).toMatchObject({ ok: true, text: expect.stringContaining('sales.svg (file file1)') })
    expect(kept.textOf('sales.svg')).toMatch(/^<svg role="img"[^>]*>\n<title>North sells most<\/title>/)
    expect(kept.textOf('sales.svg')).toContain('North')
    expect(kept.textOf('sales.svg')).not.toMatch(/<script|<style|href/)
    const picture = Buffer.from(kept.files[1]?.bytes ?? [])
    expect(picture.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)], 'twice its size').toEqual([1520, 740])
    expect(picture.byteLength, 'with letters on it').toBeGreaterThan(8_000)
  })

  test('of two measures is a scatter', async () => {
    const kept = keptOutput()
    const two = [{ name: 'Price', values: [1, 2, 3] }, { name: 'Sold', values: [9, 4, null] }]
    expect((await makeChart({ output: kept.output, beside }).carryOut({ ...sales, kind: 'scatter', series: two }, call)).ok).toBe(true)
  })

  test.each([
    ['values that do not match the labels', { ...sales, labels: ['North'] }, '“Sold” has 3 values, but there are 1 labels'],
    ['a scatter of one series', { ...sales, kind: 'scatter' as const }, 'takes two series'],
    ['a pie of less than nothing', { ...sales, kind: 'pie' as const, series: [{ name: 'x', values: [1, -2, 3] }] }, 'none below zero'],
  ])('%s is told to the model', async (_, args, words) => {
    const kept = keptOutput()
    expect(await makeChart({ output: kept.output, beside }).carryOut(args, call)).toMatchObject({ ok: false, text: expect.stringContaining(words) })
    expect(kept.files).toEqual([])
  })
})

describe('a PDF', () => {
  const markdown = '# Sales in spring\n\nNorth sold **most**: Привет, Ελλάδα.\n\n| Region | Sold |\n|---|--:|\n| North | 1,200 |\n\n1. First\n   - nested\n\n- [x] done\n\n> Quoted\n\n```js\nconst a = 1\n```\n\n![The chart](chart.png)\n\n![none](nothing.png)\n\n<script>alert(1)</script>\n'

  test('has headings, lists, tables, code, and pictures of the mission', async () => {
    const kept = keptOutput()
    store('chart1', 'chart.png', 'image/png', png)
    const files = missionFiles(api, { attachments: [], artifacts: [] })
    files.made('chart.png', 'chart1' as FileId)
    const outcome = await writePdf({ output: kept.output, beside, files, context: contextOf() }).carryOut({ name: 'report', title: 'Sales', markdown }, call)
    expect(outcome).toEqual({ ok: true, text: 'Wrote report.pdf (file file1, version 1). These pictures are not in it: nothing.png is not on the mission.' })
    const bytes = kept.files[0]?.bytes ?? new Uint8Array()
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/\/Subtype\s*\/Image/)
    const read = await extractPdf(new Uint8Array(bytes), signal)
    const words = JSON.stringify(read)
    for (const each of ['Sales in spring', 'Привет', 'Ελλάδα', 'Region', '1,200', 'First', 'nested', 'done', 'Quoted', 'const a = 1', 'The chart', 'nothing.png']) expect(words, each).toContain(each)
    expect(words).not.toContain('alert')
  })

  test('says where letters are not in its font', async () => {
    const kept = keptOutput()
    const { text } = await writePdf({ output: kept.output, beside, files: missionFiles(api, { attachments: [], artifacts: [] }), context: contextOf() }).carryOut({ name: 'a.pdf', title: 'a', markdown: '日本' }, call)
    expect(text).toContain('Some letters are not in its font')
  })
})

describe('reading a file', () => {
  const reading = (artifacts = [...stored.values()]) => readArtifact({ files: missionFiles(api, { attachments: [], artifacts: artifacts.map((each) => ({ ...each, createdAt: 1 })) }), api })

  test('goes piece by piece, by name or id', async () => {
    store('long1', 'long.md', 'text/markdown', new Uint8Array(), `${'a'.repeat(40_000)}the end`)
    expect(await reading().carryOut({ file: 'long.md' }, call)).toMatchObject({ ok: true, material: 'long.md, version 1', text: expect.stringMatching(/^\[Characters 1 to 40000 of 40007\. Read on with from: 40001\.\]\na/) })
    expect((await reading([]).carryOut({ file: 'long1', from: 40_001 }, call)).text).toBe('[Characters 40001 to 40007 of 40007.]\nthe end')
  })

  test('shows a picture', async () => {
    store('pic1', 'point.png', 'image/png', png)
    expect((await reading().carryOut({ file: 'point.png' }, call)).pictures).toEqual([{ file: 'pic1', version: 1, name: 'point.png', type: 'image/png' }])
  })

  test('of something that there is not, or that has no text, fails with words', async () => {
    store('bin1', 'a.bin', 'application/octet-stream', new Uint8Array(3))
    expect(await reading().carryOut({ file: '../secret' }, call)).toEqual({ ok: false, text: 'There is no file "../secret".' })
    expect((await reading().carryOut({ file: 'a.bin' }, call)).text).toContain('has no text that could be read')
  })
})

test('a text file gets its type by its ending, and half letters do not break it', async () => {
  const kept = keptOutput()
  await writeFile(kept.output).carryOut({ name: 'table.csv', content: 'a,b\n\ud800,1\n' }, call)
  expect(kept.files[0]).toMatchObject({ name: 'table.csv', type: 'text/csv' })
  expect(kept.textOf('table.csv')).toBe('a,b\n\ufffd,1\n')
})

describe('a picture by the model’s provider', () => {
  const task = (baseUrl: string) => ({ kind: 'openai' as const, baseUrl, apiKey: 'k', model: 'm', prices: {} })

  test('is left on the mission and shown', async () => {
    const model = await scriptedModel()
    model.makesPictures()
    try {
      const kept = keptOutput()
      expect(await generateImage({ task: task(model.baseUrl), output: kept.output }).carryOut({ name: 'point', prompt: 'A red point' }, call))
        .toEqual({ ok: true, text: 'Made point.png (file file1, version 1).', pictures: [{ file: 'file1', version: 1, name: 'point.png', type: 'image/png' }] })
      expect(kept.files[0]?.bytes).toEqual(Buffer.from(png))
    } finally {
      await model.stop()
    }
  })

  test('is refused in words where the endpoint makes none', async () => {
    const model = await scriptedModel()
    try {
      const kept = keptOutput()
      expect(await generateImage({ task: task(model.baseUrl), output: kept.output }).carryOut({ name: 'point', prompt: 'A red point' }, call)).toEqual({ ok: false, text: expect.stringContaining('The endpoint of m makes no pictures') })
    } finally {
      await model.stop()
    }
  })
})
