import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createMission } from '#lib/board/edits.ts'
import type { MissionId } from '#lib/board/ids.ts'
import { boardDocument } from '#lib/sync/document-names.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { connect, type Client } from '../support/client.ts'
import { freePort, removeFolder, startServer, temporaryFolder, type RunningServer } from '../support/server.ts'
import { createToken, createWorkspace } from '../support/workspace.ts'

const servers: RunningServer[] = []
const clients: Client[] = []
const start = async (...args: Parameters<typeof startServer>) => {
  const server = await startServer(...args)
  servers.push(server)
  return server
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.end()
  for (const server of servers.splice(0)) await server.end()
})

describe('a start that cannot succeed says why, and what to do', () => {
  test('the port is taken', async () => {
    const port = await freePort()
    const other = createServer().listen(port, '127.0.0.1')
    await expect(start({ port })).rejects.toThrow(new RegExp(`Port ${port} is taken[^]*PORT=`))
    other.close()
  })

  test('the data folder cannot be written', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a file'), '')
    await expect(start({ dataDir: join(folder, 'a file') })).rejects.toThrow(/data folder .*a file cannot be written[^]*DATA_DIR/)
    removeFolder(folder)
  })

  test('a setting is wrong: its name and what it expects', async () => {
    await expect(start({ env: { DURABILITY: 'sometimes' } })).rejects.toThrow(/DURABILITY is "sometimes", but must be one of process, power/)
    await expect(start({ env: { ORIGIN: 'missions.example.com/board' } })).rejects.toThrow(/ORIGIN is .* but must be/)
  })

  test('the database is newer than the program', async () => {
    const first = await start()
    await first.stop()
    const database = new DatabaseSync(join(first.dataDir, 'missions.db'))
    database.prepare('insert into kysely_migration (name, timestamp) values (?, ?)').run('9999_from_the_future', '')
    database.close()
    await expect(start({ dataDir: first.dataDir })).rejects.toThrow(/newer version of Missions \(it knows 9999_from_the_future\)/)
  })
})

describe('a stop', () => {
  test('with people connected it ends in time with code 0, and what was acknowledged is there again', async () => {
    const server = await start()
    const { workspaceId } = await createWorkspace(server.dataDir)
    const { token, actorId } = await createToken(server.dataDir, workspaceId, 'member')
    const client = connect(server.wsUrl, boardDocument(workspaceId), { token })
    clients.push(client)
    await client.synced()
    createMission(client.document, { id: 'first' as MissionId, title: 'Survives' }, actorId, 1_700_000_000_000)
    await client.acknowledged()

    const from = Date.now()
    expect(await server.stop()).toBe(0)
    expect(Date.now() - from).toBeLessThan(5_000)

    await server.restart()
    const other = connect(server.wsUrl, boardDocument(workspaceId), { token })
    clients.push(other)
    await other.synced()
    expect(other.document.getMap('missions').toJSON()).toMatchObject({ first: { title: 'Survives' } })
    await client.synced()
  })
})

test('/healthz answers 200 to whoever asks', async () => {
  const server = await start()
  const answer = await fetch(`${server.url}/healthz`)
  expect([answer.status, await answer.text()]).toEqual([200, 'ok\n'])
})

test('connections outlive the pauses of a proxy in front', async () => {
  const server = await start()
  const answer = await fetch(`${server.url}/healthz`)
  expect(Number(/timeout=(\d+)/.exec(answer.headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(60)
})
