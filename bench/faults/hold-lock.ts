import { DatabaseSync } from 'node:sqlite'

// Another program that keeps a database to itself, as a backup tool or a file browser may, until it is ended.
// Run as `node bench/faults/hold-lock.ts FILE`; prints a line when it has the lock.

const sqlite = new DatabaseSync(process.argv[2] ?? '', { timeout: 10_000 })
sqlite.exec('begin exclusive')
console.log('held')
process.once('disconnect', () => process.exit())
setInterval(() => {}, 60_000)
