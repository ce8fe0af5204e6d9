import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { EngineSettings, ListedStaff, Tried } from '#lib/staff/answers.ts'
import { backUp } from '../../server/admin/backup.ts'
import { createEngineTasks } from '../../server/staff/engine-tasks.ts'
import { createSecrets, secretKeyFile } from '../../server/staff/secrets.ts'
import { harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { freePort, temporaryFolder } from '../support/server.ts'
import { scriptedModel, type ScriptedModel } from '../support/model.ts'

const key = 'sk-of-ours-4711-abcdefgh'
let here: Harbour
let model: ScriptedModel
let member: Somebody, viewer: Somebody

beforeAll(async () => {
  model = await scriptedModel()
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'trace' } })
  ;[member, viewer] = await Promise.all([here.member('member'), here.member('viewer')])
})
afterAll(async () => {
  await here.end()
  await model.stop()
})

type Answer = { settings: EngineSettings; error?: { code: string; message: string; field?: string } }
const path = () => `/workspaces/${here.workspaceId}/engine`
const settings = async (who = member) => (await here.api<Answer>(who, 'GET', path())).body.settings
const put = (fields: Record<string, unknown>, who = here.owner) => here.api<Answer>(who, 'PUT', path(), fields)
const attempt = async (fields: Record<string, unknown> = {}) => (await here.api<Tried>(here.owner, 'POST', `${path()}/test`, fields)).body
const listed = () => here.api<{ models: string[]; error?: { message: string } }>(member, 'GET', `${path()}/models`)

