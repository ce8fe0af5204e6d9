import { crc32, createDeflateRaw } from 'node:zlib'
import { samplePdf } from '../../server/files/extract/sample-files.ts'
import { docxOf, xlsxOf } from './office.ts'
import { zipOf } from './zip.ts'

export type HostileFile = {
  name: string
  bytes: Uint8Array
  type: RegExp
  /** What is said of its text: the reason why there is none, or a pattern of the notes of what was read; `null` for what is not read at all. */
  reason?: RegExp
  notes?: RegExp
  /** What its text must have, and must not have. */
  has?: RegExp
  hasNot?: RegExp
}

const docx = /wordprocessingml/
const xlsx = /spreadsheetml/
const megabyte = 1024 * 1024

/** `megabytes` of one piece over and over, packed; without ever being in memory whole. */
async function packed(piece: string, megabytes: number, before = ''): Promise<{ packed: Uint8Array; size: number }> {
  const block = Buffer.from(piece.repeat(Math.ceil(megabyte / piece.length)))
  const deflate = createDeflateRaw()
  const parts: Buffer[] = []
  deflate.on('data', (part: Buffer) => parts.push(part))
  deflate.write(before)
  for (let n = 0; n < megabytes; n += 1) if (!deflate.write(block)) await new Promise((resolve) => deflate.once('drain', resolve))
  deflate.end()
  await new Promise((resolve) => deflate.once('end', resolve))
  return { packed: Buffer.concat(parts), size: Buffer.byteLength(before) + block.byteLength * megabytes }
}

async function bomb(name: string, part: string, piece: string, megabytes: number, claims?: number) {
  const { packed: bytes, size } = await packed(piece, megabytes)
  return zipOf([{ name: '[Content_Types].xml', content: '<Types/>' }, { name: part, content: '', packed: bytes, claims: claims ?? size }, { name: `${name}/x.xml`, content: 'x' }])
}

const doctype = (entities: string, use: string) =>
  `<?xml version="1.0"?><!DOCTYPE d [${entities}]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>before ${use} after</w:t></w:r></w:p></w:body></w:document>`
const withDocument = (xml: string) => zipOf([{ name: '[Content_Types].xml', content: '<Types/>' }, { name: 'word/document.xml', content: xml }])

const laughs = Array.from({ length: 10 }, (_, n) => `<!ENTITY l${n} "${n === 0 ? 'lol' : `&l${n - 1};`.repeat(10)}">`).join('')

/** A PNG that says it is 100 megapixels large. */
function largePicture(): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.byteLength)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const size = Buffer.alloc(13)
  size.writeUInt32BE(10_000, 0)
  size.writeUInt32BE(10_000, 4)
  size.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', size), chunk('IDAT', Buffer.from('789c03000000000100', 'hex')), chunk('IEND', Buffer.alloc(0))])
}

