let chosen: string | undefined

/** The reader's time zone where it is not the browser's: what dates in words are told in. Only in a browser, which has one reader. */
export const chooseTimeZone = (name: string | null) => {
  chosen = name ?? undefined
}

export const timeZone = (): string | undefined => chosen
