import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { docxOf, footnotes, pptxOf, xlsxOf } from '../../../tests/support/office.ts'
import { removeFolder, temporaryFolder } from '../../../tests/support/server.ts'
import { zipOf } from '../../../tests/support/zip.ts'
import { detectType } from '../file-type.ts'
import { NoText, type FileText } from './file-text.ts'
import { holdsText, readFileText } from './read-file-text.ts'
import { samplePdf } from './sample-files.ts'

let folder: string
beforeAll(() => { folder = temporaryFolder('texts') })
afterAll(() => removeFolder(folder))
let files = 0

async function read(name: string, content: string | Uint8Array): Promise<FileText> {
  const path = join(folder, `${files++}`)
  const bytes = Buffer.from(content)
  writeFileSync(path, bytes)
  const type = await detectType(name, bytes.subarray(0, 8192))
  expect(holdsText(type, name), type).toBe(true)
  return readFileText(path, name, type)
}
const markdown = async (name: string, content: string | Uint8Array) => (await read(name, content)).parts.map((part) => (part.kind === 'text' ? part.markdown : part.csv)).join('\n---\n')
const reason = (name: string, content: string | Uint8Array) => read(name, content).then(() => 'was read', (error: unknown) => (error instanceof NoText ? error.message : String(error)))
const paragraph = (text: string, about = '') => `<w:p><w:pPr>${about}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`

