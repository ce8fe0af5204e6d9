/**
 * How rich text lies in Yjs, as the editor's binding writes it: under the root (a Y.XmlElement without a name or attributes)
 * one Y.XmlElement per Lexical node, named by its type, its properties as attributes wherever they differ from the node's defaults;
 * neighbouring text nodes share one Y.XmlText, told apart by formats. Nothing else may stand there: an editor cannot show
 * an element it does not know, and whoever admits writes refuses what is not in these lists.
 */
export const elementAttributes: Readonly<Record<string, readonly string[]>> = {
  paragraph: [],
  heading: ['__tag'],
  quote: [],
  list: ['__tag', '__listType', '__start', 's_mdListMarker'],
  listitem: ['__checked'],
  link: ['__url', '__title'],
  code: ['__language', 's_mdCodeFence', 's_mdCodeMeta'],
  linebreak: ['s_mdHardLineBreak'],
  table: [],
  tablerow: [],
  tablecell: ['__headerState'],
  image: ['__src', '__alt'],
  mention: ['__target', '__name'],
}

/** `p`: {__format: bits}; `t`: 'tab' for a tab; `i`: the run's number, which keeps Yjs from joining it with its neighbour. */
export const textFormats = ['p', 't', 'i'] as const

export const formatBit = { bold: 1, italic: 2, struck: 4, code: 16 } as const

/** A cell's `__headerState`; Markdown has a word for a header row and for no other. */
export const headerRow = 1

/** Headings and lists are `h1` and numbered when they do not say otherwise. */
export const headingTags = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const
