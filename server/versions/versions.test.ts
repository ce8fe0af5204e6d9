import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ActorId, RunId, WorkspaceId } from '#lib/board/ids.ts'
import { fromMarkdown } from '#lib/editor/from-markdown.ts'
import { temporaryAuth, workspaceOfAnn, type TestAuth } from '../../tests/support/auth.ts'
import { createVersions, textRootOf, type VersionKind, type Versions } from './versions.ts'

const hour = 60 * 60_000
const document = 'mission/sail'
let here: TestAuth
let workspaceId: WorkspaceId
let ann: ActorId
let versions: Versions
let text = ''
let told: string[] = []

beforeEach(async () => {
  here = await temporaryAuth()
  ;({ workspaceId, userId: ann } = await workspaceOfAnn(here.auth))
  told = []
  versions = createVersions({
    db: here.store.db,
    now: () => here.clock.now,
    async readText() {
      const json = JSON.stringify(fromMarkdown(text))
      return { markdown: text, content: gzipSync(json), hash: createHash('sha256').update(json).digest('hex') }
    },
    editAs: async () => ({ ok: true }),
    onChanged: (name) => void told.push(name),
  })
})
afterEach(() => here.end())

const keep = (kind: VersionKind, more: { name?: string; runId?: RunId } = {}) => versions.keep({ document, workspaceId, kind, by: ann, ...more })
const kinds = async () => (await versions.list(document)).map(({ version, kind }) => [version, kind])
const paragraphs = (count: number, word = 'word') => Array.from({ length: count }, (_, n) => `${word}${n} ${word}${n + 1000}`).join(' ')

test('a version that somebody names is the text as it was, with who, when and what changed', async () => {
  text = '# Plan\n\nSail at noon.'
  expect(await keep('named', { name: ' First ' })).toMatchObject({ ok: true, version: { version: 1, name: 'First', by: ann, at: here.clock.now, words: 4, added: 4, removed: 0 } })
  text = '# Plan\n\nSail at dawn, with bread.'
  expect(await keep('named')).toMatchObject({ ok: true, version: { version: 2, name: '', added: 3, removed: 1 } })
  expect(await versions.find(document, 1)).toMatchObject({ markdown: '# Plan\n\nSail at noon.', content: fromMarkdown('# Plan\n\nSail at noon.') })
  expect(await versions.find(document, 3)).toBeNull()
  expect(told).toEqual([document, document])
})

test('a text that did not change has no second version by itself; a name goes to the one there is', async () => {
  text = paragraphs(20)
  await keep('pause')
  await keep('restore')
  expect(await kinds()).toEqual([[1, 'pause']])
  await keep('named', { name: 'Good' })
  expect(await versions.list(document)).toMatchObject([{ version: 1, kind: 'named', name: 'Good' }])
  await keep('named', { name: 'Better' })
  expect(await kinds()).toEqual([[2, 'named'], [1, 'named']])
})

test('after a pause a version is kept only where much changed', async () => {
  text = 'A few words.'
  expect(await keep('pause')).toMatchObject({ ok: false, code: 'empty' })
  text = paragraphs(20)
  expect(await keep('pause')).toMatchObject({ ok: true })
  text = `${text} and a few more`
  expect(await keep('pause')).toMatchObject({ ok: false })
  text = 'All is gone.'
  expect(await keep('pause')).toMatchObject({ ok: true, version: { version: 2 } })
})

test('what a run reads is known by the run, also where two read the same, and where hardly a word changed', async () => {
  text = 'Sail.'
  await keep('run', { runId: 'one' as RunId })
  await keep('run', { runId: 'two' as RunId })
  text = 'Sail now.'
  await keep('run', { runId: 'three' as RunId })
  expect(await versions.list(document)).toMatchObject([{ version: 2, runs: ['three'] }, { version: 1, runs: ['one', 'two'] }])
})

test('a run that is tried again is known by what it read last', async () => {
  text = 'Sail.'
  await keep('run', { runId: 'one' as RunId })
  text = 'Sail now.'
  await keep('run', { runId: 'one' as RunId })
  expect(await versions.list(document)).toMatchObject([{ version: 2, runs: ['one'] }, { version: 1, runs: [] }])
})

test('an empty text has nothing to keep, unless somebody asks for it', async () => {
  text = ''
  expect(await keep('restore')).toMatchObject({ ok: false, code: 'empty' })
  expect(await keep('run', { runId: 'one' as RunId })).toMatchObject({ ok: false, code: 'empty' })
  expect(await keep('named')).toMatchObject({ ok: true })
})

test('automatic versions are thinned out, those that somebody named stay, and words are counted across the gaps', async () => {
  for (let n = 0; n < 12; n++) {
    text = paragraphs(20, `w${n}x`)
    await keep(n === 3 ? 'named' : 'pause')
    here.clock.now += hour / 4
  }
  here.clock.now += 4 * hour
  text = paragraphs(10, 'last')
  await keep('pause')
  const left = await versions.list(document)
  expect(left.length).toBeLessThan(8)
  expect(left.find(({ version }) => version === 4)).toMatchObject({ kind: 'named' })
  const texts = await Promise.all(left.map(async ({ version }) => (await versions.find(document, version))!.markdown))
  for (const [at, { added, removed }] of left.entries()) {
    if (at === left.length - 1) continue
    expect([added, removed]).toEqual([texts[at]!.split(' ').length, texts[at + 1]!.split(' ').length])
  }
})

test('two who save at once make two versions, one after the other', async () => {
  text = 'Sail.'
  const both = await Promise.all([keep('named', { name: 'a' }), keep('named', { name: 'b' })])
  expect(both.map((kept) => kept.ok && kept.version.version).sort()).toEqual([1, 2])
})

test('a name is one line', async () => {
  text = 'Sail.'
  expect(await keep('named', { name: 'a\nb' })).toMatchObject({ ok: false, code: 'bad_name' })
  expect(await keep('named', { name: 'x'.repeat(201) })).toMatchObject({ ok: false, code: 'bad_name' })
  expect(await versions.list(document)).toEqual([])
})

test('descriptions, briefs and docs have versions; boards and runs have none', async () => {
  expect(['mission/a', 'doc/a', 'board/a', 'run/a', 'nothing', 'mission/../a'].map(textRootOf)).toEqual(['description', 'body', null, null, null, null])
  expect(await versions.keep({ document: 'board/a', workspaceId, kind: 'named', by: ann })).toMatchObject({ ok: false, code: 'no_text' })
})
