import type { Column, TableProfile } from './table-profile.ts'

/** What the columns of a table are good for. Columns that were asked to be left out are in none of these. */
export type Roles = {
  measures: Column[]
  dates: Column[]
  /** Columns that part the rows into 2 to 40 groups. */
  groups: Column[]
  /** The column that names a row, if one does. */
  label: Column | null
}

const isOrdinalName = /(^|[\s_-])(month|quarter|week|weekday|day|hour|year|grade|level|class|size|rank|stars|rating|floor|age group)s?$/i

/** Whole numbers of few kinds, such as a month or a party's size, part rows as well as words do. */
export const isOrdinal = (column: Column) =>
  column.type === 'number'
  && column.tally.whole
  && !column.tally.overflow
  && isOrdinalName.test(column.name)
  && column.tally.values.size <= 31

/** The mean of latitudes says nothing. */
const isPlaceName = /^(lat|lon|lng|latitude|longitude)$/i

export function rolesOf(profile: TableProfile, leftOut: (name: string) => boolean): Roles {
  const columns = profile.columns.filter((column) => !leftOut(column.name))
  const varies = (column: Column) => column.tally.overflow || column.tally.values.size > 1
  const fewKinds = (column: Column) => !column.tally.overflow && column.tally.values.size >= 2 && column.tally.values.size <= 40
  const filled = (column: Column) => column.tally.cells - column.tally.missing
  const unique = (column: Column) =>
    !column.tally.overflow
      ? column.tally.values.size >= filled(column) * 0.95
      : new Set(profile.sample.map(({ cells }) => cells[column.index])).size >= profile.sample.length * 0.95
  return {
    measures: columns.filter((column) => column.type === 'number' && varies(column) && !isPlaceName.test(column.name)),
    dates: columns.filter((column) => column.type === 'date' && varies(column)),
    groups: columns.filter((column) => (column.type === 'category' || isOrdinal(column)) && fewKinds(column)),
    label:
      columns.find(
        (column) => /^(text|category)$/.test(column.type) && unique(column) && column.tally.letters / Math.max(1, filled(column)) <= 60,
      ) ?? null,
  }
}
