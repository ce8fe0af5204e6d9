/**
 * Resolves in the next turn of the event loop. A promise that is kept already lets nobody else in: whoever has much to do does a little of it,
 * and awaits this, so that what came meanwhile (edits, timers, sockets) is served between.
 */
export const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))
