import { expect, test } from 'vitest'
import { decodeText, sniffEncoding } from './encoding.ts'

const utf16 = (text: string, mark: boolean) => Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le')

test('byte order marks decide', () => {
  expect(sniffEncoding(Buffer.from('\ufeffname', 'utf8'))).toBe('utf-8')
  expect(sniffEncoding(utf16('name', true))).toBe('utf-16le')
  expect(sniffEncoding(utf16('name', true).swap16())).toBe('utf-16be')
})

test('UTF-16 without a mark is known by its zeros', () => {
  expect(sniffEncoding(utf16('name;value\n', false))).toBe('utf-16le')
  expect(sniffEncoding(utf16('name;value\n', false).swap16())).toBe('utf-16be')
})

test('what is not UTF-8 is read as Latin-1', () => {
  const latin = Buffer.from('Größe', 'latin1')
  expect(sniffEncoding(latin)).toBe('windows-1252')
  expect(decodeText(latin, 'utf-8')).toEqual({ text: 'Größe', encoding: 'windows-1252' })
})

test('a character cut at the end of the sample is still UTF-8', () => {
  expect(sniffEncoding(Buffer.from('Größe').subarray(0, 3))).toBe('utf-8')
})

test('bytes with zeros in them are no text', () => {
  expect(sniffEncoding(new Uint8Array([1, 0, 0, 7, 65, 66, 0, 9]))).toBeNull()
})

test('a few bytes that could be read two by two are not text for that', () => {
  for (const bytes of [[1, 0, 2, 0, 3, 0], [0xff, 0xfe, 3, 0, 4, 0], [0xff, 0xfe, 0x00, 0xd8, 65, 0], [0xff, 0xd8, 0xff, 0xe0, 0, 16]]) expect(sniffEncoding(Uint8Array.from(bytes)), bytes.join(' ')).toBeNull()
  expect(sniffEncoding(Uint8Array.from([0xff, 0xfe, 65, 0]))).toBe('utf-16le')
})
