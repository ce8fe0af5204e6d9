import type { EditorThemeClasses } from 'lexical'

/** Elements are styled by their tags (`.prose-missions`); these are the ones a tag does not tell apart. */
export const theme: EditorThemeClasses = {
  code: 'rich-code',
  tableCellSelected: 'rich-cell-selected',
  tableSelection: 'rich-table-selection',
  list: { nested: { listitem: 'rich-nested' } },
  text: { strikethrough: 'rich-struck', code: 'rich-inline-code' },
}
