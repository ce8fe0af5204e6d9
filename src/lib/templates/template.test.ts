import { describe, expect, test } from 'vitest'
import type { ActorId } from '#lib/board/ids.ts'
import { fromMarkdown } from '#lib/editor/from-markdown.ts'
import { toMarkdown } from '#lib/editor/to-markdown.ts'
import { fill, type World } from './fill.ts'
import { fillBlocks } from './fill-blocks.ts'
import { readContent } from './read-template.ts'
import type { TemplateContent } from './template.ts'

const people: Record<string, { kind: 'person' | 'staff'; name: string; role: string }> = {
  mia: { kind: 'person', name: 'Mia', role: 'member' }, writer: { kind: 'staff', name: 'Writer', role: 'Writes' }, gone: { kind: 'staff', name: 'Old Hand', role: 'former' },
}
const world: World = {
  today: '2026-12-30', me: 'mia' as ActorId, member: (id) => people[id] ?? null,
  project: (id) => (id === 'spring' ? { name: 'Spring', archivedAt: null } : id === 'old' ? { name: 'Old', archivedAt: 1 } : null),
}

const field = (key: string, kind = 'text', more: Record<string, unknown> = {}) => ({ key, label: key[0]!.toUpperCase() + key.slice(1), kind, required: true, default: '', choices: [], ...more })
const content = (fields: unknown[], ...missions: Record<string, unknown>[]) => ({ fields, missions: missions.map((mission, at) => ({ title: `Mission ${at + 1}`, ...mission })) })
function read(fields: unknown[], ...missions: Record<string, unknown>[]): TemplateContent {
  const answer = readContent(content(fields, ...missions))
  if (!answer.ok) throw new Error(answer.message)
  return answer.content
}
const refusal = (value: unknown) => {
  const answer = readContent(value)
  return answer.ok ? 'taken' : `${answer.field}: ${answer.message}`
}
const filled = (template: TemplateContent, given: Record<string, string>, open = false) => {
  const answer = fill(template, given, world, { open })
  if (!answer.ok) throw new Error(answer.problems.map(({ message }) => message).join(' '))
  return answer
}
const problems = (template: TemplateContent, given: Record<string, string>) => {
  const answer = fill(template, given, world)
  return answer.ok ? [] : answer.problems.map(({ field: of, message }) => `${of}: ${message}`)
}

describe('[TEMPLATE1] what fills a field', () => {
  const all = read([field('customer'), field('start', 'date', { default: '3' }), field('lead', 'person', { default: 'me' }), field('who', 'staff'), field('into', 'project'), field('size', 'choice', { choices: ['S', 'L'], default: 'S' })],
    { title: '{{customer}}: {{ Size }} for {{lead}}, {{start}}', assignee: '{{who}}', project: '{{into}}', due: { days: 2, after: 'start' }, labels: ['{{customer}}', 'new'] })

  test('stands in titles, labels, owners, projects and days; what is not given is what it is by default', () => {
    const { missions: [mission] } = filled(all, { customer: ' ACME ', who: 'writer', into: 'spring' })
    expect(mission).toMatchObject({ title: 'ACME: S for Mia, 2 January 2027', assigneeId: 'writer', projectId: 'spring', dueOn: '2027-01-04', labels: ['ACME', 'new'] })
  })

  test('is words in a text, and nothing of it is read as Markdown; somebody is mentioned', () => {
    const { values } = filled(all, { customer: '*A* # <b>', who: 'writer', into: 'spring' })
    const text = toMarkdown(fillBlocks(fromMarkdown('# For {{customer}}\n\n- **{{who}}** asks {{customer}}\n\n| a |\n| - |\n| {{size}} |'), values, false))
    expect(text).toBe('# For \\*A\\* # \\<b>\n\n- [@Writer](missions://staff/writer) asks \\*A\\* # \\<b>\n\n| a |\n| --- |\n| S |')
  })

  test('must be there, and fit its kind; all that is wrong is told at once', () => {
    expect(problems(all, {})).toEqual(['customer: “Customer” is missing.', 'who: “Who” is missing.', 'into: “Into” is missing.'])
    expect(problems(all, { customer: 'A', start: '2026-02-30', lead: 'writer', who: 'gone', into: 'old', size: 'XL', colour: 'red' })).toEqual([
      'start: “Start” must be a day that exists, such as 2026-03-05; this is “2026-02-30”.', 'lead: “Lead” must be a person of this workspace.', 'who: Old Hand is not here any more. Choose somebody else for “Who”.',
      'into: The project “Old” is archived. Choose another one for “Into”, or bring it back.', 'size: “XL” is none of the choices of “Size”: S, L.', 'colour: The template has no field “colour”.',
    ])
  })

  test('may be missing where somebody is asked for it afterwards, and stays to be seen', () => {
    expect(filled(all, { customer: '', size: 'L' }, true).missions[0]).toMatchObject({ title: '{{customer}}: L for Mia, 2 January 2027', assigneeId: null })
  })

  test('is told of whoever is there as it stands, by their ids', () => {
    expect(filled(read([field('into', 'project', { default: 'spring' })], { project: 'spring', assignee: 'writer' }, { project: '{{into}}' }), {}).missions.map(({ projectId, assigneeId }) => [projectId, assigneeId])).toEqual([['spring', 'writer'], ['spring', null]])
  })

  test('leaves no gap where it is empty and may be', () => {
    const template = read([field('customer', 'text', { required: false })], { title: 'Call {{customer}} , then write', due: { days: 0 } })
    expect(filled(template, {}).missions[0]).toMatchObject({ title: 'Call, then write', dueOn: '2026-12-30' })
  })
})

