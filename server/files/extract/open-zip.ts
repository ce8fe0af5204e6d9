import { Readable } from 'node:stream'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { NoText } from './file-text.ts'

/** What no document of this kind has, and what a bomb does: bytes that come out of the archive, and parts in it. */
const mostUnpacked = 256 * 1024 * 1024
const mostParts = 10_000

export type Zip = {
  has(name: string): boolean
  names(): Iterable<string>
  /** A part as a stream; throws NoText where the archive is larger than any document. */
  open(name: string): Promise<Readable>
  close(): void
}

const damaged = () => new NoText('is damaged: it begins like an archive and cannot be opened as one')

/** Opens the archive that a document is. Nothing is unpacked before it is asked for, and only as much as a document may have. */
export async function openZip(path: string): Promise<Zip> {
  // `validateEntrySizes` ends a part that unpacks to more than it announced.
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: false }, (error, opened) => (error ? reject(damaged()) : resolve(opened)))
  })
  try {
    if (zip.entryCount > mostParts) throw new NoText(`holds ${zip.entryCount.toLocaleString('en')} parts, more than any document has`)
    const entries = await listed(zip)
    let unpacked = 0
    return {
      has: (name) => entries.has(name),
      names: () => entries.keys(),
      async open(name) {
        const entry = entries.get(name)
        if (!entry) throw new NoText('is damaged: a part of it is missing')
        if (entry.isEncrypted()) throw new NoText('is protected by a password')
        unpacked += entry.uncompressedSize
        if (unpacked > mostUnpacked) throw new NoText(`unpacks to more than ${mostUnpacked / 1024 / 1024} MB, which no document of this kind does`)
        return await new Promise<Readable>((resolve, reject) => {
          zip.openReadStream(entry, (error, stream) => (error ? reject(damaged()) : resolve(stream)))
        })
      },
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

const listed = (zip: ZipFile) => new Promise<Map<string, Entry>>((resolve, reject) => {
  const entries = new Map<string, Entry>()
  zip.on('entry', (entry: Entry) => {
    entries.set(entry.fileName.replace(/\\/g, '/').replace(/^\//, ''), entry)
    if (entries.size > mostParts) reject(new NoText('holds more parts than any document has'))
    else zip.readEntry()
  })
  zip.once('end', () => resolve(entries))
  zip.once('error', () => reject(damaged()))
  zip.readEntry()
})
