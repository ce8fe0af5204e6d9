import { createHash, randomBytes } from 'node:crypto'

/** 32 random bytes, base64url: what a link or an agent carries. */
export const newSecret = () => randomBytes(32).toString('base64url')

/** How a secret of ours is stored. It has 256 random bits, so a fast hash without salt is enough, and can be looked up. */
export const hashSecret = (secret: string) => createHash('sha256').update(secret).digest('hex')
