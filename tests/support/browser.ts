import type { LaunchOptions } from '@playwright/test'
import { findChromium } from '../../scripts/chromium.js'

/** How tests and measurements start Chromium: it must ask nobody for anything. */
export const launchOptions = (): LaunchOptions => ({
  executablePath: findChromium() ?? undefined,
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
})
