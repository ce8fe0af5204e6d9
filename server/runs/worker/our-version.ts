import { readFileSync } from 'node:fs'

/** Of the program, as the page of workers shows it. */
export const ourVersion = (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }).version
