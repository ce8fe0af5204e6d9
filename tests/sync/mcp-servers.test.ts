import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Staff } from '#lib/board/staff.ts'
import type { McpServer, McpTool, Tried } from '#lib/staff/answers.ts'
import { createEngineTasks } from '../../server/staff/engine-tasks.ts'
import { createSecrets } from '../../server/staff/secrets.ts'
import { eventually, harbour, type Harbour, type Somebody } from '../support/harbour.ts'
import { bareEnvironment, freePort, removeFolder, temporaryFolder } from '../support/server.ts'

const everything = fileURLToPath(new URL('../../node_modules/@modelcontextprotocol/server-everything/dist/index.js', import.meta.url))
const secret = 'token-of-the-tools-0815'
let here: Harbour
let member: Somebody, viewer: Somebody
let http: ChildProcess
let httpUrl: string

beforeAll(async () => {
  here = await harbour({ env: { WORKER: 'off', LOG_LEVEL: 'trace', OPENAI_API_KEY: 'sk-of-the-environment' } })
  ;[member, viewer] = await Promise.all([here.member('member'), here.member('viewer')])
  const port = await freePort()
  http = spawn(process.execPath, [everything, 'streamableHttp'], { env: { ...bareEnvironment(), PORT: String(port) }, stdio: 'ignore' })
  httpUrl = `http://127.0.0.1:${port}/mcp`
  await eventually('the tool server listens', () => fetch(httpUrl).then(() => true, () => false), 20_000)
})
afterAll(async () => {
  http.kill('SIGKILL')
  await here.end()
})

type Answer = { server: McpServer; error?: { code: string; message: string; field?: string } }
const path = () => `/workspaces/${here.workspaceId}/mcp-servers`
const add = (fields: Record<string, unknown>, who = here.owner) => here.api<Answer>(who, 'POST', path(), fields)
const change = (id: string, fields: Record<string, unknown>, who = here.owner) => here.api<Answer>(who, 'PATCH', `/mcp-servers/${id}`, fields)
const attempt = (id: string, who = here.owner) => here.api<Tried & { tools: McpTool[]; error?: { message: string } }>(who, 'POST', `/mcp-servers/${id}/test`, {})
const list = async (who = here.owner) => (await here.api<{ servers: McpServer[] }>(who, 'GET', path())).body.servers
let names = 0
const program = (fields: Record<string, unknown> = {}) => ({ name: `tools${names++}`, transport: 'stdio', command: process.execPath, args: [everything], ...fields })
const tasks = () => createEngineTasks({ db: here.db, config: { models: null }, secrets: createSecrets(here.server.dataDir, null) })

