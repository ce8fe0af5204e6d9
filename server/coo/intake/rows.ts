import { readAsk } from './asks.ts'
import type { Block } from './blocks.ts'
import { findActors, findProjects } from './names.ts'
import type { Cells, Piece } from './piece.ts'
import type { Reading } from './reading.ts'

/** Whether a label is names and hardly anything else. */
export const nearlyAll = (label: string, mentions: readonly { at: number; end: number }[]) => {
  const covered = mentions.reduce((sum, { at, end }) => sum + end - at, 0)
  return covered > 0 && covered >= label.replace(/\b(?:for|project|projekt|projet|proyecto|für|pour|para)\b|[^\p{L}\p{N} ]/giu, '').trim().length - 1
}

const columns: readonly (readonly [keyof Cells | 'task' | 'details' | 'state' | 'number', RegExp])[] = [
  ['number', /^(?:#|id|nr\.?|no\.?)$/i],
  ['who', /^(?:owner|assignee|assigned(?: to)?|who|person|responsible|lead|wer|zuständig|verantwortlich|qui|responsable|quién)$/i],
  ['due', /^(?:due(?: date)?|(?:ready|needed|finish(?:ed)?) by|by|deadline|date|when|by when|until|fällig|frist|bis(?: wann)?|wann|termin|quand|échéance|date limite|cuándo|fecha(?: límite)?)$/i],
  ['priority', /^(?:priority|prio|priorität|priorité|prioridad|urgency)$/i],
  ['project', /^(?:project|projekt|projet|proyecto|area|stream)$/i],
  ['size', /^(?:size|effort|estimate|aufwand)$/i],
  ['after', /^(?:after|depends on|blocked by|needs|nach)$/i],
  ['state', /^(?:status|state|done\??|erledigt|statut|estado)$/i],
  ['details', /^(?:description|details?|notes?|comments?|remarks?|beschreibung|notizen|bemerkung|détails|remarques|descripción|notas)$/i],
  ['task', /^(?:task|title|what|item|action|to ?do|name|mission|issue|aufgabe|titel|was|tâche|titre|quoi|tarea|título|qué|thema|topic)$/i],
]

/** The rows of a table as pieces; of what is done already, its words. */
export function* readRows(table: Extract<Block, { kind: 'table' }>, reading: Reading): Generator<(Partial<Piece> & Pick<Piece, 'lead' | 'ask'>) | string> {
  const kinds = table.header.map((name) => columns.find(([, pattern]) => pattern.test(name.trim()))?.[0] ?? null)
  // A rule below the first row makes it a head; where it names somebody or a day, it is a row all the same.
  const isRow = kinds.every((kind) => kind === null) && table.header.some((cell) => nearlyAll(cell, findActors(cell, reading)) || dayName.test(cell))
  if (isRow) table = { ...table, header: [], rows: [table.header, ...table.rows] }
  const width = Math.max(...table.rows.map((row) => row.length))
  const longest = (row: readonly string[]) => row.reduce((best, cell, n) => cell.length > (row[best] ?? '').length ? n : best, 0)
  const taskAt = kinds.indexOf('task') >= 0 ? kinds.indexOf('task') : kinds.includes('details') ? kinds.indexOf('details') : null
  for (const row of table.rows) {
    const at = taskAt ?? longest(row)
    // "Soup" and "less salt" stand in two columns that say nothing else: both are what it is about.
    const about = taskAt === null && table.header.length > 0 ? kinds.flatMap((kind, n) => (kind === null && (row[n] ?? '').trim() !== '' ? [n] : [])) : []
    const isBoth = about.length === 2 && about.every((n) => (row[n] ?? '').length <= 40)
    const lead = isBoth ? about.map((n) => (row[n] ?? '').trim()).join(': ') : (row[at] ?? '').replace(/^\[[ xX]?\]\s*/, '')
    if (lead.trim() === '') continue
    const cells: Cells = {}
    const details: string[] = []
    let isDone = /^\[[xX]\]/.test(row[at] ?? '')
    let mark = ''
    for (let n = 0; n < width; n += 1) {
      const cell = (row[n] ?? '').trim()
      if (n === at || isBoth && about.includes(n) || cell === '' || /^[-–—]$/.test(cell)) continue
      const kind = kinds[n] ?? null
      if (kind === 'number') mark = cell
      else if (kind === 'state') isDone ||= /^(?:done|x|yes|✓|✔|✅|closed|complete[d]?|finished|erledigt|fertig|ja|fait|terminé|oui|hecho|sí)$/i.test(cell)
      else if (kind !== null && kind !== 'task' && kind !== 'details') cells[kind] = cell
      else if (kind === null && table.header.length === 0) guessCell(cell, cells, details, reading)
      else details.push(kind === 'details' || !table.header[n] ? cell : `${table.header[n]}: ${cell}`)
    }
    if (isDone) yield lead
    else yield { lead, ask: readAsk(lead, reading), cells, details, mark }
  }
}

const dayName = /^(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\.?$|^\d{1,2}[./]\d{1,2}/i

/** Of a table without a head: what a cell is, by what is in it. */
function guessCell(cell: string, cells: Cells, details: string[], reading: Reading) {
  const { request } = reading
  if (cells.who === undefined && nearlyAll(cell, findActors(cell, reading))) cells.who = cell
  else if (cells.project === undefined && nearlyAll(cell, findProjects(cell, request.projects, true))) cells.project = cell
  else if (cells.due === undefined && (/\d|day|week|month|tag|woche/i.test(cell) || dayName.test(cell)) && cell.length <= 20) cells.due = cell
  else if (cells.priority === undefined && /^(?:urgent|high|medium|low|p[0-3])$/i.test(cell)) cells.priority = cell
  else details.push(cell)
}
