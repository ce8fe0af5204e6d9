import { createHeadlessEditor } from '@lexical/headless'
import { $convertFromMarkdownString } from '@lexical/markdown'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { descriptionOf } from '../board/mission-document.ts'
import { held } from './agreement.ts'
import { readMarkdown, writeMarkdown } from './markdown.ts'
import { editorNodes } from './nodes.ts'
import { readRichText } from './rich-text.ts'
import { openPeer } from './testing/peer.ts'
import { editAtRandom } from './testing/random-edit.ts'
import { randomFrom } from './testing/random.ts'
import { transformers } from './transformers.ts'

const again = (markdown: string) => {
  const root = descriptionOf(new Y.Doc())
  writeMarkdown(root, markdown)
  return readMarkdown(root)
}

const example = `# Compare the vendors

Read **all three** offers, *then* say which is ~~cheaper~~ *better **for us***, with \`sum(total)\` of each.

## What to look at

- price, per [seat](https://example.org/price?a=1&b=2)
  - yearly
  - monthly
- support
  1. hours
  2. language

3. third
4. fourth

- [ ] ask for a discount
- [x] get the terms
  - [ ] in writing

> First line\\
> second line

\`\`\`sql
select 1

  from \`\`x\`\`
\`\`\`

Write to <mailto:ada@example.org> or <https://example.org/>.`

test('Markdown written and read again is the same Markdown', () => {
  expect(again(example)).toBe(example)
})

test.for([
  ['a * b * c, 2\\*3\\*4', 'a \\* b \\* c, 2\\*3\\*4'],
  ['snake_case_name and _edge_', 'snake_case_name and *edge*'],
  ['1\\. not a list', '1\\. not a list'],
  ['\\# not a heading', '\\# not a heading'],
  ['a <b> c &amp; d &lt; e', 'a \\<b> c & d < e'],
  ['[not](javascript:alert(1)) a link', 'not a link'],
  ['![a chart](https://example.org/c.png)', '[a chart](https://example.org/c.png)'],
  ['***both***', '***both***'],
  ['** not bold **', '\\*\\* not bold \\*\\*'],
  ['- one\n\n\n- two', '- one\n- two'],
  ['* * *', ''],
  ['', ''],
  ['| a | b |\n|---|:-:|\n| 1 | 2 |', '| a | b |\n| --- | --- |\n| 1 | 2 |'],
  ['| a | b |\n|---|---|\n| 1 |', '| a | b |\n| --- | --- |\n| 1 | |'],
  ['| | |\n|---|---|\n| **1** | x \\| y<br>z |', '| | |\n| --- | --- |\n| **1** | x \\| y<br>z |'],
  ['| code |\n|---|\n| `a \\| b` |', '| code |\n| --- |\n| `a \\| b` |'],
  ['| a |\n|---|', '| a |\n| --- |'],
  ['Ask [@Ada L.](missions://person/p1) and [Offer *v2*](missions://mission/m1).', 'Ask [@Ada L.](missions://person/p1) and [Offer v2](missions://mission/m1).'],
  ['![a \\] plan](missions://file/f1)', '![a \\] plan](missions://file/f1)'],
  ['![x](missions://person/p1)', 'x'],
  ['[x](missions://nothing/p1)', 'x'],
  ['- ![](missions://file/f1) here', '- ![](missions://file/f1) here'],
  ['- [ ]\n- [x]', '- [ ]\n- [x]'],
  ['- one\n  - [x] in it\n  - beside\n- [ ] ask\n- last', '- one\n  - [x] in it\n  * beside\n\n* [ ] ask\n\n- last'],
])('%s is read as %s', ([written, read]) => {
  expect(again(written!)).toBe(read)
  expect(again(read!)).toBe(read)
})

test('words that look like Markdown stay words', () => {
  const doc = new Y.Doc()
  const peer = openPeer(doc)
  for (const words of ['# a', '- b', '+ c', '> d', '1. e', '2) f', '=== g', '--- h', '| i |', '* j', '`k`', '**l**', '_m_', '[n](o)', '![p](q)', '<b>r</b>', '&amp; s', '\\t', '~~u~~', '- [ ] v', '    w']) {
    const paragraph = new Y.XmlElement('paragraph')
    const text = new Y.XmlText(words)
    peer.root.delete(0, peer.root.length)
    peer.root.insert(0, [paragraph])
    paragraph.insert(0, [text])
    const copy = descriptionOf(new Y.Doc())
    writeMarkdown(copy, readMarkdown(peer.root))
    expect(readRichText(copy)).toEqual([{ kind: 'paragraph', children: [{ kind: 'text', text: words.trim(), marks: [] }] }])
  }
  peer.close()
})

test('what writes Markdown without Lexical writes what the editor would', () => {
  const ours = new Y.Doc()
  writeMarkdown(descriptionOf(ours), example)
  const before = Y.encodeStateVector(ours)
  const peer = openPeer(ours)
  const shown = held(ours, peer.root)
  const theirs = createHeadlessEditor({ nodes: editorNodes })
  theirs.update(() => $convertFromMarkdownString(example, transformers, undefined, false, true), { discrete: true })
  expect(JSON.parse(shown).children.map((block: { type: string }) => block.type)).toEqual(theirs.getEditorState().toJSON().root.children.map((block) => block.type))
  expect(Y.encodeStateVector(ours), 'opening it in an editor changes nothing').toEqual(before)
  expect(peer.errors).toEqual([])
  peer.close()
})

test('the document of an editor, after anything done in it, is readable, and its Markdown comes back as it was', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = randomFrom(seed)
    const peer = openPeer()
    for (let step = 0; step < 40; step++) editAtRandom(peer, random)
    const markdown = readMarkdown(peer.root)
    const words = (text: string) => text.replace(/[^\p{L}\p{N}\p{Extended_Pictographic}]/gu, '')
    expect(words(markdown).length, `seed ${seed}`).toBeGreaterThanOrEqual(words(peer.editor.getEditorState().read(() => peer.root.toArray().map(String).join('').replace(/<[^>]*>/g, ''))).length)
    expect(again(again(markdown)), `seed ${seed}`).toBe(again(markdown))
    peer.close()
  }
})

test('a text of elements nobody knows is still read', () => {
  const root = descriptionOf(new Y.Doc())
  const unknown = new Y.XmlElement('hologram')
  unknown.insert(0, [new Y.XmlText('seen')])
  root.insert(0, [unknown, new Y.XmlText('loose')])
  expect(readMarkdown(root)).toBe('seen\n\nloose')
})

test('writing replaces what was there, at once, for those who have it open', () => {
  const peer = openPeer()
  writeMarkdown(peer.root, 'before')
  let transactions = 0
  peer.doc.on('afterTransaction', () => transactions++)
  writeMarkdown(peer.root, '# After')
  expect(transactions).toBe(1)
  expect(peer.editor.getEditorState().toJSON().root.children).toMatchObject([{ type: 'heading', tag: 'h1', children: [{ text: 'After' }] }])
  peer.close()
})
