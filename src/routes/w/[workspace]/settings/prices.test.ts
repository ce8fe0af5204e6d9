import { expect, test } from 'vitest'
import { readPrices } from './prices.ts'

test('prices are read as people write them, and empty rows are nothing', () => {
  expect(readPrices([{ name: ' gpt ', input: '$0,15', output: '0.6' }, { name: '', input: '', output: ' ' }])).toEqual({ ok: true, prices: { gpt: { input: 0.15, output: 0.6 } } })
})

test('what is no price is told with its model', () => {
  expect(readPrices([{ name: '', input: '1', output: '1' }])).toMatchObject({ ok: false })
  expect(readPrices([{ name: 'a', input: 'x', output: '1' }])).toMatchObject({ ok: false, message: expect.stringContaining('“a”') as string })
  expect(readPrices([{ name: 'a', input: '1', output: '1' }, { name: 'a', input: '2', output: '1' }])).toMatchObject({ ok: false, message: expect.stringContaining('two prices') as string })
})
