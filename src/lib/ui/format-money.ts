/** Money in millionths of a dollar, as people read it: `$0.00`, `under $0.01`, `$12.30`, `$1,240`. */
export function formatMoney(micros: number, locale: string = 'en-US'): string {
  const dollars = micros / 1_000_000
  const form = (value: number, digits: number) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
  if (dollars > 0 && dollars < 0.01) return `under ${form(0.01, 2)}`
  return form(dollars, dollars >= 1000 ? 0 : 2)
}

/** A count as it fits beside others: `940`, `12.4K`, `1.2M`. */
export const formatCount = (count: number, locale: string = 'en-US'): string =>
  new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: count < 1000 ? 0 : 1 }).format(count)