/** A server of models that answers every request alike, and keeps what it was asked with. */
async function provider(answer: { status: number; body: unknown }) {
  const keys: (string | undefined)[] = []
  const server = createServer((request, response) => {
    keys.push(request.headers.authorization)
    request.resume()
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(() => server.close())
  return { keys, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` }
}
const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

describe('the endpoint of models', () => {
  test('without any there are no models, and staff that need them say so', async () => {
    expect(await settings()).toEqual({ source: 'none', baseUrl: '', model: '', hasKey: false, prices: {} })
    expect((await listed()).status).toBe(502)
    await here.api(member, 'POST', `/workspaces/${here.workspaceId}/staff`, { name: 'Thinker', engine: 'openai' })
    const { staff } = (await here.api<{ staff: ListedStaff[] }>(viewer, 'GET', `/workspaces/${here.workspaceId}/staff`)).body
    expect(staff.map(({ name, state }) => [name, state])).toEqual([['Analyst', 'ready'], ['Thinker', 'no_engine']])
  })

  test('[STAFF6] owners alone set it, and whoever sets up staff sees it without the key', async () => {
    for (const who of [member, viewer]) {
      expect((await put({ baseUrl: model.baseUrl, model: 'gpt', apiKey: key }, who)).status).toBe(403)
      expect((await here.api(who, 'POST', `${path()}/test`, {})).status).toBe(403)
    }
    expect((await here.api(viewer, 'GET', path())).status).toBe(403)
    const elsewhere = (await here.workspace('Elsewhere')).owner
    expect((await put({ baseUrl: model.baseUrl, model: 'gpt' }, elsewhere)).status).toBe(404)
    const prices = { gpt: { input: 1.25, output: 10 } }
    expect((await put({ baseUrl: `${model.baseUrl}/`, model: ' gpt ', apiKey: key, prices })).body.settings).toEqual({ source: 'workspace', baseUrl: model.baseUrl, model: 'gpt', hasKey: true, prices })
    expect(await settings()).toMatchObject({ hasKey: true, model: 'gpt' })
    expect((await here.api<{ settings: EngineSettings }>(elsewhere, 'GET', path())).status).toBe(404)
  })

  test('[STAFF6] a key stands in no answer, no log, no file and no backup, but a worker gets it, also after a restart', async () => {
    await put({ baseUrl: model.baseUrl, model: 'gpt', apiKey: key })
    model.script('gpt', [{ say: 'yes' }])
    expect(await attempt()).toMatchObject({ ok: true, message: 'gpt answers.' })
    await here.server.restart()
    const everything = await Promise.all([here.api(here.owner, 'GET', path()), listed(), here.api(here.owner, 'GET', `/workspaces/${here.workspaceId}/activity`), here.api(here.owner, 'GET', `/workspaces/${here.workspaceId}/staff`)])
    for (const { text } of everything) expect(text).not.toContain(key)
    expect(here.server.logs()).not.toContain(key)
    for (const file of readdirSync(here.server.dataDir, { recursive: true, withFileTypes: true })) {
      if (file.isFile()) expect(readFileSync(join(file.parentPath, file.name)).includes(key), file.name).toBe(false)
    }
    const backup = join(temporaryFolder('backup'), 'backup.tar')
    await backUp(here.server.dataDir, backup, Date.now())
    const archive = readFileSync(backup)
    for (const part of [key, readFileSync(join(here.server.dataDir, secretKeyFile), 'utf8').trim()]) expect(archive.includes(part)).toBe(false)
    const tasks = createEngineTasks({ db: here.db, config: { models: null }, secrets: createSecrets(here.server.dataDir, null) })
    const staff = { workspace_id: here.workspaceId, engine: 'openai' as const, model: '' }
    expect(await tasks.engineOf(staff, true)).toEqual({ kind: 'openai', baseUrl: model.baseUrl, apiKey: key, model: 'gpt', prices: { gpt: { input: 1.25, output: 10 } } })
    expect(await tasks.engineOf({ ...staff, model: 'own' }, false)).toMatchObject({ apiKey: null, model: 'own' })
    const without = createEngineTasks({ db: here.db, config: { models: null }, secrets: createSecrets(here.server.dataDir, 'another key than the one it was made with') })
    expect(await without.engineOf(staff, true)).toBeNull()
    expect(readdirSync(here.server.dataDir)).toContain(secretKeyFile)
  })

  test('[STAFF6] a key goes only to the host that it was given for', async () => {
    const evil = await provider({ status: 200, body: { object: 'list', data: [] } })
    await put({ baseUrl: model.baseUrl, model: 'gpt', apiKey: key })
    await attempt({ baseUrl: evil.url, model: 'gpt' })
    await attempt({ baseUrl: evil.url, model: '' })
    expect((await put({ baseUrl: evil.url, model: 'gpt' })).body.settings.hasKey).toBe(false)
    await attempt()
    await listed()
    expect(evil.keys.length).toBeGreaterThanOrEqual(4)
    for (const sent of evil.keys) expect(sent).toBe('Bearer none')
    await put({ baseUrl: model.baseUrl, model: 'gpt' })
    expect(await settings()).toMatchObject({ hasKey: false })
  })

  test('a key that is left out stays, `null` takes it away, and prices stay unless others are given', async () => {
    await put({ baseUrl: model.baseUrl, model: 'a', apiKey: key, prices: { a: { input: 1, output: 2 } } })
    expect((await put({ baseUrl: `${model.baseUrl}/other`, model: 'b' })).body.settings).toMatchObject({ hasKey: true, model: 'b', prices: { a: { input: 1, output: 2 } } })
    expect((await put({ baseUrl: model.baseUrl, model: 'b', apiKey: null, prices: {} })).body.settings).toMatchObject({ hasKey: false, prices: {} })
  })

  test.each([
    [401, { error: { message: `Incorrect API key provided: ${key}.`, code: 'invalid_api_key' } }, 'Incorrect API key provided: •••.'],
    [404, { error: { message: 'The model `gpt` does not exist.' } }, 'The model `gpt` does not exist.'],
    [429, { error: { message: 'You exceeded your current quota.' } }, 'You exceeded your current quota.'],
    [500, { error: { message: 'The server had an error.' } }, 'The server had an error.'],
  ])('[STAFF6] a refusal with %i carries the words of the provider, without the key', async (status, body, words) => {
    const refusing = await provider({ status, body })
    const tried = await attempt({ baseUrl: refusing.url, apiKey: key, model: 'gpt' })
    expect(tried).toMatchObject({ ok: false })
    expect(tried.message).toContain(`(${status})`)
    expect(tried.message).toContain(words)
    expect(tried.message).not.toContain(key)
    expect(new Set(refusing.keys)).toEqual(new Set([`Bearer ${key}`]))
    expect((await attempt({ baseUrl: refusing.url, apiKey: key, model: '' })).message).toContain(words)
  })

  test('what is no endpoint of models is told from one', async () => {
    const nobody = await freePort()
    expect((await attempt({ baseUrl: `http://127.0.0.1:${nobody}/v1`, model: 'gpt' })).message).toBe(`Nobody listens at 127.0.0.1:${nobody}.`)
    expect((await attempt({ baseUrl: 'http://models.invalid/v1', model: 'gpt' })).message).toContain('There is no host models.invalid')
    const page = await provider({ status: 200, body: { hello: 'there' } })
    expect((await attempt({ baseUrl: page.url, model: 'gpt' })).message).toContain('not as a model does')
    const thinking = await provider({ status: 400, body: { error: { message: 'Could not finish the message because max_tokens or model output limit was reached.' } } })
    expect(await attempt({ baseUrl: thinking.url, model: 'gpt' })).toMatchObject({ ok: true })
  })

  test('models are listed from the endpoint', async () => {
    const with2 = await provider({ status: 200, body: { object: 'list', data: [{ id: 'zeta' }, { id: 'alpha' }] } })
    await put({ baseUrl: with2.url, model: '' })
    expect((await listed()).body).toEqual({ models: ['alpha', 'zeta'] })
    expect(await attempt()).toMatchObject({ ok: true, message: 'It answers, and lists 2 models. Choose one.', models: ['alpha', 'zeta'] })
    // Before anything of it is saved, and also where the model that was typed is none of them.
    await put({ baseUrl: model.baseUrl, model: 'standard' })
    expect(await attempt({ baseUrl: with2.url, model: 'none-of-them' })).toMatchObject({ ok: false, models: ['alpha', 'zeta'] })
  })

  test.each([
    ['baseUrl', {}], ['baseUrl', { baseUrl: 'ftp://x' }], ['baseUrl', { baseUrl: 'https://user:pass@example.com/v1' }], ['baseUrl', { baseUrl: 'https://example.com/v1?key=1' }], ['baseUrl', { baseUrl: 7 }],
    ['model', { model: 'x'.repeat(300) }], ['apiKey', { apiKey: 'two words' }], ['apiKey', { apiKey: '' }], ['apiKey', { apiKey: 'new\nline' }],
    ['prices', { prices: { gpt: { input: -1, output: 1 } } }], ['prices', { prices: { gpt: 3 } }], ['prices', { prices: [] }],
  ])('a bad %s is refused with words, and changes nothing', async (field, fields) => {
    await put({ baseUrl: model.baseUrl, model: 'kept' })
    const refused = await put(field === 'baseUrl' ? fields : { baseUrl: model.baseUrl, ...fields })
    expect(refused.status).toBe(400)
    expect(refused.body.error).toMatchObject({ code: 'invalid', field })
    expect(await settings()).toMatchObject({ model: 'kept' })
  })
})

