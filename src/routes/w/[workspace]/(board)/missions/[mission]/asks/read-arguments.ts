/** One argument of a call as a person reads it. `long`: it wants a place of its own. */
type Argument = { name: string; text: string; long: boolean }

const longFrom = 90

/** `file_name` and `fileName` as `File name`. */
export const nameWords = (name: string): string => {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ').trim().toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Reads what a model wants to call a tool with; `null` where that is no JSON object, and has to be shown as it is. */
export function readArguments(args: string): Argument[] | null {
  let value: unknown
  try {
    value = JSON.parse(args || '{}')
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return Object.entries(value).map(([name, given]) => {
    const text = typeof given === 'string' ? given : isList(given) ? given.join(', ') : JSON.stringify(given, null, 2)
    return { name, text, long: text.length > longFrom || text.includes('\n') }
  })
}

const isList = (value: unknown): value is (string | number)[] => Array.isArray(value) && value.every((each) => ['string', 'number'].includes(typeof each))

const lineLength = 160

/** The arguments in one line, without their names, for a row of the log. */
export function argumentsLine(args: string): string {
  const read = readArguments(args)
  const line = read ? read.map(({ text }) => text.replaceAll(/\s+/g, ' ').trim()).filter(Boolean).join(' · ') : args.replaceAll(/\s+/g, ' ')
  return line.length > lineLength ? `${line.slice(0, lineLength).trimEnd()}…` : line
}
