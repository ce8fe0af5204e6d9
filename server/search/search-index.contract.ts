import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { beginOf } from '#lib/calendar/begin-of.ts'
import { parseQuery } from '#lib/search/query.ts'
import { textOf, type Marked } from '#lib/search/result.ts'
import type { Item, Place } from './read-place.ts'
import type { RelatedWanted, SearchIndex, Wanted } from './search-index.ts'

const now = Date.parse('2026-06-01T00:00:00Z')

const place = (id: string, fields: Partial<Place> = {}): Place => ({
  source: `mission/${id}`, workspaceId: 'w', kind: 'mission', stamp: '1', title: id, missionId: id, docId: null, chatId: null, fileId: null, projectId: null, type: '', status: 'backlog', archived: false, ...fields,
})
const item = (fields: Partial<Item>): Item => ({ item: '', kind: 'mission', by: 'ada', at: now, title: '', body: '', ...fields })
const wanted = (text: string, more: Partial<Wanted> = {}): Wanted => ({
  workspaceId: 'w', terms: parseQuery(text).terms, kinds: [], statuses: [], archived: null, projects: [], people: [], before: null, after: null, from: 0, limit: 20, now, ...more,
})
const hits = (marked: Marked) => marked.flatMap(({ text, hit }) => (hit ? [text] : []))

