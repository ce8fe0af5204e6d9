const dayMs = 86_400_000

const local = (at: Date) => `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`

/** Days that are often meant, as calendar days where the reader is. `now` in epoch milliseconds. */
export function daysAhead(now: number): { name: string; day: string }[] {
  const today = new Date(now)
  // At noon, so that no change of the clocks makes it another day.
  today.setHours(12, 0, 0, 0)
  const ahead = (days: number) => local(new Date(today.getTime() + days * dayMs))
  const toFriday = (5 - today.getDay() + 7) % 7
  return [
    { name: 'Today', day: ahead(0) },
    { name: 'Tomorrow', day: ahead(1) },
    ...toFriday > 1 ? [{ name: 'Friday', day: ahead(toFriday) }] : [],
    { name: 'In a week', day: ahead(7) },
    { name: 'In two weeks', day: ahead(14) },
  ]
}
