/** Milliseconds, the same in all processes of a machine, and finer than whole ones. */
export const clock = () => performance.timeOrigin + performance.now()
