export type PictureSize = { width: number; height: number }

const ascii = (bytes: Uint8Array, at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length))

/** How large a picture is, from its first bytes, without decoding it; `null` where they do not tell. PNG, JPEG, GIF, WebP. */
export function pictureSize(head: Uint8Array): PictureSize | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (head.length < 30) return null
  if (view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) }
  if (ascii(head, 0, 3) === 'GIF') return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 4) === 'WEBP') return webpSize(head, view)
  if (view.getUint16(0) === 0xffd8) return jpegSize(head, view)
  return null
}

function webpSize(head: Uint8Array, view: DataView): PictureSize | null {
  switch (ascii(head, 12, 4)) {
    case 'VP8X': return { width: (view.getUint32(24, true) & 0xffffff) + 1, height: ((head[27]! | (head[28]! << 8) | (head[29]! << 16)) & 0xffffff) + 1 }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    case 'VP8 ': return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    default: return null
  }
}

function jpegSize(head: Uint8Array, view: DataView): PictureSize | null {
  for (let at = 2; at + 9 < head.length;) {
    if (head[at] !== 0xff) return null
    const marker = head[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (frame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}
