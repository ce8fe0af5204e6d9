import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { Server } from '@hocuspocus/server'
import * as Y from 'yjs'

// What one gets by following Hocuspocus's own guide: its server, and a table with the whole document in one row, stored
// after its default debounce. It acknowledges what is in memory only.
// Run as `node bench/peers/stock-hocuspocus.ts FOLDER [PORT] [DEBOUNCE]`; prints its address.

const [folder = '.', port = '0', debounce = '2000'] = process.argv.slice(2)
const database = new DatabaseSync(join(folder, 'stock.db'))
database.exec('pragma journal_mode = wal; create table if not exists documents (name text primary key, data blob not null)')
const load = database.prepare('select data from documents where name = ?')
const store = database.prepare('insert into documents (name, data) values (?, ?) on conflict (name) do update set data = excluded.data')

const server = new Server({
  port: Number(port),
  address: '127.0.0.1',
  debounce: Number(debounce),
  quiet: true,
  onLoadDocument: async ({ documentName, document }) => {
    const row = load.get(documentName)
    if (row?.data instanceof Uint8Array) Y.applyUpdate(document, row.data)
  },
  onStoreDocument: async ({ documentName, document }) => {
    store.run(documentName, Y.encodeStateAsUpdate(document))
    process.send?.('stored')
  },
})
await server.listen()
console.log(`Stock Hocuspocus is ready at http://127.0.0.1:${server.address.port}`)
// Whoever measures is gone, even by SIGKILL.
process.once('disconnect', () => process.exit())