describe('[TEMPLATE2] what cannot be is refused, with where and why', () => {
  test.each([
    ['a field that is used and not declared', content([], { title: 'For {{custmer}}' }), /missions\.0\.title: The title of “For \{\{custmer\}\}” has \{\{custmer\}\}, and there is no such field/],
    ['a circle', content([], { key: 'a', blockedBy: ['b'] }, { key: 'b', blockedBy: ['c'] }, { key: 'c', blockedBy: ['a'] }), /“Mission 1”, “Mission 2”, “Mission 3” wait for each other in a circle/],
    ['a mission that waits for itself', content([], { key: 'a', blockedBy: ['a'] }), /“Mission 1” waits for itself/],
    ['a mission that waits for another template’s', content([], { blockedBy: ['zz'] }), /waits for “zz”, which is not in this template/],
    ['200 missions', content([], ...Array.from({ length: 200 }, () => ({}))), /at most 100 missions; these are 200/],
    ['no mission', { fields: [], missions: [] }, /needs at least one mission/],
    ['a mission without a title', content([], { title: ' ' }), /missions\.0\.title: The title of mission 1 is missing/],
    ['a person’s field as a project', content([field('who', 'person')], { project: '{{who}}' }), /cannot be “Who”, which is not a project/],
    ['two fields of one key', content([field('a'), field('a')], {}), /Two fields have the key “a”/],
    ['a key with spaces', content([field('the customer')], {}), /must begin with a letter/],
    ['a choice of one', content([field('size', 'choice', { choices: ['S', 'S'] })], {}), /at least two choices/],
    ['a default that is no choice', content([field('size', 'choice', { choices: ['S', 'L'], default: 'XL' })], {}), /“XL” is none of the choices/],
    ['a day that is no number', content([], { due: { days: 1.5 } }), /whole number of days/],
    ['not a template', 'soon', /needs fields and missions/],
  ])('%s', (_, value, words) => expect(refusal(value)).toMatch(words))

  test('whoever is not here any more is named when it is used', () => {
    expect(problems(read([], { assignee: 'gone' }, { project: 'old' }), {})).toEqual([
      'missions.0: “Mission 1” is for Old Hand, who is not here any more. Give it to somebody else in the template.',
      'missions.1: “Mission 2” goes into the project “Old”, which is archived. Choose another one in the template.',
    ])
  })
})
