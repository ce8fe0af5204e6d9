import type { Price } from '#lib/board/run-record.ts'

/** A price as it is typed. */
export type PriceRow = { name: string; input: string; output: string }

const amount = (text: string): number | null => {
  const value = Number(text.trim().replace(/^\$/, '').replace(',', '.'))
  return text.trim() !== '' && Number.isFinite(value) && value >= 0 ? value : null
}

/** Prices by model; a row without anything in it is left out. */
export function readPrices(rows: readonly PriceRow[]): { ok: true; prices: Record<string, Price> } | { ok: false; message: string } {
  const prices: Record<string, Price> = {}
  for (const row of rows) {
    const name = row.name.trim()
    if (name === '' && row.input.trim() === '' && row.output.trim() === '') continue
    if (name === '') return { ok: false, message: 'Say which model the price is of.' }
    if (Object.hasOwn(prices, name)) return { ok: false, message: `“${name}” has two prices.` }
    const [input, output] = [amount(row.input), amount(row.output)]
    if (input === null || output === null) return { ok: false, message: `The prices of “${name}” must be amounts in dollars, such as 0.15.` }
    prices[name] = { input, output }
  }
  return { ok: true, prices }
}
