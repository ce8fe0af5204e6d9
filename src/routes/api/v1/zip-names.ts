/** Names that some system keeps for itself, or takes for folders. */
const forbidden = /[<>:"/\\|?*\p{Cc}]/gu
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * A name for each file of an archive, which any system can unpack into one folder: no two are the same, not even where capitals or
 * composed letters do not count.
 */
export function zipNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const cleaned = name.normalize('NFC').replace(forbidden, '_').replace(/[. ]+$/, '') || 'file'
    const usable = reserved.test(cleaned) ? `_${cleaned}` : cleaned
    const [, stem = usable, extension = ''] = /^(.+?)(\.[^.]{1,20})?$/s.exec(usable) ?? []
    for (let number = 1; ; number++) {
      const candidate = number === 1 ? usable : `${stem} (${number})${extension}`
      const key = candidate.toLowerCase()
      if (taken.has(key)) continue
      taken.add(key)
      return candidate
    }
  })
}
