import fs from 'fs'
import os from 'os'
import path from 'path'

// The headless shell is what Playwright itself takes for tests: the same engine without a window, in a third of the time.
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const elsewhere = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

const isProgram = (file) => {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return fs.statSync(file).isFile()
  } catch (error) {
    return false
  }
}

/**
 * The path of a Chromium: CHROMIUM_PATH and nothing else when that is set, else one on PATH, else one that Playwright downloaded.
 * @returns {string | null}
 */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) return isProgram(chosen) ? chosen : null
  const folders = (process.env.PATH || '').split(path.delimiter).filter(Boolean)
  const candidates = names.map((name) => folders.map((folder) => path.join(folder, name)))
  return [].concat(...candidates, elsewhere, downloaded()).find(isProgram) || null
}

/** Where Playwright keeps its browsers, the newest first. */
function downloaded() {
  const home = os.homedir()
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH || {
    darwin: path.join(home, 'Library', 'Caches', 'ms-playwright'),
    win32: path.join(home, 'AppData', 'Local', 'ms-playwright'),
  }[process.platform] || path.join(home, '.cache', 'ms-playwright')
  if (!fs.existsSync(cache)) return []
  const revisions = fs.readdirSync(cache).filter((name) => /^chromium-\d+$/.test(name)).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
  const programs = ['chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium', 'chrome-win/chrome.exe',
    'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing']
  return [].concat(...revisions.map((revision) => programs.map((program) => path.join(cache, revision, program))))
}
