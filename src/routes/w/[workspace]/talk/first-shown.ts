/** More than this is not laid out at once, however much of it is new. */
const most = 200

/** Index of the first of `count` that is shown: the newest, and all that is new with a little before it. */
export const firstShown = (count: number, firstNew: number, atFirst: number): number =>
  Math.max(0, Math.min(count - atFirst, firstNew < 0 ? Infinity : Math.max(firstNew - 3, count - most)))
