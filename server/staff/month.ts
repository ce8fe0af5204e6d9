/** The first moment of the calendar month, in UTC; epoch milliseconds. */
export function beginOfMonth(now: number): number {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}
