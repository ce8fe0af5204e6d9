import { answer, body, errors, leaseOver, optional, path, run } from './parts.ts'

const text = { type: 'string' } as const
const texts = { type: 'array', items: text } as const
const count = { type: 'integer', minimum: 1 } as const
const money = { type: ['integer', 'null'], description: 'In millionths of a dollar; null is no bound' } as const
const workspace = path('workspace', 'Id of a workspace')
const staff = path('staff', 'Id of a staff member')
const server = path('server', 'Id of a server of tools')
const taken = { 409: answer('The name is taken, or there are too many.') }

const staffFields = {
  name: text, role: text, avatar: { type: ['string', 'null'], description: 'A colour, an emoji, or both' }, instructions: text, engine: { enum: ['offline', 'openai', 'external'] },
  model: { ...text, description: 'Empty: the workspace’s' }, tools: { ...texts, description: 'Names; those of servers of tools are <server>/<tool>' }, alwaysAllowed: texts, autonomy: { enum: ['notify', 'assist', 'autonomous'] },
  perRun: { type: 'object', properties: { turns: count, minutes: count, tokens: count, micros: money } }, perMonth: { type: 'object', properties: { runs: { type: ['integer', 'null'] }, micros: money } }, concurrency: count,
}
const engineFields = { baseUrl: text, model: text, apiKey: { type: ['string', 'null'], description: 'Left out: the one that is set, if the address is of the same host. It is never answered.' } }
const prices = { type: 'object', additionalProperties: { type: 'object', properties: { input: { type: 'number' }, output: { type: 'number' } } }, description: 'Of models by name, in dollars for a million tokens' }
const serverFields = {
  name: text, transport: { enum: ['stdio', 'http'] }, command: text, args: texts, url: text, enabled: { type: 'boolean' },
  secrets: { type: 'object', additionalProperties: text, description: 'Headers, or variables of the environment. Left out: those that are set. They are never answered.' },
}
const tried = body({ ok: { type: 'boolean' }, message: text, ms: { type: 'integer' } })
const edits = body({ edits: { type: 'array', items: { type: 'object', properties: { n: count, doc: text, title: text, added: text, removed: text, at: { type: 'integer' }, undoneAt: { type: ['integer', 'null'] }, undoneBy: { type: ['string', 'null'] } } } } })

