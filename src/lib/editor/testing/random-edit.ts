import { $createCodeNode } from '@lexical/code'
import { $toggleLink } from '@lexical/link'
import { $insertList, $isListItemNode, $removeList } from '@lexical/list'
import { $createHeadingNode, $createQuoteNode } from '@lexical/rich-text'
import { $setBlocksType } from '@lexical/selection'
import {
  $createParagraphNode,
  $createRangeSelection,
  $findMatchingParent,
  $createTextNode,
  $getRoot,
  $getSelection,
  $isDecoratorNode,
  $isElementNode,
  $isTextNode,
  $setSelection,
  type ElementNode,
  type LexicalNode,
  type RangeSelection,
} from 'lexical'
import { fromMarkdown } from '../from-markdown.ts'
import { $createImageNode, $isImageNode } from '../image-node.ts'
import { $createMentionNode } from '../mention-node.ts'
import { $step, $tableAtSelection, type TableStep } from '../tables.ts'
import { $blockNodes } from '../to-nodes.ts'
import type { Peer } from './peer.ts'
import type { Random } from './random.ts'

function places(node: ElementNode): LexicalNode[] {
  return node.getChildren().flatMap((child): LexicalNode[] => {
    if ($isTextNode(child)) return [child]
    if (!$isElementNode(child)) return []
    return child.isEmpty() ? [child] : child.getChildren().some($isDecoratorNode) ? [child, ...places(child)] : places(child)
  })
}

/** A caret never stands inside a pair of surrogates. */
const betweenCharacters = (text: string, offset: number) => (/[\ud800-\udbff]/.test(text[offset - 1] ?? '') ? offset - 1 : offset)

function $select(random: Random, wide: boolean): RangeSelection | null {
  const all = places($getRoot())
  if (all.length === 0) return null
  const selection = $createRangeSelection()
  const start = random.below(all.length)
  const end = wide ? Math.min(all.length - 1, start + random.below(3)) : start
  const offset = (node: LexicalNode) => ($isTextNode(node) ? betweenCharacters(node.getTextContent(), random.below(node.getTextContentSize() + 1)) : $isElementNode(node) ? random.below(node.getChildrenSize() + 1) : 0)
  const kind = (node: LexicalNode) => ($isTextNode(node) ? 'text' : 'element')
  const from = offset(all[start]!)
  const to = wide ? offset(all[end]!) : from
  selection.anchor.set(all[start]!.getKey(), from, kind(all[start]!))
  selection.focus.set(all[end]!.getKey(), to, kind(all[end]!))
  $setSelection(selection)
  return selection
}

const pasted = ['plain words', '# Title\n\ntext', '- one\n- two\n    - deep', '1. first\n2. second', '- [ ] open\n- [x] done', '> said', 'a [link](https://example.org) **bold** `code`', '```\nlet a\nlet b\n```', '```sql\nselect 1\n```',
  '| a | b |\n| --- | --- |\n| 1 | **2** |\n| 3 | [@Ada](missions://person/ada) |', '| | |\n| --- | --- |\n| x | y<br>z |', 'see ![plan](missions://file/f1) and [@Ada](missions://person/ada)', 'text\n\n| one |\n| --- |\n| two |\n\nmore']
const tableSteps: TableStep[] = ['row above', 'row below', 'row below', 'column left', 'column right', 'delete row', 'delete column', 'header row', 'delete table']
const islands = [() => $createMentionNode('missions://person/ada', 'Ada'), () => $createMentionNode('missions://mission/m1', 'Offer'), () => $createImageNode('missions://file/f1', ''), () => $createImageNode('missions://file/f2', 'A plan')]
const syllables = ['a', 'be', ' ', 'cat ', 'dog', '\u00e9', 'x y', '\u{1f600}', '\u{1f601}', '\u{1f602}\u{1f603}', '1']

const edits: [weight: number, edit: (random: Random) => void][] = [
  [40, (random) => $select(random, false)?.insertText(random.pick(syllables))],
  [12, (random) => $select(random, true)?.removeText()],
  [12, (random) => $select(random, false)?.insertParagraph()],
  [5, (random) => $select(random, false)?.insertLineBreak()],
  [12, (random) => $select(random, true)?.formatText(random.pick(['bold', 'italic', 'code', 'strikethrough'] as const))],
  [8, (random) => {
    const make = random.pick<() => ElementNode>([() => $createHeadingNode(random.pick(['h1', 'h2'] as const)), () => $createQuoteNode(), () => $createParagraphNode(), () => $createCodeNode()])
    $setBlocksType($select(random, true), make)
  }],
  [8, (random) => {
    if ($select(random, true)) $insertList(random.pick(['bullet', 'number', 'check'] as const))
  }],
  [2, (random) => {
    if ($select(random, true)) $removeList()
  }],
  [4, (random) => {
    const item = $findMatchingParent($select(random, false)?.anchor.getNode() ?? $getRoot(), $isListItemNode)
    if (item) random.chance(0.5) ? item.toggleChecked() : item.setIndent(random.below(3))
  }],
  [4, (random) => {
    if ($select(random, true)) $toggleLink(random.chance(0.7) ? `https://example.org/${random.below(5)}` : null)
  }],
  [4, (random) => {
    const nodes = $blockNodes(fromMarkdown(random.pick(pasted)))
    $select(random, true)?.insertNodes(nodes)
  }],
  [6, (random) => $select(random, true)?.insertNodes([random.pick(islands)(), ...(random.chance(0.5) ? [$createTextNode(' ')] : [])])],
  [2, (random) => {
    const selection = $select(random, false)
    const pictures = selection ? $getRoot().getAllTextNodes().flatMap((node) => node.getNextSiblings()).filter($isImageNode) : []
    if (pictures.length > 0) random.pick(pictures).setAlt(random.pick(['', 'A chart', 'Two people']))
  }],
  [10, (random) => {
    // Most of what is done to a table is done where there is one.
    for (let tries = 0; tries < 4; tries++) {
      const selection = $select(random, random.chance(0.3))
      const table = selection && $getSelection() && $tableAtSelection()
      if (table) return $step(table, random.pick(tableSteps))
    }
  }],
]
const total = edits.reduce((sum, [weight]) => sum + weight, 0)

/** One thing a person does: types, deletes, splits, formats, pastes, undoes. */
export function editAtRandom(peer: Peer, random: Random) {
  if (random.chance(0.08)) {
    if (random.chance(0.6)) peer.bound.undoManager.undo()
    else peer.bound.undoManager.redo()
    return
  }
  let at = random.below(total)
  const [, edit] = edits.find(([weight]) => (at -= weight) < 0)!
  peer.editor.update(() => edit(random), { discrete: true })
}
