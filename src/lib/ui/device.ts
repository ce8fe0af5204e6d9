/** Order counts: most browsers also claim to be those further down. */
const browsers: [RegExp, string][] = [
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'], [/\bOPR\/|\bOPiOS\//, 'Opera'], [/\bSamsungBrowser\//, 'Samsung Internet'], [/\bVivaldi\//, 'Vivaldi'],
  [/\bFxiOS\/|\bFirefox\//, 'Firefox'], [/\bCriOS\/|Chrome\/|\bChromium\//, 'Chrome'], [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/\biPhone\b|\biPod\b/, 'iPhone'], [/\biPad\b/, 'iPad'], [/\bAndroid\b/, 'Android'], [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'], [/\bMacintosh\b|\bMac OS X\b/, 'macOS'], [/\bLinux\b|\bX11\b/, 'Linux'],
]

export type Device = { browser: string | null; system: string | null; isPhone: boolean }

/** What a browser says of itself in its User-Agent header, in words; it may say anything. */
export function readDevice(userAgent: string | null): Device {
  const find = (known: readonly [RegExp, string][]) => known.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? null
  const system = find(systems)
  return { browser: find(browsers), system, isPhone: system === 'iPhone' || (system === 'Android' && /\bMobile\b/.test(userAgent ?? '')) }
}

export function deviceWords(userAgent: string | null): string {
  const { browser, system } = readDevice(userAgent)
  if (browser && system) return `${browser} on ${system}`
  return browser ?? (system ? `A browser on ${system}` : 'An unknown browser')
}
