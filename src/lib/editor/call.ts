import type { Reference } from '../board/reference.ts'

/** How something is spoken of in a text: people and staff are called with an @. */
export const callOf = (reference: Reference | null, name: string) => (reference?.kind === 'person' || reference?.kind === 'staff' ? `@${name}` : name)
