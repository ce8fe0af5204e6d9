import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { Server } from '@hocuspocus/server'
import * as Y from 'yjs'

// What one gets by following Hocuspocus's own guide: its server, and a table with the whole document in one row, stored
// after its default debounce. It acknowledges what is in memory only.
// Run as `node bench/peers/stock-hocuspocus.ts FOLDER`; prints its address.

const database = new DatabaseSync(join(process.argv[2] ?? '.', 'stock.db'))
database.exec('pragma journal_mode = wal; create table if not exists documents (name text primary key, data blob not null)')
const load = database.prepare('select data from documents where name = ?')
const store = database.prepare('insert into documents (name, data) values (?, ?) on conflict (name) do update set data = excluded.data')

const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  stopOnSignals: false,
  onLoadDocument: async ({ documentName, document }) => {
    const row = load.get(documentName)
    if (row?.data instanceof Uint8Array) Y.applyUpdate(document, row.data)
  },
  onStoreDocument: async ({ documentName, document }) => {
    store.run(documentName, Y.encodeStateAsUpdate(document))
  },
})
await server.listen()
console.log(`Stock Hocuspocus is ready at http://127.0.0.1:${server.address.port}`)
process.on('SIGTERM', () => process.exit(0))
