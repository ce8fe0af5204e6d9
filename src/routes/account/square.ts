/** Where a picture lies under a square window: its scale, and how far its middle is from the window's, in pixels of the window. */
export type Placing = { scale: number; x: number; y: number }
export type Size = { width: number; height: number }

/** The scale at which a picture just fills the window. */
export const fillingScale = ({ width, height }: Size, side: number) => side / Math.min(width, height)

/** The placing nearest to this one at which no edge of the picture is within the window. */
export function withinPicture({ scale, x, y }: Placing, size: Size, side: number): Placing {
  const least = fillingScale(size, side)
  const held = Math.max(scale, least)
  const hold = (offset: number, length: number) => {
    const most = Math.max(0, (length * held - side) / 2)
    return Math.min(most, Math.max(-most, offset))
  }
  return { scale: held, x: hold(x, size.width), y: hold(y, size.height) }
}

/** The part of the picture that the window shows, in the picture's own pixels. */
export function shownPart({ scale, x, y }: Placing, { width, height }: Size, side: number): { x: number; y: number; side: number } {
  const shown = side / scale
  return { x: width / 2 - x / scale - shown / 2, y: height / 2 - y / scale - shown / 2, side: shown }
}