describe('a Word document', () => {
  test('gives headings, lists, tables and notes, in order', async () => {
    const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`
    expect(await markdown('letter.docx', docxOf([
      paragraph('Übersicht', '<w:pStyle w:val="berschrift1"/>'),
      `<w:p><w:r><w:t>Prices </w:t></w:r><w:r><w:t>rose &amp; fell</w:t></w:r><w:r><w:tab/><w:t>twice</w:t></w:r></w:p>`,
      paragraph('first point', '<w:numPr/>'),
      `<w:tbl><w:tr>${cell('day')}${cell('price | tax')}</w:tr><w:tr>${cell('monday')}${cell('3')}</w:tr></w:tbl>`,
      `<w:p><w:del><w:r><w:delText>taken back</w:delText></w:r></w:del><w:ins><w:r><w:t>put in</w:t></w:r></w:ins></w:p>`,
    ].join(''), footnotes('as far as we know')))).toBe([
      '# Übersicht', 'Prices rose & fell twice', '- first point', '| day | price \\| tax |\n| --- | --- |\n| monday | 3 |', 'put in', 'as far as we know',
    ].join('\n\n'))
  })

  test('says a text box once', async () => {
    const box = (text: string) => `<w:txbxContent>${paragraph(text)}</w:txbxContent>`
    expect(await markdown('box.docx', docxOf(`<w:p><w:r><w:t>around</w:t><mc:AlternateContent><mc:Choice>${box('inside')}</mc:Choice><mc:Fallback>${box('inside')}</mc:Fallback></mc:AlternateContent></w:r></w:p>`))).toBe('inside\n\naround')
  })

  test('of pictures only, protected, broken off or empty says so', async () => {
    expect(await reason('scan.docx', docxOf('<w:p/>', { name: 'word/media/image1.png', content: 'x' }))).toBe('has no text: it holds pictures only')
    expect(await reason('empty.docx', docxOf(''))).toBe('has no text in it')
    expect(await reason('broken.docx', docxOf(paragraph('x')).subarray(0, 300))).toMatch(/^is damaged/)
    expect(await reason('locked.docx', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1024), Buffer.from('EncryptedPackage', 'utf16le')]))).toBe('is protected by a password')
    expect(await reason('locked.docx', zipOf([{ name: 'word/document.xml', content: 'x', encrypted: true }]))).toBe('is protected by a password')
    expect(await reason('old.doc', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1024)]))).toMatch(/^is a document of an older Office format/)
  })
})

describe('a workbook', () => {
  const cell = (reference: string, value: string, about = '') => `<c r="${reference}" ${about}><v>${value}</v></c>`
  const row = (number: number, ...cells: string[]) => `<row r="${number}">${cells.join('')}</row>`

  test('gives each sheet as a table, with values as they are shown', async () => {
    const text = await read('book.xlsx', xlsxOf({
      Prices: row(1, cell('A1', '0', 't="s"'), cell('B1', '1', 't="s"'), cell('D1', 'x', 't="str"'))
        + row(2, cell('A2', '45292', 's="1"'), cell('B2', '0.30000000000000004'), cell('C2', '1', 't="b"'), cell('D2', '#DIV/0!', 't="e"'))
        + row(4, cell('A4', '45292.75', 's="2"'), '<c r="B4" t="inlineStr"><is><t>say "no", please</t></is></c>'),
      Nothing: '',
    }, { strings: ['<t>day</t>', '<r><t>price</t></r><r><t> now</t></r><rPh><t>プライス</t></rPh>'] }))
    expect(text.parts).toEqual([{ kind: 'table', title: 'Prices', csv: 'day,price now,,x\n2024-01-01,0.3,TRUE,#DIV/0!\n\n2024-01-01 18:00:00,"say ""no"", please"\n' }])
    expect(text.notes).toEqual(['has a sheet with nothing in it'])
  })

  test('counts days from 1904 where it says so, and knows the day that never was', async () => {
    const dates = (book: string, ...serials: string[]) => markdown('dates.xlsx', xlsxOf({ A: serials.map((serial, index) => row(index + 1, cell(`A${index + 1}`, serial, 's="1"'))).join('') }, { book }))
    expect(await dates('<workbookPr date1904="1"/>', '0', '43830')).toBe('00:00:00\n2024-01-01\n'.replace('00:00:00', '1904-01-01'))
    expect(await dates('', '1', '59', '61', '0.5', '9999999')).toBe('1900-01-01\n1900-02-28\n1900-03-01\n12:00:00\n9999999\n')
  })

  test('with nothing in it says so', async () => {
    expect(await reason('empty.xlsx', xlsxOf({ A: '' }))).toBe('has no cell with anything in it')
  })
})

test('a presentation gives a part for each slide, with its title', async () => {
  const shape = (text: string, type = 'body') => `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${type}"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`
  const text = await read('talk.pptx', pptxOf(shape('Prices', 'title') + shape('They rose.') + shape('1', 'sldNum'), '', shape('They fell.')))
  expect(text).toEqual({ pages: 3, notes: ['has a slide without text'], parts: [
    { kind: 'text', title: null, page: 1, markdown: '## Prices\n\nThey rose.' }, { kind: 'text', title: null, page: 3, markdown: 'They fell.' },
  ] })
})

describe('a page', () => {
  test('gives its words and its form, and nothing that runs', async () => {
    const page = await read('page.html', `<!doctype html><title>News &amp; more</title><style>p{color:red}</style><body onload="alert(1)"><h2>Prices</h2><p>They <b>rose</b><br>again.<script>alert('x')</script><ul><li>one<li>two</ul><table><tr><th>day<th>price<tr><td>monday<td>3</table><pre>a  b\n c</pre><svg><text>drawn</text></svg>`)
    expect(page.parts).toEqual([{ kind: 'text', title: 'News & more', page: null, markdown: ['## Prices', 'They rose again.', '- one', '- two', '| day | price |\n| --- | --- |\n| monday | 3 |', '```\na  b\n c\n```'].join('\n\n') }])
  })

  test('that is laid out by a table is no table', async () => {
    expect(await markdown('mail.html', '<!doctype html><table><tr><td><p>Dear all,</p><p>good news.</p></td></tr></table>')).toBe('Dear all, good news.')
  })
})

test('a rich text gives its words, whatever code page they are in', async () => {
  expect(await markdown('a.rtf', `{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}{\\*\\generator Writer;}\\pard Gr\\'fc\\'dfe\\par caf\\u233? \\{x\\}\\line\nnext\\par}`)).toBe('Grüße\n\ncafé {x}\nnext')
  expect(await markdown('j.rtf', `{\\rtf1\\ansi\\ansicpg932 \\'93\\'fa\\'96\\'7b\\par}`)).toBe('日本')
  expect(await reason('e.rtf', '{\\rtf1\\ansi}')).toBe('has no text in it')
})

test('a message gives who wrote what to whom, and names what is attached', async () => {
  const text = await read('mail.eml', ['From: Ada <ada@example.com>', 'To: ben@example.com', 'Subject: =?utf-8?B?UHJpY2VzIOKCrA==?=', 'Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: text/html; charset=iso-8859-1', 'Content-Transfer-Encoding: quoted-printable', '', '<p>They ros=E9.</p>', '--x', 'Content-Type: application/pdf; name=plan.pdf', 'Content-Disposition: attachment; filename=plan.pdf', '', 'xx', '--x--'].join('\r\n'))
  expect(text.parts[0]).toMatchObject({ markdown: 'From: Ada <ada@example.com>\nTo: ben@example.com\nSubject: Prices €\n\nThey rosé.' })
  expect(text.notes).toEqual(['has a file attached that was not read: plan.pdf'])
})

/** Cyrillic letters as KOI8-R has them, all else as it is. */
const koi8 = (text: string) => Buffer.from([...text].map((letter) => {
  const at = 'юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ'.indexOf(letter)
  return at < 0 ? letter.charCodeAt(0) : 0xc0 + at
}))

describe('plain text', () => {
  test.each<[string, Uint8Array, string]>([
    ['UTF-8 with a mark', Buffer.from('\ufeffGrüße'), 'Grüße'],
    ['UTF-16', Buffer.from('\ufeffGrüße aus dem Hafen', 'utf16le'), 'Grüße aus dem Hafen'],
    ['UTF-16, the other way round', Buffer.from('\ufeffGrüße aus dem Hafen', 'utf16le').swap16(), 'Grüße aus dem Hafen'],
    ['Windows-1252', Buffer.from('Die Größe der Häuser übertrifft für viele das Maß – schön', 'latin1').map((byte) => (byte === 0x13 ? 0x96 : byte)), 'Die Größe der Häuser übertrifft für viele das Maß – schön'],
    ['Shift-JIS', Buffer.from('93fa967b8cea82cc8365834c835883678374834083438b8b82c582b781428ba390a882c982c282a282c48f9182a282c482a082e882dc82b78142', 'hex'), '日本語のテキストファイ'],
    ['KOI8-R', koi8('Привет, мир! Этот текст на русском языке.'), 'Привет, мир! Этот текст на русском языке.'],
  ])('is read in its encoding: %s', async (_, bytes, expected) => {
    expect(await markdown('a.txt', bytes)).toContain(expected)
  })

  test('tables keep being tables, with commas between their cells', async () => {
    expect((await read('a.csv', 'day,price\nmonday,3\n')).parts).toEqual([{ kind: 'table', title: null, csv: 'day,price\nmonday,3\n' }])
    expect(await markdown('a.csv', 'day;price\nmonday;3,5\n"a;b";"c"\n')).toBe('day,price\nmonday,"3,5"\na;b,c\n')
    expect(await markdown('a.tsv', 'day\tprice\nmonday\t3\n')).toBe('day,price\nmonday,3\n')
    // A quotation mark that is never closed.
    expect(await markdown('a.csv', 'day;price\n"monday;3\ntuesday;4\n')).toBe('day,price\n"""monday",3\ntuesday,4\n')
  })

  test('what is none, or blank, says so', async () => {
    expect(await reason('a.txt', Buffer.from([0, 1, 2, 3, 4, 250, 251, 252])).catch(() => 'no type')).toBeTruthy()
    expect(await reason('a.md', ' \n\t ')).toBe('holds nothing but blank space')
  })
})

describe('a PDF', () => {
  test('gives a part for each page', async () => {
    expect((await read('a.pdf', await samplePdf([['First page.'], ['Second page.']]))).parts).toMatchObject([{ page: 1, markdown: 'First page.' }, { page: 2, markdown: 'Second page.' }])
  })
  test('with a password says so', async () => {
    expect(await reason('a.pdf', await samplePdf([['Secret.']], 'open sesame'))).toBe('is protected by a password')
    expect(await reason('a.pdf', '%PDF-1.7 nothing')).toMatch(/^is broken/)
  })
})

test.each([['image/png', 'a.png'], ['application/zip', 'a.zip'], ['audio/mpeg', 'a.mp3'], ['application/octet-stream', 'a.bin'], ['image/svg+xml', 'a.svg']])('%s is not looked into', (type, name) => {
  expect(holdsText(type, name)).toBe(false)
})
