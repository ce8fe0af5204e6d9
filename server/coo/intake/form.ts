/** What the columns of a pasted table, and the fields of a form, are called. */
export const columnWords = /^(?:#|id|nr\.?|no\.?|task|title|what|item|action|to ?do|description|details?|notes?|owner|assignee|assigned(?: to)?|who|person|responsible|due(?: date)?|(?:ready|needed|finish(?:ed)?) by|by|deadline|date|when|by when|until|priority|prio|status|state|project|size|effort|estimate|aufgabe|titel|wer|bis wann|fällig|frist|zuständig|priorität|projekt|beschreibung|tâche|qui|quand|échéance|responsable|priorité|projet|tarea|quién|cuándo|fecha|prioridad|proyecto|name|done\??|was|bis|quoi|qué|hasta|para cuándo)$/i
const named = /^\s*(?:[-*•]\s+)?\**([\p{L}#][\p{L} /?]{0,20}?)\**\s*:\**\s+(\S.*)$/u
const isTask = /^(?:task|title|what|item|action|to ?do|aufgabe|titel|tâche|titre|tarea|título)$/i

/** "Task: rework the price tags", "Owner: Bo", "Due: 12 Dec", each in a line: rows of a table, one for each task that it names. `null` where it is none. */
export function readForm(lines: readonly string[], from: number): { header: readonly string[]; rows: readonly (readonly string[])[]; next: number } | null {
  const records: Map<string, string>[] = []
  let next = from
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? ''
    if (line.trim() === '' && named.test(lines[next + 1] ?? '')) continue
    const [, key = '', value = ''] = named.exec(line) ?? []
    if (key === '' || !columnWords.test(key.trim())) break
    const last = records.at(-1)
    if (last && !last.has(key)) last.set(key, value)
    else records.push(new Map([[key, value]]))
  }
  const header = [...new Set(records.flatMap((record) => [...record.keys()]))]
  if (header.length < 2 || !header.some((key) => isTask.test(key))) return null
  return { header, rows: records.map((record) => header.map((key) => record.get(key) ?? '')), next }
}
