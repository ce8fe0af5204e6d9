import { expect, test } from 'vitest'
import { indentXml } from './indent-xml.ts'

test.each([
  ['elements', '<a><b>x</b><c/></a>', '<a>\n  <b>x</b>\n  <c/>\n</a>'],
  ['an end that stands alone', '<a></a>', '<a></a>'],
  ['declarations, comments and raw text', '<?xml version="1.0"?><!-- <b> --><a><![CDATA[<x>]]></a>', '<?xml version="1.0"?>\n<!-- <b> -->\n<a>\n  <![CDATA[<x>]]>\n</a>'],
  ['signs in attributes', '<a b="1 > 0"><c/></a>', '<a b="1 > 0">\n  <c/>\n</a>'],
  ['more ends than beginnings', '</a></b>', '</a>\n</b>'],
  ['what is no XML', '1 < 2', '1 \n<\n 2'.split('\n').map((line) => line.trim()).join('\n')],
])('%s', (_, source, indented) => expect(indentXml(source)).toBe(indented))
