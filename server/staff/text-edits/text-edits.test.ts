import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { readMarkdown, writeMarkdown } from '#lib/editor/markdown.ts'
import { readRichText } from '#lib/editor/rich-text.ts'
import { randomFrom } from '../../../tests/support/random.ts'
import { editText } from './edit-text.ts'
import type { Moved } from './kept.ts'
import { takeBack } from './take-back.ts'
import { buildsOn, editAfter, isMade, placesOf, type TextEdit } from './text-edit.ts'

const bodyIn = (doc: Y.Doc) => doc.get('body', Y.XmlElement) as Y.XmlElement

/** A text as the server has it: each edit is made in a draft with a client of its own, and what was deleted is collected. */
function text(markdown: string) {
  let state = Y.encodeStateAsUpdate(new Y.Doc())
  const load = () => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state)
    return doc
  }
  function change<T>(work: (root: Y.XmlElement, doc: Y.Doc) => T): T {
    const draft = load()
    const done = work(bodyIn(draft), draft)
    state = Y.encodeStateAsUpdate(draft)
    // What a snapshot of the log does.
    state = Y.encodeStateAsUpdate(load())
    return done
  }
  change((root) => writeMarkdown(root, markdown))
  return {
    change,
    markdown: () => readMarkdown(bodyIn(load())),
    blocks: () => JSON.stringify(readRichText(bodyIn(load()))),
    doc: load,
    /** By a run. It is kept as JSON. */
    edit(given: { markdown: string; replace?: string }): TextEdit {
      const edited = change((root) => editText(root, given))
      if (!edited.ok) throw new Error(edited.message)
      return JSON.parse(JSON.stringify(edited.edit)) as TextEdit
    },
    takeBack: (edit: TextEdit, others: readonly TextEdit[] = []): Moved => change((root) => takeBack(root, edit, placesOf(others))),
    /** A person writes before or behind some words, wherever they are. */
    type: (words: string, at: string, side: 'before' | 'behind' = 'behind') => change((root) => typeAt(root, words, at, side)),
  }
}

