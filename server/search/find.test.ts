import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DatabaseSync } from 'node:sqlite'
import { beginOf } from '#lib/calendar/begin-of.ts'
import { parseQuery } from '#lib/search/query.ts'
import { textOf, type Marked } from '#lib/search/result.ts'
import { finder, type Wanted } from './find.ts'
import type { Item, Place } from './read-place.ts'
import { openSearchDatabase } from './search-database.ts'
import { indexWriter } from './write-index.ts'

const now = Date.parse('2026-06-01T00:00:00Z')
let folder: string
let database: DatabaseSync
let write: ReturnType<typeof indexWriter>

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'search-'))
  database = openSearchDatabase(join(folder, 'search.db'))
  write = indexWriter(database)
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

const place = (id: string, fields: Partial<Place> = {}): Place => ({
  source: `mission/${id}`, workspaceId: 'w', kind: 'mission', stamp: '1', title: id, missionId: id, docId: null, fileId: null, projectId: null, type: '', status: 'backlog', archived: false, ...fields,
})
const item = (fields: Partial<Item>): Item => ({ item: '', kind: 'mission', by: 'ada', at: now, title: '', body: '', ...fields })
const put = (id: string, title: string, body = '', fields: Partial<Item> = {}, where: Partial<Place> = {}) => write.write(place(id, { title, ...where }), [item({ title, body, ...fields })])

const wanted = (text: string, more: Partial<Wanted> = {}): Wanted => ({
  workspaceId: 'w', terms: parseQuery(text).terms, kinds: [], statuses: [], archived: null, projects: [], people: [], before: null, after: null, from: 0, limit: 20, now, ...more,
})
const find = (text: string, more: Partial<Wanted> = {}) => finder(database).find(wanted(text, more))
const titles = (text: string, more: Partial<Wanted> = {}) => find(text, more).found.map(({ title }) => textOf(title))
const hits = (marked: Marked) => marked.flatMap(({ text, hit }) => (hit ? [text] : []))

describe('[SEARCH1] what is found', () => {
  test('has all the words, in its title or its text, in any order and whatever their case and accents', () => {
    put('a', 'Café prices', 'What the harbour asks for')
    put('b', 'Prices', 'Nothing else')
    expect(titles('HARBOUR cafe ')).toEqual(['Café prices'])
  })
  test('begins with the last word while it is typed', () => {
    put('a', 'Competitor analysis')
    expect(titles('competitor ana')).toEqual(['Competitor analysis'])
    expect(titles('competitor ana ')).toEqual([])
  })
  test('has the words of a phrase beside each other, and not what a minus is before', () => {
    put('a', 'Annual fee plan')
    put('b', 'Plan of the annual fee')
    expect(titles('"annual fee plan" ')).toEqual(['Annual fee plan'])
    expect(titles('annual -"fee plan" ')).toEqual(['Plan of the annual fee'])
  })
  test('is in scripts that write without spaces, too, and shown as it was written', () => {
    put('a', '東京都の価格を比較する', '大阪は別の話です')
    put('b', 'ราคาตลาด')
    put('c', 'تحليل الأسعار')
    expect(titles('価格')).toEqual(['東京都の価格を比較する'])
    expect(hits(find('京都').found[0]!.title)).toEqual(['京都'])
    expect(titles('大阪')).toEqual(['東京都の価格を比較する'])
    expect(titles('京東')).toEqual([])
    expect(titles('ตลาด')).toEqual(['ราคาตลาด'])
    expect(titles('الأسعار ')).toEqual(['تحليل الأسعار'])
  })
  test('marks the hits, in the title and in a passage of the text', () => {
    put('a', 'Fees', `${'before '.repeat(60)}the harbour fee rises${' after'.repeat(60)}`)
    const [found] = find('harbour ').found
    expect(hits(found!.excerpt)).toEqual(['harbour'])
    expect(textOf(found!.excerpt).length).toBeLessThan(300)
  })
  test('never has more than a few from one place on a page, and the rest follow', () => {
    write.write(place('long', { title: 'Long talk' }), Array.from({ length: 30 }, (_, n) => item({ item: `c${n}`, kind: 'comment', body: 'fees again' })))
    put('other', 'Another thing', 'fees')
    const { found } = find('fees ')
    expect(found.filter(({ source }) => source === 'mission/long')).toHaveLength(4)
    expect(found.some(({ source }) => source === 'mission/other')).toBe(true)
  })
})