describe('the environment', () => {
  test('it counts where an owner set nothing, keeps its key, and yields to what an owner sets', async () => {
    const own = await provider({ status: 200, body: { object: 'list', data: [] } })
    const there = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'error', OPENAI_API_KEY: key, OPENAI_BASE_URL: `${own.url}/`, OPENAI_MODEL: 'from-env', SECRET_KEY: 'a long enough secret of this installation' } })
    try {
      const engine = `/workspaces/${there.workspaceId}/engine`
      const read = async () => (await there.api<Answer>(there.owner, 'GET', engine)).body.settings
      expect(await read()).toEqual({ source: 'environment', baseUrl: own.url, model: 'from-env', hasKey: true, prices: {} })
      await there.api(there.owner, 'GET', `${engine}/models`)
      expect(own.keys).toEqual([`Bearer ${key}`])
      const other = await provider({ status: 200, body: { object: 'list', data: [] } })
      await there.api(there.owner, 'POST', `${engine}/test`, { baseUrl: other.url, model: '' })
      expect(other.keys).toEqual(['Bearer none'])
      // The same endpoint with a model and prices of the workspace's own: the key of the environment still opens it.
      await there.api(there.owner, 'PUT', engine, { baseUrl: own.url, model: 'mine' })
      expect(await read()).toMatchObject({ source: 'workspace', model: 'mine', hasKey: true })
      await there.api(there.owner, 'PUT', engine, { baseUrl: other.url, model: 'mine', apiKey: 'sk-owner-9876' })
      expect(await read()).toMatchObject({ source: 'workspace', baseUrl: other.url, hasKey: true })
      expect(readdirSync(there.server.dataDir)).not.toContain(secretKeyFile)
    } finally {
      await there.end()
    }
  })
})
