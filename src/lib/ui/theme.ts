export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** static/theme.js reads it too, before the first paint. */
const key = 'missions/theme'

export function readTheme(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(key)) ?? 'system'
  } catch {
    return 'system'
  }
}

/** On this device, at once; where nothing can be stored, until the page is left. */
export function chooseTheme(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    if (theme === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, theme)
  } catch {
    // The choice still holds on this page.
  }
}
