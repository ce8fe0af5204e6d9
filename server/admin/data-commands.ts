import { resolve } from 'node:path'
import { counted } from '#lib/wording.ts'
import { backUp } from './backup.ts'
import type { Command } from './command.ts'
import { anAdministrator } from '../activity/happening.ts'
import { migrations } from '../store/migrations.ts'
import { activityOf, openReadOnly, requireDatabase, withStore } from './data-folder.ts'
import { appliedMigrations } from './manifest.ts'
import { examine } from './doctor.ts'
import { rebuild } from './rebuild.ts'
import { rebuildSearch } from '../search/rebuild-search.ts'
import { restore } from './restore.ts'

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
const listed = (counts: Record<string, number>) =>
  ['workspaces', 'users', 'missions', 'runs', 'files'].map((name) => (counts[name] === 1 ? `1 ${name.slice(0, -1)}` : `${counts[name] ?? 0} ${name}`)).join(', ')

/** Says in the record of each workspace that it was backed up. A backup is no less one where that cannot be written. */
async function recordBackup(dataDir: string): Promise<string> {
  try {
    const sqlite = openReadOnly(requireDatabase(dataDir))
    const isOurs = appliedMigrations(sqlite).length === Object.keys(migrations).length
    sqlite.close()
    // A database of an older version is copied, not changed.
    if (!isOurs) return ''
    await withStore(dataDir, async (store) => {
      const activity = activityOf(store)
      for (const { id, name } of await store.db.selectFrom('workspaces').select(['id', 'name']).where('deleted_at', 'is', null).execute()) {
        activity.record({ workspaceId: id, kind: 'workspace.backed_up', actor: anAdministrator, subject: { kind: 'workspace', id, name }, projectId: null })
      }
      await activity.settled()
    })
    return ''
  } catch (error) {
    return `\nThe record of activity does not tell of it: ${error instanceof Error ? error.message : String(error)}`
  }
}

export const backupCommand: Command = {
  summary: 'Writes the database and all files into one archive. The server may keep running.',
  options: { to: 'the archive to write (.tar)' },
  async run({ to = '' }, dataDir) {
    const { file, bytes, manifest: { createdAt, counts, files, leftOut } } = await backUp(dataDir, to, Date.now())
    const missing = leftOut.map(({ path, why }) => `\nNot in the backup, because it is ${why} in the data folder: ${path}. See "npm run admin -- doctor".`)
    const unrecorded = await recordBackup(dataDir)
    return {
      json: { backup: { file, bytes, createdAt, counts, files: files.length, leftOut } },
      text: `Backed up ${listed(counts)} to ${file} (${megabytes(bytes)}).${missing.join('')}${unrecorded}`,
    }
  },
}

export const restoreCommand: Command = {
  summary: 'Restores an archive that backup wrote, into a data folder that is empty or does not exist.',
  options: { from: 'the archive to read' },
  async run({ from = '' }, dataDir) {
    const { createdAt, counts, files, leftOut } = await restore(resolve(from), dataDir)
    return {
      json: { restored: { dataDir, createdAt, counts, files: files.length, leftOut } },
      text: `Restored ${listed(counts)} into ${dataDir}, as they were at ${createdAt}.`,
    }
  },
}

export const rebuildCommand: Command = {
  summary: 'Makes the tables of missions, projects and docs again from the boards, and repairs what can be without loss. The server may keep running.',
  options: {},
  run: (_options, dataDir) => withStore(dataDir, async (store) => {
    const { failed, ...rebuilt } = await rebuild(store)
    const { owners, covered, entries, texts } = rebuilt
    const repairs = [
      ...owners > 0 ? [`\nFound the owners of ${counted(owners, 'client id')} in the log.`] : [],
      ...covered > 0 ? [`\nRemoved ${counted(covered, 'update')} that the snapshot of the document has as well.`] : [],
      ...entries > 0 ? [`\nNoted of ${counted(entries, 'document')} to which workspace it belongs.`] : [],
      ...texts > 0 ? [`\nForgot ${counted(texts, 'damaged text')} of files; the server reads them again when it starts.`] : [],
    ]
    const failures = failed.map(({ document, message }) => `\nThe document ${document} cannot be read: ${message}. See "npm run admin -- doctor".`)
    return {
      json: { rebuilt, failed },
      text: `Rebuilt ${rebuilt.missions} missions, ${rebuilt.projects} projects and ${rebuilt.docs} docs of ${rebuilt.workspaces} workspaces; ${rebuilt.changed} rows were not as on the boards.${[...repairs, ...failures].join('')}`,
      ...(failed.length > 0 && { exitCode: 1 }),
    }
  }),
}

export const rebuildSearchCommand: Command = {
  summary: 'Makes the search index again, place by place. The server may keep running, and goes on answering.',
  options: {},
  run: (_options, dataDir) => withStore(dataDir, async () => {
    const { failed, ...rebuilt } = await rebuildSearch(dataDir, requireDatabase(dataDir))
    const { places, items, gone, mended } = rebuilt
    const failures = failed.map(({ source, message }) => `\nNot indexed: ${source}: ${message}. See "npm run admin -- doctor".`)
    return {
      json: { rebuilt, failed },
      text: `Indexed ${counted(items, 'text')} of ${counted(places, 'place')}: missions, docs, chats and files${gone > 0 ? `, and removed ${gone} that ${gone === 1 ? 'is' : 'are'} not there any more` : ''}.${mended ? '\nThe words of the index were damaged; they are made anew.' : ''}${failures.join('')}`,
      ...(failed.length > 0 && { exitCode: 1 }),
    }
  }),
}

export const doctorCommand: Command = {
  summary: 'Examines everything stored and says what is wrong and what would repair it. Changes nothing.',
  options: {},
  async run(_options, dataDir) {
    const { checked, problems } = await examine(dataDir)
    const { documents, files, missions } = checked
    const examined = `Examined the database, ${documents} documents, ${missions} missions and ${files} versions of files.`
    return {
      json: { ok: problems.length === 0, checked, problems },
      text: problems.length === 0
        ? `${examined} All is well.`
        : `${examined} ${problems.length === 1 ? 'One thing is' : `${problems.length} things are`} wrong:\n`
          + problems.map(({ check, subject, message, repair }) => `- ${check} ${subject}: ${message}\n  ${repair}`).join('\n'),
      ...(problems.length > 0 && { exitCode: 1 }),
    }
  },
}
