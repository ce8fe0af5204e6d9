/** More than this is not laid out at once, however much of it is new. */
const most = 200
/** The older ones are shown when asked for: opening what much was said about costs about what opening any other does. */
export const shownAtFirst = 15
/** So few hidden ones are no reason for a button. */
const few = 3

/**
 * Index of the first of `count` that is shown: the newest, and all that is new with a little before it; of what is before those the
 * `earlier` that somebody asked for, and whatever it takes to have the one that the address leads to. An index of -1 is none.
 */
export const firstShown = (count: number, firstNew: number, atFirst: number, earlier = 0, linked = -1): number => {
  const first = Math.max(0, Math.min(count - atFirst, firstNew < 0 ? Infinity : Math.max(firstNew - 3, count - most)))
  const start = Math.max(0, Math.min(first - earlier, linked < 0 ? Infinity : linked))
  return start <= few ? 0 : start
}
