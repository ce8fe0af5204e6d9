/** A path of this server that a link or a form may send somebody to, or `/`: never another site, never out of the app. */
export const ownPath = (path: string | null | undefined): string =>
  path && /^\/(?![/\\])[^\s\\]*$/.test(path) ? path : '/'