/** Staff, what drives them, and what their runs do on the server. */
export const staffPaths = {
  '/workspaces/{workspace}/staff': {
    get: { summary: 'The staff, and how each is', parameters: [workspace, optional('archived', '1: those too that were archived')], responses: { 200: answer('The staff, oldest first'), ...errors } },
    post: { summary: 'Make a staff member', parameters: [workspace], requestBody: body(staffFields), responses: { 201: answer('The staff member'), ...taken, ...errors } },
  },
  '/staff/{staff}': {
    get: { summary: 'A staff member, and how its work went', parameters: [staff], responses: { 200: answer('The staff member, and its record: runs, verdicts, time, tokens and cost'), ...errors } },
    patch: { summary: 'Change a staff member', description: 'New instructions are a new version.', parameters: [staff], requestBody: body(staffFields), responses: { 200: answer('The staff member'), ...taken, ...errors } },
    delete: { summary: 'Archive a staff member', description: 'What it did stays; what it has not begun, or waits with, is cancelled.', parameters: [staff], responses: { 200: answer('The staff member'), ...errors } },
  },
  '/staff/{staff}/restore': { post: { summary: 'Bring back one that was archived', parameters: [staff], responses: { 200: answer('The staff member'), ...taken, ...errors } } },
  '/staff/{staff}/pause': { post: { summary: 'Pause a staff member, or let it work again', parameters: [staff], requestBody: body({ paused: { type: 'boolean' } }), responses: { 200: answer('The staff member'), ...errors } } },
  '/staff/{staff}/instructions': { get: { summary: 'Its instructions as they were, newest first', parameters: [staff], responses: { 200: answer('The versions'), ...errors } } },
  '/workspaces/{workspace}/engine': {
    get: { summary: 'Where the models of staff are', parameters: [workspace], responses: { 200: answer('The address, the model, the prices, who set them, and whether there is a key'), ...errors } },
    put: { summary: 'Set where the models are; owners only', parameters: [workspace], requestBody: body({ ...engineFields, prices }), responses: { 200: answer('The settings'), ...errors } },
  },
  '/workspaces/{workspace}/engine/test': { post: { summary: 'Whether the endpoint answers, with what is given in the place of what is set; owners only', parameters: [workspace], requestBody: body(engineFields), responses: { 200: { ...answer('What it said'), ...tried }, ...errors } } },
  '/workspaces/{workspace}/engine/models': { get: { summary: 'The models that the endpoint lists', parameters: [workspace], responses: { 200: { ...answer('Their names'), ...body({ models: texts }) }, 502: answer('The endpoint lists none; the message has its words.'), ...errors } } },
  '/workspaces/{workspace}/mcp-servers': {
    get: { summary: 'The servers of tools', description: 'How they are started or reached only owners see.', parameters: [workspace], responses: { 200: answer('The servers'), ...errors } },
    post: { summary: 'Add a server of tools; owners only', description: 'A program is run as the account of the worker, or, for a test, of the server.', parameters: [workspace], requestBody: body(serverFields), responses: { 201: answer('The server'), ...taken, ...errors } },
  },
  '/mcp-servers/{server}': {
    patch: { summary: 'Change a server of tools; owners only', parameters: [server], requestBody: body(serverFields), responses: { 200: answer('The server'), ...taken, ...errors } },
    delete: { summary: 'Remove a server, and its tools from all staff; owners only', parameters: [server], responses: { 200: answer('Removed'), ...errors } },
  },
  '/mcp-servers/{server}/test': { post: { summary: 'Ask a server for its tools', description: 'One that is switched off is asked for owners only.', parameters: [server], responses: { 200: answer('What it said, and its tools'), ...errors } } },
  '/workspaces/{workspace}/fetch-allowed': {
    get: { summary: 'The hosts whose pages staff may fetch', parameters: [workspace], responses: { 200: { ...answer('The hosts'), ...body({ hosts: texts }) }, ...errors } },
    put: { summary: 'Set the hosts whose pages staff may fetch; owners only', parameters: [workspace], requestBody: body({ hosts: { ...texts, description: 'example.com, or *.example.com for all below it' } }), responses: { 200: { ...answer('The hosts'), ...body({ hosts: texts }) }, ...errors } },
  },
  '/runs/{run}/tools/{tool}': {
    post: {
      summary: 'Carry out a tool for the run; lease token', description: 'Asked again with the same key, the answer is the same and nothing is done twice. What is refused is answered in words for the model.',
      parameters: [run, { ...path('tool', 'Which tool'), schema: { enum: ['search', 'read_doc', 'edit_doc', 'propose_mission', 'remember', 'hand_to'] } }],
      requestBody: body({ arguments: { type: 'object' }, key: { ...text, description: 'The model’s id of the call' } }), responses: { 200: { ...answer('The result, or why there is none'), ...body({ ok: { type: 'boolean' }, result: text, message: text }) }, ...leaseOver },
    },
  },
  '/runs/{run}/edits': { get: { summary: 'What the run changed in docs', parameters: [run], responses: { 200: { ...answer('The changes'), ...edits }, ...errors } } },
  '/runs/{run}/undo': {
    post: {
      summary: 'Take back what the run changed in docs', description: 'One change, with those of the run that were made to what it wrote, or all. What people wrote meanwhile stays.', parameters: [run],
      requestBody: body({ n: { ...count, description: 'Which change; all without it' } }), responses: { 200: { ...answer('The changes of the run'), ...edits }, ...errors },
    },
  },
} as const