/** What every search index does, whatever it stores in. */
export function searchIndexContract(open: () => Promise<{ index: SearchIndex; end: () => Promise<void> }>) {
  let index: SearchIndex
  let end: () => Promise<void>

  beforeEach(async () => void ({ index, end } = await open()))
  afterEach(() => end())

  const put = (id: string, title: string, body = '', fields: Partial<Item> = {}, where: Partial<Place> = {}) => index.write(place(id, { title, ...where }), [item({ title, body, ...fields })])
  const find = (text: string, more: Partial<Wanted> = {}) => index.find(wanted(text, more))
  const titles = async (text: string, more: Partial<Wanted> = {}) => (await find(text, more)).found.map(({ title }) => textOf(title))

  describe('[SEARCH1] what is found', () => {
    test('has all the words, in its title or its text, in any order and whatever their case and accents', async () => {
      await put('a', 'Café prices', 'What the harbour asks for')
      await put('b', 'Prices', 'Nothing else')
      expect(await titles('HARBOUR cafe ')).toEqual(['Café prices'])
    })
    test('begins with the last word while it is typed', async () => {
      await put('a', 'Competitor analysis')
      expect(await titles('competitor ana')).toEqual(['Competitor analysis'])
      expect(await titles('competitor ana ')).toEqual([])
    })
    test('has the words of a phrase beside each other, and not what a minus is before', async () => {
      await put('a', 'Annual fee plan')
      await put('b', 'Plan of the annual fee')
      expect(await titles('"annual fee plan" ')).toEqual(['Annual fee plan'])
      expect(await titles('annual -"fee plan" ')).toEqual(['Plan of the annual fee'])
    })
    test('is in scripts that write without spaces, too, and shown as it was written', async () => {
      await put('a', '東京都の価格を比較する', '大阪は別の話です')
      await put('b', 'ราคาตลาด')
      await put('c', 'تحليل الأسعار')
      expect(await titles('価格')).toEqual(['東京都の価格を比較する'])
      expect(hits((await find('京都')).found[0]!.title)).toEqual(['京都'])
      expect(await titles('大阪')).toEqual(['東京都の価格を比較する'])
      expect(await titles('京東')).toEqual([])
      expect(await titles('ตลาด')).toEqual(['ราคาตลาด'])
      expect(await titles('الأسعار ')).toEqual(['تحليل الأسعار'])
    })
    test('is in scripts that are written from right to left, or with signs between the letters', async () => {
      await put('a', 'شركة الشحن البحري')
      await put('b', 'נמל חיפה, רציף שלוש')
      await put('c', 'बंदरगाह शुल्क की सूची')
      expect(await titles('الشحن ')).toEqual(['شركة الشحن البحري'])
      expect(await titles('חיפ')).toEqual(['נמל חיפה, רציף שלוש'])
      expect(await titles('शुल्क ')).toEqual(['बंदरगाह शुल्क की सूची'])
      expect((await find('חיפה ')).found[0]!.title).toEqual([{ text: 'נמל ', hit: false }, { text: 'חיפה', hit: true }, { text: ', רציף שלוש', hit: false }])
    })
    test('marks the hits, in the title and in a passage of the text', async () => {
      await put('a', 'Fees', `${'before '.repeat(60)}the harbour fee rises${' after'.repeat(60)}`)
      const [found] = (await find('harbour ')).found
      expect(hits(found!.excerpt)).toEqual(['harbour'])
      expect(textOf(found!.excerpt).length).toBeLessThan(300)
    })
    test('never has more than a few from one place on a page, and the rest follow', async () => {
      await index.write(place('long', { title: 'Long talk' }), Array.from({ length: 30 }, (_, n) => item({ item: `c${n}`, kind: 'comment', body: 'fees again' })))
      await put('other', 'Another thing', 'fees')
      const { found } = await find('fees ')
      expect(found.filter(({ source }) => source === 'mission/long')).toHaveLength(4)
      expect(found.some(({ source }) => source === 'mission/other')).toBe(true)
    })
  })

  describe('[SEARCH2] the order', () => {
    test('has titles before texts, and of equals the newer one first', async () => {
      await put('text', 'Something', 'harbour harbour harbour')
      await put('old', 'Harbour', '', { at: now - 800 * 86_400_000 })
      await put('new', 'Harbour', '')
      expect((await find('harbour ')).found.map(({ missionId }) => missionId)).toEqual(['new', 'old', 'text'])
    })
    test('goes on where a page ended, without a gap or a double', async () => {
      for (let n = 0; n < 45; n++) await put(`m${n}`, `Harbour ${n}`)
      const seen = new Set<string>()
      for (let from: number | null = 0; from !== null;) {
        const { found, next } = await find('harbour ', { from, limit: 10 })
        for (const { source } of found) expect(seen.has(source)).toBe(false)
        for (const { source } of found) seen.add(source)
        from = next
      }
      expect(seen.size).toBe(45)
    })
  })

  describe('[SEARCH3] a slip of the hand', () => {
    test('is forgiven where nothing has the word as it was typed, and said', async () => {
      await put('a', 'Competitor analysis')
      expect((await find('competitro analysis ')).instead).toBe('competitor analysis')
      expect(await titles('compettor ')).toEqual(['Competitor analysis'])
    })
    test('is none where something has the word', async () => {
      await put('a', 'Form of the hull')
      await put('b', 'From the hull')
      expect(await titles('form ')).toEqual(['Form of the hull'])
    })
    test('is told from the words that came since the last one', async () => {
      await put('a', 'Competitor analysis')
      expect((await find('competitro ')).instead).toBe('competitor')
      await put('b', 'Harbourmaster')
      await expect.poll(async () => (await find('harbuormaster ')).instead).toBe('harbourmaster')
    })
    test('is never guessed to be what another workspace alone has, nor kept from a guess by it', async () => {
      await put('a', 'Competitor analysis')
      await put('b', 'Competitors competitro', '', {}, { workspaceId: 'another' })
      expect((await find('competitro ')).instead).toBe('competitor')
      expect((await find('competitorz ')).instead).toBe('competitor')
    })
    test('short words are not guessed at', async () => {
      await put('a', 'cat')
      expect(await titles('bat ')).toEqual([])
    })
  })

  describe('filters', () => {
    test('[SEARCH4] nothing of another workspace is found', async () => {
      await put('a', 'Harbour', '', {}, { workspaceId: 'another' })
      expect(await titles('harbour ')).toEqual([])
      expect(await titles('')).toEqual([])
    })
    test('a chat is one line, with its title and the words of its best message, over all pages', async () => {
      const chat = (id: string, title: string, ...messages: string[]) => index.write(place(id, { source: `chat/${id}`, kind: 'chat', title, missionId: null, chatId: id, status: null }), [
        item({ kind: 'chat', title, at: now - 1000 }), ...messages.map((body, at) => item({ item: `${id}-${at}`, kind: 'chat', body, at: now + at })),
      ])
      await chat('a', 'The slipway', 'It has to be greased before anything else is done to it, and that is not all that there is', 'slipway', 'More about the slipway, and the capstan')
      await chat('b', 'Ropes', 'Nothing', 'The slipway rope is worn')
      await chat('c', 'Slipway prices')
      const { found } = await find('slipway ')
      expect(found.map(({ chatId, item: of, title, excerpt }) => ({ chatId, of, title: textOf(title), hit: hits(title), excerpt: textOf(excerpt) })).sort((a, b) => (a.chatId! < b.chatId! ? -1 : 1))).toEqual([
        { chatId: 'a', of: 'a-1', title: 'The slipway', hit: ['slipway'], excerpt: 'slipway' },
        { chatId: 'b', of: 'b-1', title: 'Ropes', hit: [], excerpt: 'The slipway rope is worn' },
        { chatId: 'c', of: '', title: 'Slipway prices', hit: ['Slipway'], excerpt: '' },
      ])
      for (const text of ['slipway ', '']) {
        const seen: (string | null)[] = []
        for (let from: number | null = 0; from !== null;) {
          const page = await find(text, { kinds: ['chat'], from, limit: 1 })
          seen.push(...page.found.map(({ chatId }) => chatId))
          from = page.next
        }
        expect(seen.sort()).toEqual(['a', 'b', 'c'])
      }
    })
    test('without words the newest is shown', async () => {
      await put('a', 'Older', '', { at: now - 5 })
      await put('b', 'Newer', '', { at: now })
      await put('c', 'Of Bo', '', { at: now - 9, by: 'bo' })
      expect(await titles('', { people: ['ada'] })).toEqual(['Newer', 'Older'])
    })
    test('by status, project, kind, person and day', async () => {
      await put('a', 'Harbour one', '', { at: 100 }, { status: 'done', projectId: 'p' })
      await put('b', 'Harbour two', '', { at: 200, by: 'bo' }, { archived: true })
      expect(await titles('harbour ', { statuses: ['done'] })).toEqual(['Harbour one'])
      expect(await titles('harbour ', { projects: ['p'] })).toEqual(['Harbour one'])
      expect(await titles('harbour ', { people: ['bo'] })).toEqual(['Harbour two'])
      expect(await titles('harbour ', { archived: true })).toEqual(['Harbour two'])
      expect(await titles('harbour ', { before: 200 })).toEqual(['Harbour one'])
      expect(await titles('harbour ', { after: 200 })).toEqual(['Harbour two'])
      expect(await titles('harbour ', { kinds: ['comment'] })).toEqual([])
    })
    test('a day begins where whoever asks is, also when the clocks change', async () => {
      expect(beginOf('2026-03-29', 'Europe/Lisbon')?.toISOString()).toBe('2026-03-29T00:00:00.000Z')
      expect(beginOf('2026-03-30', 'Europe/Lisbon')?.toISOString()).toBe('2026-03-29T23:00:00.000Z')
      expect(beginOf('2026-06-01', 'Asia/Kolkata')?.toISOString()).toBe('2026-05-31T18:30:00.000Z')
    })
  })

  describe('the index', () => {
    test('follows what changes: words that are gone find nothing', async () => {
      await put('a', 'Harbour')
      await put('a', 'Airport')
      expect(await titles('harbour ')).toEqual([])
      expect(await titles('airport ')).toEqual(['Airport'])
      await index.remove('mission/a')
      expect(await titles('airport ')).toEqual([])
    })
    test('nothing that people can type is an operator or an error', async () => {
      await put('a', 'a "b" c*d ^e (f) NEAR g:h -i')
      for (const text of ['"', '""', 'NEAR(', 'title:x', 'a*b', '^x', '(', ')', 'AND', 'OR NOT', '{a b}:c', "'", ';--', '\u0000', '\u0001\u0002', '%', '-', '+', 'a-b', 'c++', '🙂', '\ud800', '*'.repeat(900), 'x '.repeat(450)]) await expect(find(text)).resolves.toBeDefined()
    })
  })

  describe('a long text', () => {
    const words = (n: number) => Array.from({ length: 300 }, (_, at) => `w${n}x${at}`).join(' ')
    const lines = Array.from({ length: 60 }, (_, n) => words(n))
    const withLines = (changes: Record<number, string>) => lines.map((line, n) => changes[n] ?? line).join('\n')

    test('is found once, by words that stand far from each other, too, and not by what a minus is before', async () => {
      await put('long', 'Harbour book', withLines({ 2: 'the demurrage begins', 50: 'where pilotage ends' }), { at: now - 5 })
      await put('short', 'Demurrage and pilotage')
      expect(await titles('demurrage pilotage ')).toEqual(['Demurrage and pilotage', 'Harbour book'])
      expect(hits((await find('demurrage begins pilotage ')).found[0]!.excerpt)).toEqual(['demurrage', 'begins'])
      expect(await titles('harbour ')).toEqual(['Harbour book'])
      expect(await titles('book pilotage ends ')).toEqual(['Harbour book'])
      expect(await titles('demurrage -pilotage ')).toEqual([])
      expect(await titles('')).toEqual(['Demurrage and pilotage', 'Harbour book'])
      expect((await index.related({ workspaceId: 'w', text: 'book of the harbour', kinds: ['mission'], except: 'x', limit: 9 })).map(({ source }) => source)).toEqual(['mission/long'])
    })
    test('follows what changes, is short and long again, whether it is known what was there or not', async () => {
      let before: Item[] | null = null
      const bodies = [withLines({}), withLines({ 30: 'berthing here' }), withLines({ 30: 'berthing here', 0: `new\n${lines[0]}`, 59: '' }), 'berthing alone', withLines({ 1: 'berthing again' })]
      for (const [n, body] of bodies.entries()) {
        const items = [item({ title: 'Book', body })]
        await index.write(place('b', { stamp: String(n), title: 'Book' }), items, n % 2 === 0 ? before : null)
        before = items
        expect((await titles('berthing ')).length).toBe(body.includes('berthing') ? 1 : 0)
        expect((await titles('"w59x7" ')).length).toBe(body.includes('w59x7') ? 1 : 0)
        expect((await titles('"w0x1" ')).length).toBe(body.includes('w0x1') ? 1 : 0)
        expect(await titles('')).toEqual(['Book'])
      }
      await index.write(place('b', { stamp: 'gone' }), [], before)
      expect(await titles('"w59x7" ')).toEqual([])
    })
  })

  describe('[MEMORY1] what has to do with a text', () => {
    const related = async (text: string, more: Partial<RelatedWanted> = {}) => index.related({ workspaceId: 'w', text, kinds: ['mission', 'file'], except: 'here', limit: 10, ...more })
    const sources = async (text: string, more: Partial<RelatedWanted> = {}) => (await related(text, more)).map(({ source }) => source)

    test('shares several of its words, says which, and has the closest first', async () => {
      await put('some', 'Fees of the harbour')
      await put('most', 'Mooring fees of the harbour, compared')
      await put('one', 'Harbour lights')
      await put('none', 'Ice cream')
      const found = await related('Compare the mooring fees: what does each harbour ask?')
      expect(found.map(({ source }) => source)).toEqual(['mission/most', 'mission/some'])
      expect([...found[0]!.words].sort()).toEqual(['fees', 'harbour', 'mooring'])
      expect(await sources('Harbour')).toHaveLength(3)
    })
    test('is of this workspace, not archived, of the kinds that are asked for, and not the mission itself', async () => {
      for (const [id, where] of Object.entries({ here: {}, elsewhere: { workspaceId: 'another' }, old: { archived: true }, found: {} })) await put(id, 'Mooring fees', '', {}, where)
      expect(await sources('mooring fees')).toEqual(['mission/found'])
      expect(await sources('mooring fees', { kinds: ['file'] })).toEqual([])
    })
    test('is found in scripts without spaces, and by no text at all', async () => {
      await put('a', '東京都の価格を比較する')
      expect(await sources('大阪の価格を比較')).toEqual(['mission/a'])
      for (const text of ['', '* - "', 'NEAR(', '\u0000']) expect(await sources(text)).toEqual([])
    })
  })

  test('a place is known by its stamp, and what is not there any more is not among the places', async () => {
    await put('a', 'Harbour')
    expect(await index.has({ source: 'mission/a', stamp: '1' })).toBe(true)
    expect(await index.has({ source: 'mission/a', stamp: '2' })).toBe(false)
    expect(await index.sources()).toEqual(['mission/a'])
    await index.remove('mission/a')
    expect(await index.sources()).toEqual([])
  })
  test('of a text that is cut the results say so', async () => {
    await put('a', 'Long', `harbour ${'x'.repeat(2_000_000)}`, { kind: 'file' })
    await put('b', 'Short', 'harbour', { kind: 'file' })
    expect(new Map((await find('harbour ')).found.map(({ placeTitle, cut }) => [placeTitle, cut]))).toEqual(new Map([['Long', true], ['Short', false]]))
  })
}