/** Files as somebody would make them to harm the server or who opens them, made on the spot. */
export async function hostileFiles(): Promise<HostileFile[]> {
  return [
    { name: 'bomb.docx', type: docx, bytes: await bomb('word', 'word/document.xml', ' ', 300), reason: /unpacks to more than 256 MB/ },
    { name: 'liar.docx', type: docx, bytes: await bomb('word', 'word/document.xml', ' ', 300, 1000), reason: /is damaged/ },
    { name: 'text bomb.docx', type: docx, bytes: await bomb('word', 'word/document.xml', `<w:p><w:r><w:t>${'lol'.repeat(12)}</w:t></w:r></w:p>`, 40), notes: /was read up to its first 8 million characters/ },
    { name: 'cells.xlsx', type: xlsx, bytes: await sheetBomb('<row><c><v>1</v></c></row>', 200), notes: /was read up to its first 8 million characters/ },
    { name: 'far cells.xlsx', type: xlsx, bytes: xlsxOf({ A: Array.from({ length: 50_000 }, (_, n) => `<row r="${n * 20 + 1}"><c r="XFD${n * 20 + 1}"><v>1</v></c><c r="BXX${n * 20 + 1}"><v>2</v></c></row>`).join('') }), notes: /has columns beyond the first 2,000/ },
    { name: 'one string.xlsx', type: xlsx, bytes: await stringBomb(200), has: /lollol/ },
    { name: 'laughs.docx', type: docx, bytes: withDocument(doctype(laughs, '&l9;')), has: /before .* after/, hasNot: /lollol/ },
    { name: 'outside.docx', type: docx, bytes: withDocument(doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', '&x;')), has: /before .* after/, hasNot: /root:/ },
    { name: 'deep.docx', type: docx, bytes: withDocument(`<w:document>${'<w:p>'.repeat(200_000)}`), reason: /is nested deeper/ },
    { name: 'many.docx', type: /zip|wordprocessingml/, bytes: zipOf(Array.from({ length: 60_000 }, (_, n) => ({ name: `${n}`, content: '' }))), reason: /holds 60,000 parts/ },
    { name: 'locked.docx', type: /cfb|wordprocessingml|octet|msword/, bytes: Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048), Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(512)]), reason: /^This file is protected by a password\.$/ },
    { name: 'locked.pdf', type: /pdf/, bytes: await samplePdf([['Secret.']], 'open sesame'), reason: /^This file is protected by a password\.$/ },
    { name: 'half.pdf', type: /pdf/, bytes: (await samplePdf([['Cut off.']])).subarray(0, 700), reason: /is broken/ },
    { name: 'deep.html', type: /html/, bytes: Buffer.from(`<!doctype html>${'<div>'.repeat(500_000)}end`), reason: /is nested deeper/ },
    { name: 'tables.html', type: /html/, bytes: Buffer.from(`<!doctype html>${'<table><tr><td>'.repeat(1_500)}end`), has: /end/ },
    { name: 'script.html', type: /html/, bytes: Buffer.from('<!doctype html><p>words</p><script>document.title = "run"; fetch("/api/v1/me")</script><img src=x onerror="document.title = \'run\'">'), has: /words/, hasNot: /script|fetch|onerror/ },
    { name: 'script.svg', type: /svg/, bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="document.title = \'run\'"><script>document.title = "run"</script><text>drawn</text></svg>') },
    { name: 'deep.rtf', type: /rtf/, bytes: Buffer.from(`{\\rtf1 ${'{'.repeat(300_000)}x`), reason: /is nested deeper/ },
    { name: 'deep.eml', type: /rfc822/, bytes: Buffer.from(Array.from({ length: 3_000 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join('')), reason: /./ },
    { name: 'open quote.csv', type: /csv/, bytes: Buffer.from(`a;b\n"${'1;2\n'.repeat(2_000_000)}`), has: /1,2/ },
    { name: 'one row.csv', type: /csv/, bytes: Buffer.from(`a;b\n${'1;'.repeat(5_000_000)}`), reason: /./ },
    { name: 'huge.png', type: /png/, bytes: largePicture() },
    { name: 'مرحبا \u202egnp.exe.txt', type: /plain/, bytes: Buffer.from('words'), has: /words/ },
    { name: 'nothing.txt', type: /octet/, bytes: Buffer.from([0, 1, 2, 3, 4, 250, 251, 252]), reason: /is not text in any encoding/ },
  ]
}

/** Of two parts of one name the later one counts. */
const withPart = async (sheet: string, name: string, piece: string, megabytes: number, before = '') => {
  const { packed: bytes, size } = await packed(piece, megabytes, before)
  return xlsxOf({ A: sheet }, { others: [{ name, content: '', packed: bytes, claims: size }] })
}
const sheetBomb = (rows: string, megabytes: number) => withPart('', 'xl/worksheets/sheet1.xml', rows, megabytes, '<worksheet><sheetData>')
const stringBomb = (megabytes: number) => withPart('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', 'xl/sharedStrings.xml', 'lol', megabytes, '<sst><si><t>')

/** A document that does no harm, to see that the server still reads one after all that. */
export const harmless = { name: 'fine.docx', bytes: docxOf('<w:p><w:r><w:t>All is well.</w:t></w:r></w:p>') }
