/** Something the person at the other end can act on: the message says what happened, to what, and what to do. */
export class UserError extends Error {}
