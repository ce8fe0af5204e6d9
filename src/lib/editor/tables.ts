import {
  $createTableNodeWithDimensions,
  $deleteTableColumnAtSelection,
  $deleteTableRowAtSelection,
  $findCellNode,
  $findTableNode,
  $getTableCellNodeFromLexicalNode,
  $getTableRowIndexFromTableCellNode,
  $insertTableColumnAtSelection,
  $insertTableRowAtSelection,
  $isTableCellNode,
  $isTableRowNode,
  $isTableSelection,
  registerTablePlugin,
  registerTableSelectionObserver,
  type TableNode,
  type TableRowNode,
} from '@lexical/table'
import {
  $createParagraphNode,
  $getSelection,
  $isParagraphNode,
  $isRangeSelection,
  COMMAND_PRIORITY_CRITICAL,
  KEY_DOWN_COMMAND,
  KEY_TAB_COMMAND,
  mergeRegister,
  type LexicalEditor,
} from 'lexical'
import { headerRow } from './shape.ts'

export type TableStep = 'row above' | 'row below' | 'column left' | 'column right' | 'delete row' | 'delete column' | 'delete table' | 'header row'

const $selected = () => {
  const selection = $getSelection()
  return $isRangeSelection(selection) || $isTableSelection(selection) ? selection : null
}
/** The table that all of the selection is in. */
export const $tableAtSelection = (): TableNode | null => {
  const selection = $selected()
  if (!selection) return null
  const [from, to] = [selection.anchor.getNode(), selection.focus.getNode()]
  const table = $findCellNode(from) && $findCellNode(to) ? $findTableNode(from) : null
  return table?.is($findTableNode(to)) ? table : null
}
const $firstRow = (table: TableNode) => table.getChildren().find($isTableRowNode)
const $cellsOfFirst = (table: TableNode) => $firstRow(table)?.getChildren().filter($isTableCellNode) ?? []

export const $hasHeader = (table: TableNode): boolean => {
  const cells = $cellsOfFirst(table)
  return cells.length > 0 && cells.every((cell) => (cell.getHeaderStyles() & headerRow) !== 0)
}

/** The row and the column of the cell that the caret is in, from 0. */
const $placeOfCaret = (): [row: number, column: number] => {
  const selection = $selected()
  const cell = selection && $findCellNode(selection.focus.getNode())
  return cell ? [$getTableRowIndexFromTableCellNode(cell), cell.getIndexWithinParent()] : [0, 0]
}

/** Puts a table where the caret is: in the place of an empty paragraph, else behind the block. The caret goes into its first cell. */
export const insertTable = (editor: LexicalEditor) => editor.update(() => {
  const selection = $selected()
  const block = selection && $tableAtSelection() === null ? selection.anchor.getNode().getTopLevelElement() : null
  if (!block) return
  const table = $createTableNodeWithDimensions(3, 3, { rows: true, columns: false })
  if ($isParagraphNode(block) && block.isEmpty()) block.replace(table)
  else block.insertAfter(table)
  // Somewhere to go on below it.
  if (table.getNextSibling() === null) table.insertAfter($createParagraphNode())
  table.getFirstChild<TableRowNode>()?.getFirstChild()?.selectStart()
})

/** Within an update. A table whose last row or column goes, goes itself. */
export function $step(table: TableNode, step: TableStep) {
  const hadHeader = $hasHeader(table)
  const keepHeader = () => {
    const latest = table.getLatest()
    if (!latest.isAttached()) return
    for (const cell of $cellsOfFirst(latest)) cell.setHeaderStyles(hadHeader ? headerRow : 0, 3)
  }
  // Lexical puts the caret into the first row of a column that comes or goes, where the next deletion would take the heads.
  const [caretRow, caretColumn] = $placeOfCaret()
  const stay = (row = caretRow, column = caretColumn) => {
    const rows = table.getLatest().getChildren().filter($isTableRowNode)
    const cells = rows[Math.min(row, rows.length - 1)]?.getChildren() ?? []
    cells[Math.min(column, cells.length - 1)]?.selectStart()
  }
  switch (step) {
    case 'row above': $insertTableRowAtSelection(false); keepHeader(); return stay()
    case 'row below': $insertTableRowAtSelection(true); keepHeader(); return stay(caretRow + 1)
    case 'column left': $insertTableColumnAtSelection(false); keepHeader(); return stay()
    case 'column right': $insertTableColumnAtSelection(true); keepHeader(); return stay(caretRow, caretColumn + 1)
    case 'delete row': $deleteTableRowAtSelection(); keepHeader(); return stay()
    case 'delete column': $deleteTableColumnAtSelection(); return stay()
    case 'header row': {
      for (const cell of $cellsOfFirst(table)) cell.setHeaderStyles(hadHeader ? 0 : headerRow, 3)
      return
    }
    case 'delete table': {
      const next = table.getNextSibling() ?? table.getPreviousSibling()
      table.remove()
      next?.selectStart()
    }
  }
}

/** Does this with the table the caret is in; nothing elsewhere. */
export const changeTable = (editor: LexicalEditor, step: TableStep) => editor.update(() => {
  const table = $tableAtSelection()
  if (table) $step(table, step)
})

/** With Alt and Shift, so that neither the system nor the browser takes the key. */
const keys: Record<string, TableStep> = { ArrowUp: 'row above', ArrowDown: 'row below', ArrowLeft: 'column left', ArrowRight: 'column right', Backspace: 'delete row', Delete: 'delete column' }
export const tableShortcuts: Partial<Record<TableStep, string>> = Object.fromEntries(Object.entries(keys).map(([key, step]) => [step, `alt+shift+${key.replace('Arrow', '').toLowerCase()}`]))

export const registerTables = (editor: LexicalEditor) => mergeRegister(
  registerTablePlugin(editor),
  registerTableSelectionObserver(editor, true),
  editor.registerCommand(KEY_DOWN_COMMAND, (event) => {
    const step = event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey ? keys[event.key] : undefined
    const table = step && $tableAtSelection()
    if (!step || !table) return false
    event.preventDefault()
    event.stopPropagation()
    $step(table, step)
    return true
  }, COMMAND_PRIORITY_CRITICAL),
  // Tab goes from cell to cell by Lexical; past the last one, it makes a row.
  editor.registerCommand(KEY_TAB_COMMAND, (event) => {
    const selection = $getSelection()
    if (event.shiftKey || !$isRangeSelection(selection)) return false
    const cell = $getTableCellNodeFromLexicalNode(selection.anchor.getNode())
    const table = cell && $findTableNode(cell)
    if (!cell || !table || cell.getNextSibling() !== null || $getTableRowIndexFromTableCellNode(cell) !== table.getChildrenSize() - 1) return false
    event.preventDefault()
    $step(table, 'row below')
    const last = table.getLatest().getLastChild()
    if ($isTableRowNode(last)) last.getFirstChild()?.selectStart()
    return true
  }, COMMAND_PRIORITY_CRITICAL),
)
