import { clipped } from '#lib/wording.ts'

/** Characters that are not seen and change how the rest reads: controls, line breaks, marks and overrides of direction. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu
const longestName = 200

/** A name that is shown and saved safely: no folders, nothing unseen, 200 characters at most. */
export function cleanName(name: string): string {
  const base = name.toWellFormed().normalize('NFC').replace(unseen, '').split(/[\\/]/).at(-1)?.trim() ?? ''
  const cleaned = base.replace(/^[.\s]+/, '')
  if (cleaned.length <= longestName) return cleaned
  const extension = /\.[^.]{1,20}$/.exec(cleaned)?.[0] ?? ''
  return clipped(cleaned, longestName - extension.length) + extension
}

/** `report (2).pdf` for `report.pdf`, or whatever number is free. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name, extension = ''] = /^(.+?)(\.[^.]{1,20})?$/s.exec(name) ?? []
  for (let number = 2; ; number += 1) {
    const candidate = cleanName(`${stem} (${number})${extension}`)
    if (!taken.has(candidate)) return candidate
  }
}
