import { expect, test } from 'vitest'
import { readStaffLook, writeStaffLook } from './staff-look.ts'

test('a look is read as it was written', () => {
  for (const look of [{ hue: null, sign: null }, { hue: 'teal', sign: null }, { hue: null, sign: 'chart' }, { hue: 'pink', sign: 'pen' }] as const) {
    expect(readStaffLook(writeStaffLook(look))).toEqual(look)
  }
})

test('what is no colour and no sign is not shown', () => {
  expect(readStaffLook('/api/v1/people/1/avatar/2')).toEqual({ hue: null, sign: null })
  expect(readStaffLook('magenta boss')).toEqual({ hue: null, sign: null })
  expect(readStaffLook(null)).toEqual({ hue: null, sign: null })
})
