import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeFolder, temporaryFolder } from '../../tests/support/server.ts'
import { textBounds, textProcess } from './text-process.ts'

let folder: string
beforeAll(() => { folder = temporaryFolder('reader') })
afterAll(() => removeFolder(folder))

function file(name: string, content: string | Uint8Array) {
  const path = join(folder, name)
  writeFileSync(path, content)
  return { path, name, type: 'text/csv' }
}
/** Much to do, and much to hold. */
const slow = () => file('slow.csv', `a;b\n${'"x";"y"\n'.repeat(2_500_000)}`)

test('a file that takes too long, or too much, is given up with a reason, and the next one is read', async () => {
  const small = file('small.csv', 'day,price\nmonday,3\n')
  const hasty = textProcess({ ...textBounds, ms: 700 })
  expect(await hasty.read(slow())).toEqual({ ok: false, reason: 'takes longer to read than any file may' })
  await hasty.close()

  const poor = textProcess({ ...textBounds, heapMb: 40 })
  expect(await poor.read(slow())).toEqual({ ok: false, reason: 'needs more memory to be read than any file may' })
  expect(await poor.read(small)).toMatchObject({ ok: true })
  await poor.close()

  const watched = textProcess({ ...textBounds, residentMb: 100 })
  expect(await watched.read(slow())).toEqual({ ok: false, reason: 'needs more memory to be read than any file may' })
  await watched.close()
})

test('what goes wrong is no reason, and told apart from one', async () => {
  const reader = textProcess()
  expect(await reader.read({ path: join(folder, 'nowhere'), name: 'a.csv', type: 'text/csv' })).toMatchObject({ ok: false, failure: expect.stringMatching(/ENOENT/) })
  await reader.close()
})
