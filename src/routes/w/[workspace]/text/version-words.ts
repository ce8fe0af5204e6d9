import type { Version } from '../../../../../server/versions/versions.ts'

/** What a version is called where nobody gave it a name. */
const kinds = {
  named: 'Saved version',
  pause: 'After a pause',
  run: 'Before a run',
  restore: 'Before a restore',
} as const satisfies Record<Version['kind'], string>

export const nameOf = ({ name, kind }: Pick<Version, 'name' | 'kind'>): string => name || kinds[kind]
