import { describe, expect, test } from 'vitest'
import type { ActorId, MissionId } from '#lib/board/ids.ts'
import { mentioned, mentionQuery, mentionsFromMarkdown, mentionsToMarkdown, noText, readMentionText, retyped, type MentionText } from './mention-text.ts'

const ada = { reference: { kind: 'person' as const, id: 'a1' as ActorId }, name: 'Ada' }
const otherAda = { reference: { kind: 'person' as const, id: 'a2' as ActorId }, name: 'Ada' }
const plan = { reference: { kind: 'mission' as const, id: 'm1' as MissionId }, name: 'Plan [the] *fair*' }

const asked: MentionText = mentioned({ text: 'Ask @a now', mentions: [] }, 4, 6, ada).value

test('a mention reads as the name, and is stored as a reference', () => {
  expect(asked.text).toBe('Ask @Ada now')
  expect(mentionsToMarkdown(asked)).toBe('Ask [@Ada](missions://person/a1) now')
})

test('the caret goes behind it and its space', () => {
  expect(mentioned(retyped(noText, '@'), 0, 1, ada)).toEqual({ value: { text: '@Ada ', mentions: [{ at: 0, ...ada }] }, caret: 5 })
  expect(mentioned({ text: '@a now', mentions: [] }, 0, 2, ada).caret).toBe(5)
})

describe('while somebody types on', () => {
  const stored = (text: string, from = asked) => mentionsToMarkdown(retyped(from, text))
  test('it moves along', () => {
    expect(stored('Please ask @Ada now')).toBe('Please ask [@Ada](missions://person/a1) now')
    expect(stored('Ask @Ada now, please')).toBe('Ask [@Ada](missions://person/a1) now, please')
  })

  test('it is words again once its own words are others', () => {
    expect(stored('Ask @Ad now')).toBe('Ask @Ad now')
    expect(stored('Ask Ada now')).toBe('Ask Ada now')
    expect(stored('Ask @A-da now')).toBe('Ask @A-da now')
    expect(stored('')).toBe('')
  })

  test('it stays where equal letters stand beside it', () => {
    expect(stored('Ask @Ada  now')).toBe('Ask [@Ada](missions://person/a1)  now')
    expect(stored('@Ada now', retyped(asked, '@Ada now'))).toBe('[@Ada](missions://person/a1) now')
  })

  test('two of one name stay two', () => {
    const both = mentioned(retyped(asked, 'Ask @Ada or @'), 12, 13, otherAda).value
    expect(mentionsToMarkdown(both)).toBe('Ask [@Ada](missions://person/a1) or [@Ada](missions://person/a2) ')
    expect(mentionsToMarkdown(retyped(both, 'Ask or @Ada '))).toBe('Ask or [@Ada](missions://person/a2) ')
    expect(mentionsToMarkdown(retyped(both, both.text.replace('Ask', 'Tell')))).toContain('[@Ada](missions://person/a1) or [@Ada](missions://person/a2)')
  })
})

test('names with signs of Markdown come back as they are', () => {
  const { value } = mentioned(noText, 0, 0, plan)
  expect(mentionsToMarkdown(value)).toBe('[@Plan \\[the\\] \\*fair\\*](missions://mission/m1) ')
  expect(mentionsFromMarkdown(mentionsToMarkdown(value))).toEqual(value)
})

test('what was stored is edited as it was typed, by the name that it has now', () => {
  expect(mentionsFromMarkdown('Ask [@Ada](missions://person/a1) now')).toEqual(asked)
  expect(mentionsFromMarkdown('Ask [@Ada](missions://person/a1) now', () => 'Ada Lovelace').text).toBe('Ask @Ada Lovelace now')
  for (const other of ['[@Ada](https://example.org)', '[@Ada](missions://robot/a1)', '![@x](missions://file/f1)', '[Plan](missions://mission/m1)']) {
    expect(mentionsFromMarkdown(other)).toEqual({ text: other, mentions: [] })
  }
})

test('what a device kept is read, and nothing else', () => {
  expect(readMentionText(JSON.parse(JSON.stringify(asked)))).toEqual(asked)
  expect(readMentionText('words of before')).toEqual({ text: 'words of before', mentions: [] })
  for (const value of [null, 7, {}, { text: 7 }]) expect(readMentionText(value)).toEqual(noText)
  expect(readMentionText({ text: 'Ask @Ada', mentions: [{ at: 0, ...ada }, { at: 4, name: 'Ada', reference: { kind: 'x', id: 'y' } }, 7] })).toEqual({ text: 'Ask @Ada', mentions: [] })
})

describe('what is typed to find a mention', () => {
  const at = (text: string) => mentionQuery({ text, mentions: [] }, text.length)
  test('begins with an @ that begins a word', () => {
    expect(at('@')).toEqual({ from: 0, query: '' })
    expect(at('ask @ad')).toEqual({ from: 4, query: 'ad' })
    expect(at('ask (@ada lo')).toEqual({ from: 5, query: 'ada lo' })
    expect(at('line\n@a')).toEqual({ from: 5, query: 'a' })
  })

  test.each(['ada@example', 'no', '@ ada', '@ada  lo', '@one two three four five', '@a\nb'])('is not in %j', (text) => {
    expect(at(text)).toBeNull()
  })

  test('is not what follows a mention', () => {
    expect(mentionQuery(asked, 8)).toBeNull()
    expect(mentionQuery(asked, 9)).toBeNull()
  })
})