describe('[SEARCH2] the order', () => {
  test('has titles before texts, and of equals the newer one first', () => {
    put('text', 'Something', 'harbour harbour harbour')
    put('old', 'Harbour', '', { at: now - 800 * 86_400_000 })
    put('new', 'Harbour', '')
    expect(find('harbour ').found.map(({ missionId }) => missionId)).toEqual(['new', 'old', 'text'])
  })
  test('goes on where a page ended, without a gap or a double', () => {
    for (let n = 0; n < 45; n++) put(`m${n}`, `Harbour ${n}`)
    const seen = new Set<string>()
    for (let from: number | null = 0; from !== null;) {
      const { found, next } = find('harbour ', { from, limit: 10 })
      for (const { source } of found) expect(seen.has(source)).toBe(false)
      for (const { source } of found) seen.add(source)
      from = next
    }
    expect(seen.size).toBe(45)
  })
})

describe('[SEARCH3] a slip of the hand', () => {
  test('is forgiven where nothing has the word as it was typed, and said', () => {
    put('a', 'Competitor analysis')
    expect(find('competitro analysis ').instead).toBe('competitor analysis')
    expect(titles('compettor ')).toEqual(['Competitor analysis'])
  })
  test('is none where something has the word', () => {
    put('a', 'Form of the hull')
    put('b', 'From the hull')
    expect(titles('form ')).toEqual(['Form of the hull'])
  })
  test('short words are not guessed at', () => {
    put('a', 'cat')
    expect(titles('bat ')).toEqual([])
  })
})

describe('filters', () => {
  test('[SEARCH4] nothing of another workspace is found', () => {
    put('a', 'Harbour', '', {}, { workspaceId: 'another' })
    expect(titles('harbour ')).toEqual([])
    expect(titles('')).toEqual([])
  })
  test('without words the newest is shown', () => {
    put('a', 'Older', '', { at: now - 5 })
    put('b', 'Newer', '', { at: now })
    put('c', 'Of Bo', '', { at: now - 9, by: 'bo' })
    expect(titles('', { people: ['ada'] })).toEqual(['Newer', 'Older'])
  })
  test('by status, project, kind, person and day', () => {
    put('a', 'Harbour one', '', { at: 100 }, { status: 'done', projectId: 'p' })
    put('b', 'Harbour two', '', { at: 200, by: 'bo' }, { archived: true })
    expect(titles('harbour ', { statuses: ['done'] })).toEqual(['Harbour one'])
    expect(titles('harbour ', { projects: ['p'] })).toEqual(['Harbour one'])
    expect(titles('harbour ', { people: ['bo'] })).toEqual(['Harbour two'])
    expect(titles('harbour ', { archived: true })).toEqual(['Harbour two'])
    expect(titles('harbour ', { before: 200 })).toEqual(['Harbour one'])
    expect(titles('harbour ', { after: 200 })).toEqual(['Harbour two'])
    expect(titles('harbour ', { kinds: ['comment'] })).toEqual([])
  })
  test('a day begins where whoever asks is, also when the clocks change', () => {
    expect(beginOf('2026-03-29', 'Europe/Lisbon')?.toISOString()).toBe('2026-03-29T00:00:00.000Z')
    expect(beginOf('2026-03-30', 'Europe/Lisbon')?.toISOString()).toBe('2026-03-29T23:00:00.000Z')
    expect(beginOf('2026-06-01', 'Asia/Kolkata')?.toISOString()).toBe('2026-05-31T18:30:00.000Z')
  })
})

describe('the index', () => {
  test('follows what changes: words that are gone find nothing', () => {
    put('a', 'Harbour')
    put('a', 'Airport')
    expect(titles('harbour ')).toEqual([])
    expect(titles('airport ')).toEqual(['Airport'])
    write.remove('mission/a')
    expect(titles('airport ')).toEqual([])
  })
  test('a file that is no index any more is made anew', () => {
    database.close()
    writeFileSync(join(folder, 'search.db'), 'this is not a database, this is a letter to somebody')
    database = openSearchDatabase(join(folder, 'search.db'))
    write = indexWriter(database)
    put('a', 'Harbour')
    expect(titles('harbour ')).toEqual(['Harbour'])
  })
  test('nothing that people can type is an operator or an error', () => {
    put('a', 'a "b" c*d ^e (f) NEAR g:h -i')
    for (const text of ['"', '""', 'NEAR(', 'title:x', 'a*b', '^x', '(', ')', 'AND', 'OR NOT', '{a b}:c', "'", ';--', '\u0000', '\u0001\u0002', '%', '-', '+', 'a-b', 'c++', '🙂', '\ud800']) expect(() => find(text)).not.toThrow()
  })
})
