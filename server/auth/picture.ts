/** The kinds of pictures that people have: what every browser draws, and none that could carry a script. */
export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp'
export type Picture = { type: PictureType; width: number; height: number }

const ascii = (data: Uint8Array, from: number, to: number) => String.fromCharCode(...data.subarray(from, to))

function pngSize(view: DataView) {
  return view.byteLength < 24 ? null : { width: view.getUint32(16), height: view.getUint32(20) }
}

function jpegSize(view: DataView) {
  for (let at = 2; at + 9 < view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

function webpSize(view: DataView, kind: string) {
  if (view.byteLength < 30) return null
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
  if (kind === 'VP8X') return { width: uint24(24) + 1, height: uint24(27) + 1 }
  if (kind === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  if (kind === 'VP8L') return { width: (view.getUint32(21, true) & 0x3fff) + 1, height: ((view.getUint32(21, true) >> 14) & 0x3fff) + 1 }
  return null
}

/** What a picture is, from its own bytes; `null` for anything else. */
export function readPicture(data: Uint8Array): Picture | null {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const sized = (type: PictureType, size: { width: number; height: number } | null) => size && { type, ...size }
  if (ascii(data, 0, 8) === '\x89PNG\r\n\x1a\n' && ascii(data, 12, 16) === 'IHDR') return sized('image/png', pngSize(view))
  if (data[0] === 0xff && data[1] === 0xd8 && data[2] === 0xff) return sized('image/jpeg', jpegSize(view))
  if (ascii(data, 0, 4) === 'RIFF' && ascii(data, 8, 12) === 'WEBP') return sized('image/webp', webpSize(view, ascii(data, 12, 16)))
  return null
}
