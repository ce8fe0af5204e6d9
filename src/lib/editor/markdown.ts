import type * as Y from 'yjs'
import { fromMarkdown } from './from-markdown.ts'
import { readRichText, writeRichText } from './rich-text.ts'
import { toMarkdown } from './to-markdown.ts'

/*
 * The server's way to rich text. It goes straight to Yjs: Lexical would cost the process 35 MB and half a second to load,
 * where these few files cost next to nothing. The tests hold them against Lexical itself.
 */

/** A description (`descriptionOf(doc)`) or any other rich text, as Markdown; '' if there is none. */
export const readMarkdown = (root: Y.XmlElement): string => toMarkdown(readRichText(root))

/** Replaces the text by this Markdown, in one transaction; whoever has it open sees it at once. */
export const writeMarkdown = (root: Y.XmlElement, markdown: string, origin: unknown = null) => writeRichText(root, fromMarkdown(markdown), origin)
