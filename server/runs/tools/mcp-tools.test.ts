import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { afterEach, expect, test } from 'vitest'
import { keptOutput } from '../../../tests/support/run.ts'
import { freePort } from '../../../tests/support/server.ts'
import type { McpTask } from '../protocol.ts'
import { openMcpTools } from './mcp-tools.ts'
import type { Tool } from './tool.ts'

// The server is the reference one of the protocol's authors, as it comes from npm.
const everything = createRequire(import.meta.url).resolve('@modelcontextprotocol/server-everything/dist/index.js')
const started = (tools: string[], env: Record<string, string> = {}): McpTask => ({ id: 'm', name: 'everything', transport: 'stdio', command: process.execPath, args: [everything, 'stdio'], env, tools })
const signal = new AbortController().signal
const call = { id: 'c', signal }
const close: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const each of close.splice(0)) await each()
})

async function open(tasks: McpTask[]) {
  const kept = keptOutput()
  const opened = await openMcpTools(tasks, kept.output, signal)
  close.push(opened.close)
  const named = (name: string): Tool => {
    const tool = opened.tools.find((each) => each.name === `everything/${name}`)
    if (!tool) throw new Error(`${name} is not among ${opened.tools.map((each) => each.name).join(', ')}`)
    return tool
  }
  return { kept, named, tools: opened.tools }
}

test('a server that is started here: only what was given is there, and it answers', async () => {
  const { tools, named } = await open([started(['echo', 'get-sum'])])
  expect(tools.map(({ name, effect }) => [name, effect])).toEqual([['everything/echo', 'outside'], ['everything/get-sum', 'outside']])
  expect(named('get-sum').parameters).toMatchObject({ type: 'object', properties: { a: {}, b: {} } })
  expect(await named('echo').carryOut({ message: 'Ahoy' }, call)).toEqual({ ok: true, material: 'result of everything/echo', text: 'Echo: Ahoy' })
  expect((await named('get-sum').carryOut({ a: 'x' }, call)).ok, 'wrong arguments are a failed call').toBe(false)
  expect((await named('echo').carryOut({ message: 'still here' }, call)).ok).toBe(true)
})

test('pictures of a tool become files of the mission, and are shown', async () => {
  const { named, kept } = await open([started(['get-tiny-image'])])
  const { text, pictures } = await named('get-tiny-image').carryOut({}, call)
  expect(pictures).toEqual([{ file: 'file1', version: 1, name: 'get-tiny-image-1.png', type: 'image/png' }])
  expect(text).toContain('kept as get-tiny-image-1.png')
  expect(kept.files[0]?.bytes.subarray(1, 4)).toEqual(Buffer.from('PNG'))
})

test('it sees nothing of our environment but what any program needs, and what its owner gave it', async () => {
  process.env.MISSIONS_TEST_KEY = 'sk-ours'
  try {
    const { named } = await open([started(['get-env'], { ITS_OWN: 'yes' })])
    const { text } = await named('get-env').carryOut({}, call)
    expect(text).toContain('ITS_OWN')
    expect(text).not.toContain('sk-ours')
  } finally {
    delete process.env.MISSIONS_TEST_KEY
  }
})

test('[TOOL3] a server that dies is a failed call with words, and is started again by the next one', async () => {
  const { named } = await open([{ ...started(['echo', 'get-env']), args: ['-e', `
    const { spawn } = require('node:child_process')
    const child = spawn(process.execPath, [${JSON.stringify(everything)}, 'stdio'], { stdio: ['pipe', 'inherit', 'inherit'] })
    process.stdin.on('data', (line) => { if (String(line).includes('die now')) { child.kill('SIGKILL'); process.exit(3) } else child.stdin.write(line) })
    process.stdin.on('end', () => child.kill())
  `] } as McpTask])
  expect((await named('echo').carryOut({ message: 'a' }, call)).ok).toBe(true)
  const died = await named('echo').carryOut({ message: 'die now' }, call)
  expect(died).toEqual({ ok: false, text: expect.stringMatching(/^everything did not answer: .*[Cc]onnection closed/) })
  expect((await named('echo').carryOut({ message: 'b' }, call)).text).toBe('Echo: b')
})

test('[TOOL3] one that cannot be started is said, with what it printed, and the run does without', async () => {
  const { tools, kept } = await open([{ ...started(['echo']), args: ['-e', 'console.error("no licence"); process.exit(1)'] } as McpTask, { ...started(['echo']), name: 'none', command: '/no/such/program' } as McpTask])
  expect(tools).toEqual([])
  expect(kept.lines('warning').sort()).toEqual([expect.stringMatching(/^The tools of everything are not there: [^]*It wrote: no licence/), 'The tools of none are not there: There is no program “/no/such/program” on this machine.'])
})

test('a server over HTTP, with its headers', async () => {
  const port = await freePort()
  const child: ChildProcess = spawn(process.execPath, [everything, 'streamableHttp'], { env: { PATH: process.env.PATH ?? '', PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] })
  close.push(async () => {
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    await exit
  })
  await new Promise<void>((resolve) => {
    const ready = (line: Buffer) => { if (String(line).includes(String(port))) resolve() }
    child.stdout?.on('data', ready)
    child.stderr?.on('data', ready)
  })
  const { named } = await open([{ id: 'm', name: 'everything', transport: 'http', url: `http://127.0.0.1:${port}/mcp`, headers: { authorization: 'Bearer x' }, tools: ['echo'] }])
  expect((await named('echo').carryOut({ message: 'over HTTP' }, call)).text).toBe('Echo: over HTTP')
})
