import { expect, test } from 'vitest'
import { linesOf } from './highlight-lines.ts'

const span = (kind: string, ...children: object[]) => ({ type: 'element', properties: { className: [`hljs-${kind}`] }, children: children as [] })
const text = (value: string) => ({ type: 'text', value })

test('a word that goes over several lines is of its kind in each', () => {
  expect(linesOf({ type: 'root', children: [text('a '), span('comment', text('/* one\n\ntwo */')), text('\nb')] })).toEqual([
    [['a ', ''], ['/* one', 'comment']], [], [['two */', 'comment']], [['b', '']],
  ])
})

test('the inner kind counts', () => {
  expect(linesOf({ type: 'root', children: [span('string', text('"'), span('subst', text('x')), text('"'))] })).toEqual([[['"', 'string'], ['x', 'subst'], ['"', 'string']]])
})
