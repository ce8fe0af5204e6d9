const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** `1 mission`, `1,200 missions`. */
export const counted = (count: number, one: string, many = `${one}s`) => `${whole.format(count)} ${count === 1 ? one : many}`

/** `Ada`, `Ada and Ben`, `Ada, Ben and Cleo`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