function* textsIn(node: Y.XmlElement): Iterable<Y.XmlText> {
  for (const child of node.toArray()) {
    if (child instanceof Y.XmlText) yield child
    else if (child instanceof Y.XmlElement) yield* textsIn(child)
  }
}
const lettersOf = (node: Y.XmlText) => (node.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('')

function typeAt(root: Y.XmlElement, words: string, at: string, side: 'before' | 'behind') {
  for (const node of textsIn(root)) {
    const index = lettersOf(node).indexOf(at)
    if (index >= 0) return node.insert(index + (side === 'behind' ? at.length : 0), words)
  }
  throw new Error(`“${at}” is not there`)
}

const plan = '# Plan\n\nWe sail at **noon** on Monday.\n\n- bread\n- water\n- rope\n\n| who | what |\n| --- | --- |\n| Ann | helm |\n| Bo | sails |\n\nThe end.'

describe('what a run changes in a text', () => {
  test('a passage gives way, and nothing else is touched: the letters around it stay those of who wrote them', () => {
    const here = text(plan)
    const before = here.doc()
    const edit = here.edit({ replace: 'on Monday', markdown: 'on Tuesday' })
    expect(here.markdown()).toBe(plan.replace('Monday', 'Tuesday'))
    expect(edit.inserted.reduce((sum, [, , length]) => sum + length, 0)).toBeLessThanOrEqual('Tuesday'.length)
    expect(edit.removals.length).toBeGreaterThan(0)
    const [person] = [...before.store.clients.keys()]
    const kept = (doc: Y.Doc) => doc.store.clients.get(person!)!.filter((struct) => !struct.deleted).reduce((sum, struct) => sum + struct.length, 0)
    expect(kept(before) - kept(here.doc())).toBeLessThanOrEqual('Monday'.length)
  })

  test('one item of a list, one cell of a table, a word in bold', () => {
    const here = text(plan)
    here.edit({ replace: 'water', markdown: 'wine' })
    here.edit({ replace: '| Bo | sails |', markdown: '| Bo | anchor |' })
    here.edit({ replace: '**noon**', markdown: '**dawn**' })
    expect(here.markdown()).toBe(plan.replace('water', 'wine').replace('sails', 'anchor').replace('noon', 'dawn'))
    const edit = here.edit({ replace: '- rope', markdown: '- rope\n- lamp' })
    expect(edit.removals).toEqual([])
  })

  test('without a passage it is added at the end; a passage over several blocks is written anew', () => {
    const here = text(plan)
    here.edit({ markdown: '## More\n\nWords.' })
    expect(here.markdown()).toBe(`${plan}\n\n## More\n\nWords.`)
    here.edit({ replace: 'The end.\n\n## More\n\nWords.', markdown: 'Really the end.' })
    expect(here.markdown()).toBe(plan.replace('The end.', 'Really the end.'))
    const empty = text('')
    empty.edit({ markdown: 'First.' })
    expect(empty.markdown()).toBe('First.')
  })

  test.each([
    ['a passage that is not there', { replace: 'at midnight', markdown: 'x' }, 'no such passage'],
    ['one that is there twice', { replace: 'e', markdown: 'x' }, 'more than once'],
    ['an empty one', { replace: '  ', markdown: 'x' }, 'is empty'],
    ['the space between blocks', { replace: '\n\n- bread', markdown: '\n\n- bread' }, 'changes nothing'],
    ['what changes nothing', { replace: 'water', markdown: 'water' }, 'changes nothing'],
  ])('%s is refused with words for the model', (_, given, words) => {
    const here = text(plan)
    expect(() => here.edit(given)).toThrow(words)
    expect(here.markdown()).toBe(plan)
  })
})

describe('[STAFF8] taking it back', () => {
  test.each([
    [{ replace: 'on Monday', markdown: 'on Tuesday' }], [{ replace: '**noon**', markdown: 'noon sharp' }], [{ replace: 'water', markdown: 'wine\n- beer' }], [{ replace: 'We sail at **noon** on Monday.', markdown: '' }],
    [{ replace: '| Bo | sails |', markdown: '| Bo | anchor |\n| Cy | pots |' }], [{ replace: '# Plan', markdown: '> A quote\n\n```js\ncode()\n```' }], [{ markdown: 'More.' }], [{ replace: plan, markdown: 'All new.' }],
    [{ replace: 'bread\n- water', markdown: 'salt' }],
  ])('%j leaves the text as it was', (given) => {
    const here = text(plan)
    const before = here.blocks()
    const edit = here.edit(given)
    expect(here.blocks()).not.toBe(before)
    expect(isMade(here.doc(), edit)).toBe(true)
    here.takeBack(edit)
    expect(here.blocks()).toBe(before)
  })

  test('in a paragraph that the run wrote only the words of people stay, and the old one comes back', () => {
    const here = text('First.\n\nOld words of Ann.\n\nLast.')
    const edit = here.edit({ replace: 'Old words of Ann.', markdown: '> Something entirely different' })
    here.type('NEW ', 'entirely', 'before')
    here.type(' too', 'Last')
    here.takeBack(edit)
    expect(here.markdown()).toBe('First.\n\n> NEW\n\nOld words of Ann.\n\nLast too.')
  })

  test('a word in a paragraph: what people changed in the same one stays', () => {
    const here = text('The ship sails at noon with the tide.')
    const edit = here.edit({ replace: 'at noon', markdown: 'at dawn' })
    here.type('old ', 'ship', 'before')
    here.type('ish', 'dawn')
    here.takeBack(edit)
    expect(here.markdown()).toBe('The old ship sails at noonish with the tide.')
  })

  test('what people took out of it stays away, and what the run took out of a paragraph that is gone does too', () => {
    const here = text('One.\n\nTwo with words.\n\nThree.')
    const edit = here.edit({ replace: 'with words', markdown: 'with many words' })
    here.change((root) => root.delete(1, 1))
    here.takeBack(edit)
    expect(here.markdown()).toBe('One.\n\nThree.')
    const added = here.edit({ markdown: 'Four.' })
    here.change((root) => root.delete(root.length - 1, 1))
    here.takeBack(added)
    expect(here.markdown()).toBe('One.\n\nThree.')
  })

  test('a table of the run in which somebody wrote keeps its columns', () => {
    const here = text('Before.')
    const edit = here.edit({ markdown: '| a | b | c |\n| --- | --- | --- |\n| one | two | three |\n| four | five | six |' })
    here.type(' MINE', 'five')
    here.takeBack(edit)
    expect(here.markdown().split('\n')).toContain('| | MINE | |')
    expect(here.markdown()).not.toMatch(/one|two|three|four|five|six/)
  })

  test('edits that build on one another go in the order in which they came, and the text is as it was', () => {
    const here = text(plan)
    const before = here.blocks()
    let edits = [
      here.edit({ replace: 'on Monday', markdown: 'on Tuesday' }),
      here.edit({ replace: 'We sail at **noon** on Tuesday.', markdown: '- we\n- sail\n- on Tuesday' }),
      here.edit({ replace: 'sail\n- on', markdown: 'row\n- at' }),
      here.edit({ replace: 'The end.', markdown: 'Fin.' }),
    ]
    expect(buildsOn(edits[1]!, edits[0]!)).toBe(true)
    expect(buildsOn(edits[3]!, edits[0]!)).toBe(false)
    while (edits.length > 0) {
      const moved = here.takeBack(edits.pop()!, edits)
      edits = edits.map((edit) => editAfter(edit, moved))
    }
    expect(here.blocks()).toBe(before)
  })

  test('an edit that was written down and never made is known as such', () => {
    const here = text(plan)
    const draft = here.doc()
    const made = editText(bodyIn(draft), { replace: 'water', markdown: '' })
    const other = editText(bodyIn(here.doc()), { replace: 'water', markdown: 'wine' })
    expect(made.ok && isMade(here.doc(), made.edit)).toBe(false)
    expect(other.ok && isMade(here.doc(), other.edit)).toBe(false)
    expect(made.ok && isMade(draft, made.edit)).toBe(true)
  })
})

describe('[STAFF8] with people who write at any moment', () => {
  const pieces = ['Some words here.', '# A heading', '- one\n- two\n- three', '1. first\n2. second', '> quoted words', '| a | b |\n| --- | --- |\n| c | d |', 'With **bold words** in it.', '- [ ] to do\n- [x] done', '```\ncode here\n```', 'A [link](https://example.com) and more.']
  const seeds = Number(process.env.SEEDS ?? 150)

  test(`${seeds} texts: several edits of runs, taken back in their order, leave the first text with all that people wrote`, () => {
    for (let seed = 1; seed <= seeds; seed += 1) {
      const { below, chance, pick } = randomFrom(seed)
      const here = text(Array.from({ length: 2 + below(5) }, () => pick(pieces)).join('\n\n'))
      const original = here.blocks()
      let edits: TextEdit[] = []
      const typed: string[] = []
      for (let step = 0; step < 6; step += 1) {
        if (chance(0.35)) {
          // Words that nobody else writes, to be found again.
          const word = `p${seed}x${step}q`
          const written = here.change((root) => {
            const texts = [...textsIn(root)]
            const node = texts.length > 0 ? pick(texts) : null
            if (!node) return false
            const at = below(node.length + 1)
            const within = [...lettersOf(node).matchAll(/p\d+x\d+q/g)].find(({ index, 0: other }) => at > index && at < index + other.length)
            node.insert(within?.index ?? at, word)
            return true
          })
          if (written) typed.push(word)
          continue
        }
        const parts = here.markdown().split('\n\n')
        const from = below(parts.length)
        const part = parts.slice(from, from + 1 + below(2)).join('\n\n')
        const words = part.split(' ')
        const replace = chance(0.5) ? part : words.slice(below(words.length)).join(' ')
        // What a run takes out on purpose comes back with it; this is about what it must leave alone.
        if (typed.some((word) => replace.includes(word))) continue
        try {
          edits.push(here.edit(chance(0.3) ? { markdown: pick(pieces) } : { replace, markdown: chance(0.2) ? '' : `${pick(pieces)} r${step}` }))
        } catch (error) {
          expect(String(error), `seed ${seed}`).toMatch(/more than once|no such passage|changes nothing|only the space|is empty/)
        }
      }
      while (edits.length > 0) {
        const moved = here.takeBack(edits.pop()!, edits)
        edits = edits.map((edit) => editAfter(edit, moved))
      }
      const after = here.markdown()
      for (const word of typed) expect(after, `seed ${seed}`).toContain(word)
      if (typed.length === 0) expect(here.blocks(), `seed ${seed}`).toBe(original)
      expect(after, `seed ${seed}`).not.toMatch(/ r\d\b/)
      // Without the words of people the letters are those of the first text, in their order.
      expect(typed.reduce((all, word) => all.replaceAll(word, ''), lettersIn(here.blocks())), `seed ${seed}`).toBe(lettersIn(original))
    }
  }, 10_000 + seeds * 100)
})

/** All letters of the blocks, without what formats or separates them. */
const lettersIn = (blocks: string) => [...blocks.matchAll(/"text":("(?:[^"\\]|\\.)*")/g)].map(([, letters]) => JSON.parse(letters!) as string).join('')
