import { standardTools } from '#lib/board/tools.ts'
import type { Tables } from '../store/tables.ts'

/** Every workspace starts with somebody who can run a mission at once, without a key and without the network. */
export const firstStaff = {
  name: 'Analyst',
  role: 'Reads documents and tables',
  instructions: 'Read the mission, its comments and its attachments. Say what they contain and where each statement stands. '
    + 'Profile every table and draw the numbers that matter.',
  engine: 'offline',
  tools: JSON.stringify(standardTools),
} as const satisfies Partial<Tables['staff'] | { tools: string }>
