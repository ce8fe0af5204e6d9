/** Letters and digits of any script with hyphens between them, at most 60 characters: a name that every file system takes. */
export const slug = (text: string, otherwise: string) => {
  const plain = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return [...plain].slice(0, 60).join('').replace(/-+$/, '') || otherwise
}

/** `chart-<table>-<n>.svg`, with a number after the table's name where two tables share it. */
export function chartNames() {
  const taken = new Map<string, string>()
  const charts = new Map<string, number>()
  return (file: string): string => {
    let table = taken.get(file)
    if (table === undefined) {
      const plain = slug(file.replace(/\.[^.]+(?=$| \(\d+\)$)/, ''), 'table')
      table = plain
      for (let again = 2; [...taken.values()].includes(table); again += 1) table = `${plain}-${again}`
      taken.set(file, table)
    }
    const number = (charts.get(table) ?? 0) + 1
    charts.set(table, number)
    return `chart-${table}-${number}.svg`
  }
}
