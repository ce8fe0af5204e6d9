import { common, createLowlight } from 'lowlight'
import { linesOf, type HighlightAnswer, type HighlightRequest, type Token } from './highlight-lines.ts'
import { indentXml } from './indent-xml.ts'

const lowlight = createLowlight(common)

function formatted(text: string, format: HighlightRequest['format']): string {
  try {
    if (format === 'json') return JSON.stringify(JSON.parse(text), null, 2)
    if (format === 'xml') return indentXml(text)
  } catch {
    // What is not what it says stays as it is.
  }
  return text
}

const plain = (text: string): Token[][] => text.split('\n').map((line) => (line ? [[line, '']] : []))

self.onmessage = ({ data }: MessageEvent<HighlightRequest>) => {
  const text = formatted(data.text, data.format)
  let lines: Token[][]
  try {
    lines = data.language && lowlight.registered(data.language) ? linesOf(lowlight.highlight(data.language, text)) : plain(text)
  } catch {
    lines = plain(text)
  }
  postMessage({ lines, formatted: text !== data.text } satisfies HighlightAnswer)
}
