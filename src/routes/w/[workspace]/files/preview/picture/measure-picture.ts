import { pictureSize, type PictureSize } from './picture-size.ts'

/** Photographs carry notes and a small copy of themselves before they tell their size. */
const headBytes = 256 * 1024
/** A decoded picture takes four bytes a pixel: above this it is not decoded unasked. */
export const mostPixels = 50_000_000
export const mostThumbnailPixels = 25_000_000

const known = new Map<string, Promise<PictureSize | null>>()

/** The size of a stored picture, asked once for a content; `null` where it cannot be told. */
export function measurePicture({ hash, size }: { hash: string; size: number }, url: string): Promise<PictureSize | null> {
  let measured = known.get(hash)
  if (!measured) {
    measured = fetch(url, size > headBytes ? { headers: { range: `bytes=0-${headBytes - 1}` } } : {})
      .then(async (response) => (response.ok ? pictureSize(new Uint8Array(await response.arrayBuffer()).subarray(0, headBytes)) : null))
      .catch(() => {
        known.delete(hash)
        return null
      })
    known.set(hash, measured)
  }
  return measured
}

export const pixels = ({ width, height }: PictureSize) => width * height
