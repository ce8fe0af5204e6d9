import { answer, body, errors, optional, path } from './parts.ts'

const text = { type: 'string' } as const
const workspace = path('workspace', 'Id of a workspace')
const routine = path('routine', 'Id of a routine')
const id = { type: ['string', 'null'] } as const
const header = (name: string, what: string) => ({ name, in: 'header', required: true, description: what, schema: text })

const fields = {
  name: text, instructions: { ...text, description: 'Markdown' },
  trigger: {
    oneOf: [
      { type: 'object', properties: { kind: { const: 'schedule' }, cron: { ...text, description: 'Five parts: minute, hour, day of the month, month, day of the week' }, zone: { ...text, description: 'Such as Europe/Lisbon' } } },
      { type: 'object', properties: { kind: { const: 'column' }, status: { enum: ['backlog', 'in_progress', 'review', 'done'] }, projectId: id } },
      { type: 'object', properties: { kind: { const: 'file' }, projectId: id, ending: { ...text, description: 'Of the name, such as csv; empty is any' } } },
      { type: 'object', properties: { kind: { const: 'webhook' } } },
    ],
  },
  template: {
    type: ['object', 'null'], description: 'Instead of instructions and a staff member: the missions of a template are made', properties: {
      id: text, fields: { type: 'object', additionalProperties: text, description: 'By key. Of a date the days from the day on which it is due; words may have {{day}}, {{week}}, {{month}} and {{about}}. What is left out takes its default' },
    },
  },
  staffId: text, projectId: id, autonomy: { enum: ['notify', 'assist', 'autonomous'], description: 'A bound beside that of the staff member' },
  delivery: {
    oneOf: [
      { type: 'object', properties: { kind: { const: 'mission' } } }, { type: 'object', properties: { kind: { const: 'doc' }, docId: text } },
      { type: 'object', properties: { kind: { const: 'chat' }, chatId: text } }, { type: 'object', properties: { kind: { const: 'webhook' }, url: text } },
    ],
  },
  missed: { enum: ['once', 'skip', 'all'] }, jitterMinutes: { type: 'integer' }, endAfter: { type: 'integer' }, enabled: { type: 'boolean' },
}

/** Work that comes back, and what sets it off. */
export const routinePaths = {
  '/workspaces/{workspace}/routines': {
    get: { summary: 'The routines, each with what it did last', parameters: [workspace], responses: { 200: answer('The routines, by name'), ...errors } },
    post: { summary: 'Make a routine', parameters: [workspace], requestBody: body(fields), responses: { 201: answer('The routine'), 409: answer('There are too many.'), ...errors } },
  },
  '/routines/{routine}': {
    get: { summary: 'A routine, and what it did, newest first', parameters: [routine], responses: { 200: answer('The routine and its history'), ...errors } },
    patch: { summary: 'Change a routine, or switch it on or off', parameters: [routine], requestBody: body(fields), responses: { 200: answer('The routine'), ...errors } },
    delete: { summary: 'Delete a routine', description: 'What it made stays.', parameters: [routine], responses: { 200: answer('Deleted'), ...errors } },
  },
  '/routines/{routine}/run': { post: { summary: 'Run it now', parameters: [routine], responses: { 202: answer('It begins.'), 409: answer('It is at work already.'), ...errors } } },
  '/routines/{routine}/firings': { get: { summary: 'What it did, newest first', parameters: [routine, optional('before', 'Before this moment, epoch milliseconds', { type: 'integer' })], responses: { 200: answer('Thirty of them'), ...errors } } },
  '/routines/{routine}/secret': {
    post: {
      summary: 'Make its secret anew; owners only', description: 'It is answered this once. The one before is void.', parameters: [routine],
      requestBody: body({ for: { enum: ['incoming', 'outgoing'] } }), responses: { 201: answer('The secret'), ...errors },
    },
  },
  '/hooks/{hook}': {
    post: {
      summary: 'Set a routine off from outside', security: [], description: 'The body is anything, at most 256 KiB; its run reads it as a file.',
      parameters: [
        path('hook', 'Id of the routine’s webhook'), header('x-missions-timestamp', 'Seconds since 1970, within five minutes of now'),
        header('x-missions-signature', 'v1= and the HMAC-SHA256 of "<timestamp>.<body>" with the secret, in hex'),
      ],
      responses: { 202: answer('It begins, or waits its turn.'), 401: answer('The signature or the time is not right.'), 409: answer('It was received before, or the routine is switched off.'), 413: answer('The body is too large.'), 429: answer('Too many wait.') },
    },
  },
} as const
