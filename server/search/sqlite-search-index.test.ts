import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { searchIndexContract } from './search-index.contract.ts'
import { sqliteSearchIndex } from './sqlite-search-index.ts'

searchIndexContract(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'search-'))
  // A file that is no index any more is made anew.
  writeFileSync(join(folder, 'search.db'), 'this is not a database, this is a letter to somebody')
  const index = sqliteSearchIndex(join(folder, 'search.db'))
  return { index, async end() {
    await index.close()
    rmSync(folder, { recursive: true })
  } }
})