describe('servers of tools', () => {
  test('a program of somebody else’s is started, asked for its tools, and ended', async () => {
    const { server } = (await add(program())).body
    const { body } = await attempt(server.id)
    expect(body).toMatchObject({ ok: true, message: expect.stringMatching(/answers, with \d+ tools\.$/) })
    expect(body.tools.map(({ name }) => name)).toContain('echo')
    expect(body.tools.find(({ name }) => name === 'echo')?.description).not.toBe('')
    await eventually('it has ended', () => runningPrograms().length === 0)
  })

  test('one at an address is asked over HTTP', async () => {
    const { server } = (await add({ name: 'remote', transport: 'http', url: httpUrl, secrets: { 'x-api-key': secret } })).body
    expect(server).toMatchObject({ url: httpUrl, secretNames: ['x-api-key'], command: '', args: [] })
    expect((await attempt(server.id)).body).toMatchObject({ ok: true })
  })

  test('[STAFF6] a program gets its own secrets and no key of ours', async () => {
    const folder = temporaryFolder('tools')
    const script = join(folder, 'tell.mjs')
    writeFileSync(script, `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(join(folder, 'seen.json'))}, JSON.stringify(process.env))\nconsole.error('broken with ' + process.env.TOOL_TOKEN)\nprocess.exit(3)\n`)
    const { server } = (await add(program({ args: [script], secrets: { TOOL_TOKEN: secret } }))).body
    const { body } = await attempt(server.id)
    expect(body).toMatchObject({ ok: false, tools: [] })
    expect(body.message).toContain('It wrote: broken with •••')
    const seen = JSON.parse(readFileSync(join(folder, 'seen.json'), 'utf8')) as Record<string, string>
    expect(seen.TOOL_TOKEN).toBe(secret)
    expect(JSON.stringify(seen)).not.toContain('sk-of-the-environment')
    expect(seen).not.toHaveProperty('DATA_DIR')
    removeFolder(folder)
  })

  test('[STAFF6] owners alone say what is run; others learn the names, and run only what an owner switched on', async () => {
    const { server } = (await add(program({ secrets: { TOKEN: secret } }))).body
    for (const who of [member, viewer]) {
      expect((await add(program(), who)).status).toBe(403)
      expect((await change(server.id, { command: '/bin/true' }, who)).status).toBe(403)
      expect((await here.api(who, 'DELETE', `/mcp-servers/${server.id}`)).status).toBe(403)
    }
    expect((await here.api(viewer, 'GET', path())).status).toBe(403)
    expect((await attempt(server.id, viewer)).status).toBe(403)
    expect((await list(member)).find(({ id }) => id === server.id)).toEqual({ ...server, command: '', args: [], url: '', secretNames: [] })
    expect((await attempt(server.id, member)).body.ok).toBe(true)
    await change(server.id, { enabled: false })
    expect((await attempt(server.id, member)).status).toBe(403)
    expect((await attempt(server.id)).body.ok).toBe(true)
    const elsewhere = (await here.workspace('Elsewhere')).owner
    expect((await change(server.id, { enabled: true }, elsewhere)).text).toBe((await change('nothing', {}, here.owner)).text)
  })

  test('[STAFF6] secrets stand in no answer, log or file, stay when they are left out, and do not follow to another program or host', async () => {
    const { server } = (await add({ name: 'guarded', transport: 'http', url: httpUrl, secrets: { authorization: `Bearer ${secret}` } })).body
    expect((await change(server.id, { name: 'guarded2' })).body.server).toMatchObject({ name: 'guarded2', secretNames: ['authorization'] })
    expect((await change(server.id, { url: httpUrl.replace('/mcp', '/other') })).status).toBe(200)
    for (const fields of [{ url: 'http://127.0.0.1:9/mcp' }, { transport: 'stdio', command: 'env' }]) {
      expect((await change(server.id, fields)).body.error).toMatchObject({ code: 'invalid', field: 'secrets' })
    }
    expect((await change(server.id, { url: 'http://127.0.0.1:9/mcp', secrets: {} })).body.server.secretNames).toEqual([])
    const started = (await add(program({ secrets: { TOKEN: secret } }))).body.server
    expect((await change(started.id, { args: ['-e', 'console.error(process.env.TOKEN)'] })).body.error?.field).toBe('secrets')
    for (const { text } of [await here.api(here.owner, 'GET', path()), await here.api(here.owner, 'GET', `/workspaces/${here.workspaceId}/activity`)]) expect(text).not.toContain(secret)
    expect(here.server.logs()).not.toContain(secret)
    for (const file of readdirSync(here.server.dataDir, { recursive: true, withFileTypes: true })) {
      if (file.isFile()) expect(readFileSync(join(file.parentPath, file.name)).includes(secret), file.name).toBe(false)
    }
  })

  test('a worker gets the servers that its staff member has tools of, with their secrets; names follow, and what is gone is gone', async () => {
    const { server } = (await add(program({ name: 'calc', secrets: { TOKEN: secret } }))).body
    const made = await here.api<{ staff: Staff; error?: { message: string } }>(member, 'POST', `/workspaces/${here.workspaceId}/staff`, { name: 'Calculator', engine: 'offline', tools: ['search', 'calc/add', 'calc/echo'], alwaysAllowed: ['calc/add'] })
    expect(made.status).toBe(201)
    const { id } = made.body.staff
    const row = () => here.db.selectFrom('staff').select(['workspace_id', 'tools', 'always_allowed']).where('id', '=', id).executeTakeFirstOrThrow()
    expect(await tasks().mcpOf(await row())).toEqual([{ id: server.id, name: 'calc', transport: 'stdio', command: process.execPath, args: [everything], env: { TOKEN: secret }, tools: ['add', 'echo'] }])
    expect(await tasks().mcpOf({ workspace_id: here.workspaceId, tools: '["search"]' })).toEqual([])
    await change(server.id, { name: 'sums' })
    expect(await row()).toMatchObject({ tools: '["search","sums/add","sums/echo"]', always_allowed: '["sums/add"]' })
    await change(server.id, { enabled: false })
    expect(await tasks().mcpOf(await row())).toEqual([])
    expect((await here.api(here.owner, 'DELETE', `/mcp-servers/${server.id}`)).status).toBe(200)
    expect(await row()).toMatchObject({ tools: '["search"]', always_allowed: '[]' })
    expect((await here.api(here.owner, 'DELETE', `/mcp-servers/${server.id}`)).status).toBe(404)
  })

  test('what is no tool server is said in words', async () => {
    const page = createServer((_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()).listen(0, '127.0.0.1')
    await once(page, 'listening')
    const at = (fields: Record<string, unknown>) => add({ name: `bad${names++}`, ...fields }).then(({ body }) => attempt(body.server.id)).then(({ body }) => body)
    const nobody = await freePort()
    expect((await at({ transport: 'stdio', command: 'no-such-program' })).message).toBe('There is no program “no-such-program” on this machine.')
    expect((await at({ transport: 'stdio', command: 'true' })).message).toContain('did not answer as a tool server')
    expect((await at({ transport: 'http', url: `http://127.0.0.1:${nobody}/mcp` })).message).toBe(`Nobody listens at 127.0.0.1:${nobody}.`)
    expect((await at({ transport: 'http', url: `http://127.0.0.1:${(page.address() as AddressInfo).port}/`, secrets: { 'x-key': secret } })).message).toContain('sends callers on to another address')
    page.close()
  })

  test.each([
    ['name', { name: 'Two Words' }], ['name', { name: 'a/b' }], ['name', { name: undefined }], ['transport', { transport: 'pigeon' }], ['command', { command: undefined }], ['command', { command: ' ' }], ['args', { args: 'x' }], ['args', { args: ['a\0b'] }],
    ['url', { transport: 'http', url: 'file:///etc/passwd' }], ['url', { transport: 'http' }], ['secrets', { secrets: { 'bad name': 'x' } }], ['secrets', { secrets: { A: 'two\r\nlines' } }], ['secrets', { secrets: ['x'] }],
  ])('a bad %s is refused with words', async (field, fields) => {
    const before = (await list()).length
    expect((await add({ ...program(), ...fields })).body.error).toMatchObject({ code: 'invalid', field })
    expect(await list()).toHaveLength(before)
  })

  test('two servers of one name could not be told apart', async () => {
    const made = await Promise.all([1, 2].map(() => add(program({ name: 'twin' }))))
    expect(made.map(({ status }) => status).sort()).toEqual([201, 409])
  })
})

describe('hosts that staff may fetch', () => {
  const allowed = () => `/workspaces/${here.workspaceId}/fetch-allowed`
  const set = (hosts: unknown, who = here.owner) => here.api<{ hosts: string[]; error?: { field: string } }>(who, 'PUT', allowed(), { hosts })

  test('none at first; owners alone allow them', async () => {
    expect((await here.api(viewer, 'GET', allowed())).body).toEqual({ hosts: [] })
    expect((await set(['example.com'], member)).status).toBe(403)
    expect((await set([' Example.COM', '*.docs.example.org', 'bücher.example', 'example.com'])).body).toEqual({ hosts: ['*.docs.example.org', 'example.com', 'xn--bcher-kva.example'] })
    expect(await tasks().fetchAllowed(here.workspaceId)).toEqual(['*.docs.example.org', 'example.com', 'xn--bcher-kva.example'])
  })

  test.each([['127.0.0.1'], ['localhost'], ['[::1]'], ['http://example.com'], ['example.com/path'], ['example.com:8080'], ['*'], ['*.com*'], ['0x7f.1'], ['2130706433'], [''], [7], ['a@example.com']])('%s is no host of the web', async (host) => {
    expect((await set([host])).body.error).toMatchObject({ field: 'hosts' })
  })
})

/** The tool servers that are running as programs of their own, apart from the one that listens at an address. */
const runningPrograms = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
  try {
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return line.includes(everything) && !line.includes('streamableHttp') ? [line] : []
  } catch {
    return []
  }
})
