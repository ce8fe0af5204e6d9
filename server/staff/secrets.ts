import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../user-error.ts'

/** Where the key lies when there is no setting SECRET_KEY. */
export const secretKeyFile = 'secret.key'

const [version, ivBytes, tagBytes, keyBytes] = [1, 12, 16, 32]

export type Secrets = {
  /** `about` names the place it is for, such as `engine/<workspace>`: in any other it cannot be read. */
  encrypt(text: string, about: string): Uint8Array
  /** `null` where the key is another one now, or the bytes are not as they were written. */
  decrypt(sealed: Uint8Array, about: string): string | null
}

/** Keys of models and tools at rest: AES-256-GCM, with a key that is no part of the database, nor of a backup. */
export function createSecrets(dataDir: string, setting: string | null): Secrets {
  const file = join(dataDir, secretKeyFile)
  let known: Buffer | undefined

  function stored(): Buffer | null {
    let text: string
    try {
      text = readFileSync(file, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
    const bytes = Buffer.from(text.trim(), 'base64')
    if (bytes.length !== keyBytes) throw new UserError(`${file} does not hold a key. Put back the one that was there; without it the keys that owners set have to be set again, after removing this file.`)
    return bytes
  }

  /** On disk before anything is encrypted with it; of two processes that make one at once, the first one's counts. */
  function made(): Buffer {
    const bytes = randomBytes(keyBytes)
    try {
      const handle = openSync(file, 'wx', 0o600)
      try {
        writeSync(handle, `${bytes.toString('base64')}\n`)
        fsyncSync(handle)
      } finally {
        closeSync(handle)
      }
      return bytes
    } catch (error) {
      const others = (error as NodeJS.ErrnoException).code === 'EEXIST' ? stored() : null
      if (others) return others
      throw error
    }
  }

  function key(): Buffer | null {
    known ??= setting === null ? stored() ?? undefined : Buffer.from(hkdfSync('sha256', setting, '', 'missions: secrets at rest', keyBytes))
    return known ?? null
  }

  return {
    encrypt(text, about) {
      known = key() ?? made()
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', known, iv).setAAD(Buffer.from(about))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(version), iv, cipher.getAuthTag(), body])
    },
    decrypt(sealed, about) {
      const secret = key()
      const bytes = Buffer.from(sealed)
      if (!secret || bytes[0] !== version || bytes.length < 1 + ivBytes + tagBytes) return null
      const [iv, tag] = [bytes.subarray(1, 1 + ivBytes), bytes.subarray(1 + ivBytes, 1 + ivBytes + tagBytes)]
      try {
        const decipher = createDecipheriv('aes-256-gcm', secret, iv).setAAD(Buffer.from(about)).setAuthTag(tag)
        return Buffer.concat([decipher.update(bytes.subarray(1 + ivBytes + tagBytes)), decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
  }
}
