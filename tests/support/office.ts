import { zipOf, type ZipEntry } from './zip.ts'

// Office documents as small as they can be, with what a test puts into them.

const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const package_ = 'http://schemas.openxmlformats.org/package/2006'
const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const sheet = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relation}"`
const slide = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="${relation}"`

const xml = (text: string) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`
export const relations = (...targets: [id: string, type: string, target: string][]) => xml(
  `<Relationships xmlns="${package_}/relationships">${targets.map(([id, type, target]) => `<Relationship Id="${id}" Type="${relation}/${type}" Target="${target}"/>`).join('')}</Relationships>`)

const types: ZipEntry = { name: '[Content_Types].xml', content: xml(`<Types xmlns="${package_}/content-types"/>`) }
const root = (target: string): ZipEntry => ({ name: '_rels/.rels', content: relations(['rId1', 'officeDocument', target]) })

/** `body` is what stands in `w:body`. */
export const docxOf = (body: string, ...others: ZipEntry[]) => zipOf([
  types, root('word/document.xml'),
  { name: 'word/_rels/document.xml.rels', content: relations(['rId1', 'styles', 'styles.xml'], ['rId2', 'footnotes', 'footnotes.xml']) },
  { name: 'word/styles.xml', content: xml(`<w:styles ${word}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>`) },
  { name: 'word/document.xml', content: xml(`<w:document ${word}><w:body>${body}</w:body></w:document>`) },
  ...others,
])
export const footnotes = (text: string): ZipEntry => ({ name: 'word/footnotes.xml', content: xml(`<w:footnotes ${word}><w:footnote><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:footnote></w:footnotes>`) })

/** `sheets` by name: what stands in `sheetData`. Style 1 is a date, style 2 a date of one's own making. */
export const xlsxOf = (sheets: Record<string, string>, { strings = [] as string[], book = '', others = [] as ZipEntry[] } = {}) => {
  const names = Object.keys(sheets)
  return zipOf([
    types, root('xl/workbook.xml'),
    { name: 'xl/workbook.xml', content: xml(`<workbook ${sheet}>${book}<sheets>${names.map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`) },
    { name: 'xl/_rels/workbook.xml.rels', content: relations(...names.map((_, index): [string, string, string] => [`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`]), ['rIdS', 'sharedStrings', 'sharedStrings.xml'], ['rIdT', 'styles', '/xl/styles.xml']) },
    { name: 'xl/sharedStrings.xml', content: xml(`<sst ${sheet}>${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`) },
    { name: 'xl/styles.xml', content: xml(`<styleSheet ${sheet}><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy&quot;!&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>`) },
    ...names.map((name, index): ZipEntry => ({ name: `xl/worksheets/sheet${index + 1}.xml`, content: xml(`<worksheet ${sheet}><sheetData>${sheets[name]}</sheetData></worksheet>`) })),
    ...others,
  ])
}

/** A presentation of slides; each is what stands in its `p:spTree`. */
export const pptxOf = (...slides: string[]) => zipOf([
  types, root('ppt/presentation.xml'),
  { name: 'ppt/presentation.xml', content: xml(`<p:presentation ${slide}><p:sldIdLst>${slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index + 1}"/>`).join('')}</p:sldIdLst></p:presentation>`) },
  { name: 'ppt/_rels/presentation.xml.rels', content: relations(...slides.map((_, index): [string, string, string] => [`rId${index + 1}`, 'slide', `slides/slide${index + 1}.xml`])) },
  ...slides.map((tree, index): ZipEntry => ({ name: `ppt/slides/slide${index + 1}.xml`, content: xml(`<p:sld ${slide}><p:cSld><p:spTree>${tree}</p:spTree></p:cSld></p:sld>`) })),
])
