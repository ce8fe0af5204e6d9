import { expect, test } from 'vitest'
import { pictureSize } from './picture-size.ts'

const bytes = (...parts: (number | string)[]) => {
  const all = parts.flatMap((part) => (typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : [part]))
  return new Uint8Array([...all, ...Array<number>(Math.max(0, 40 - all.length)).fill(0)])
}

test.each([
  ['PNG', bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13, 'IHDR', 0, 0, 0x2e, 0xe0, 0, 0, 0x20, 0x8d), { width: 12000, height: 8333 }],
  ['GIF', bytes('GIF89a', 0x40, 0x01, 0xf0, 0x00), { width: 320, height: 240 }],
  ['JPEG', bytes(0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc2, 0, 17, 8, 0x01, 0x00, 0x02, 0x00), { width: 512, height: 256 }],
  ['WebP with more to it', bytes('RIFF', 0, 0, 0, 0, 'WEBPVP8X', 0, 0, 0, 0, 0, 0, 0, 0, 0x3f, 0x01, 0, 0xef, 0, 0), { width: 320, height: 240 }],
  ['another kind', bytes('BM'), null],
  ['a JPEG that breaks off', bytes(0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff), null],
])('%s', (_, head, size) => expect(pictureSize(head)).toEqual(size))

test('too little to tell', () => expect(pictureSize(new Uint8Array([0x89, 0x50]))).toBeNull())
