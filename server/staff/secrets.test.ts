import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSecrets, secretKeyFile } from './secrets.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'missions-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('keys at rest', () => {
  test('what was encrypted is read again, also by the next process, and stands nowhere in what is stored', () => {
    const sealed = createSecrets(folder, null).encrypt('sk-very-secret', 'engine/w1')
    expect(Buffer.from(sealed).includes('sk-very-secret')).toBe(false)
    expect(createSecrets(folder, null).decrypt(sealed, 'engine/w1')).toBe('sk-very-secret')
  })

  test('a text is encrypted differently each time', () => {
    const secrets = createSecrets(folder, null)
    expect(Buffer.from(secrets.encrypt('a', 'x')).equals(secrets.encrypt('a', 'x'))).toBe(false)
  })

  test('the key is a file that only its owner reads, made when it is needed', () => {
    const secrets = createSecrets(folder, null)
    expect(secrets.decrypt(new Uint8Array(60), 'x')).toBeNull()
    expect(() => statSync(join(folder, secretKeyFile))).toThrow()
    secrets.encrypt('a', 'x')
    expect(statSync(join(folder, secretKeyFile)).mode & 0o777).toBe(0o600)
  })

  test('with the setting no file is written, and another setting reads nothing', () => {
    const sealed = createSecrets(folder, 'a setting that is long enough, 1').encrypt('sk', 'x')
    expect(() => statSync(join(folder, secretKeyFile))).toThrow()
    expect(createSecrets(folder, 'a setting that is long enough, 1').decrypt(sealed, 'x')).toBe('sk')
    expect(createSecrets(folder, 'a setting that is long enough, 2').decrypt(sealed, 'x')).toBeNull()
  })

  test('moved to another place, changed or cut off, it cannot be read', () => {
    const secrets = createSecrets(folder, null)
    const sealed = secrets.encrypt('sk', 'engine/w1')
    expect(secrets.decrypt(sealed, 'engine/w2')).toBeNull()
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Uint8Array.from(sealed)
      changed[at]! ^= 1
      expect(secrets.decrypt(changed, 'engine/w1'), `byte ${at}`).toBeNull()
      expect(secrets.decrypt(sealed.subarray(0, at), 'engine/w1'), `${at} bytes`).toBeNull()
    }
  })

  test('a key file that holds no key is said, and not written over', () => {
    writeFileSync(join(folder, secretKeyFile), 'short')
    expect(() => createSecrets(folder, null).encrypt('a', 'x')).toThrow(/does not hold a key/)
    expect(readFileSync(join(folder, secretKeyFile), 'utf8')).toBe('short')
  })
})
