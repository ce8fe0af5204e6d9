import { activityGroups } from '#lib/activity/entry.ts'
import { periods } from '#lib/insight/insight.ts'
import { answer, body, errors, leaseOver, optional, path, query, run } from './parts.ts'
import { routinePaths } from './routine-paths.ts'
import { libraryPaths } from './library-paths.ts'
import { staffPaths } from './staff-paths.ts'
import { templatePaths } from './template-paths.ts'

const bytes = { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }
const readMark = { type: 'object', properties: { since: { type: 'number' }, seen: { type: 'array', items: { type: 'string' } } } }
const talked = [{ ...path('kind', 'Kind of the document'), schema: { enum: ['mission', 'doc'] } }, path('id', 'Id of the mission or doc')]
const mission = path('mission', 'Id of a mission')
const file = path('file', 'Id of a file')
const fileName = query('name', 'Name of the file')
const inboxChange = {
  read: { type: 'boolean' }, done: { type: 'boolean' },
  snoozedUntil: { type: ['number', 'null'], description: 'Epoch milliseconds, at most 400 days ahead; null brings it back now' },
}
const upload = path('upload', 'Id of an upload')
const header = (name: string, what: string) => ({ name, in: 'header', required: true, description: what, schema: { type: 'string' } })
const fileVersion = { ...query('version', 'Which version; the newest without it'), required: false, schema: { type: 'integer' } }
const noRoom = { 413: answer('The file is too large, or the workspace has no room left.') }

const activityFilter = [
  optional('actor', 'Id of a person or staff member, or administrator, or server'),
  { ...optional('kind', 'Groups of kinds, one or several', { type: 'array', items: { enum: activityGroups } }), style: 'form', explode: false },
  optional('project', 'Id of a project'), optional('mission', 'Id of a mission'), optional('subject', 'Id of what it is about: a doc, a person …'),
  optional('from', 'Not before this moment, ISO 8601 with a zone', { type: 'string', format: 'date-time' }),
  optional('to', 'Before this moment, ISO 8601 with a zone', { type: 'string', format: 'date-time' }),
]
const insight = [
  path('workspace', 'Id of a workspace'), optional('period', 'Days', { enum: periods }), optional('project', 'Id of a project, or none'), optional('staff', 'Id of a person or staff member'), optional('zone', 'Time zone whose days count'),
]
const number = { type: 'integer', minimum: 0 }
const text = [{ ...path('kind', 'Kind of the document'), schema: { enum: ['mission', 'doc'] } }, path('id', 'Id of the mission, project or doc')]
const versionNumber = { ...path('version', 'Number of the version'), schema: { type: 'integer' } }
const integer = { type: 'integer' }
const version = {
  type: 'object',
  properties: {
    version: integer, kind: { enum: ['named', 'pause', 'run', 'restore'] }, name: { type: 'string' }, by: { type: ['string', 'null'] }, at: integer,
    words: integer, added: integer, removed: integer, runs: { type: 'array', items: { type: 'string' }, description: 'Runs that read the text in this version' },
  },
} as const

/** OpenAPI 3.1 of `/api/v1`. Edits go over `/sync`, as Yjs updates; this is what a document cannot carry. */
export const description = {
  openapi: '3.1.0',
  info: { title: 'Missions', version: '1', description: 'Errors are {"error": {"code", "message", "field"?}}.' },
  servers: [{ url: '/api/v1' }],
  security: [{ token: [] }],
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'An agent token, mis_…; a run’s lease token where it says so. A browser’s session cookie counts as well.' } } },
  paths: {
    '/workspaces/{workspace}/requests': {
      post: {
        summary: 'Tell the COO what is needed', description: 'What it makes of it is among `proposals` of the board document a moment later.', parameters: [path('workspace', 'Id of a workspace')],
        requestBody: body({ text: { type: 'string' }, projectId: { type: 'string' }, chatId: { type: 'string' }, begins: { type: 'boolean', description: 'The chat is made under chatId, if it is not there' }, messageId: { type: 'string', description: 'Said once, however often it is sent' }, quotes: { type: 'array', items: { type: 'string' }, description: 'missions://<kind>/<id>' }, files: { type: 'array', items: { type: 'string' } } }),
        responses: { 202: { ...answer('It was said'), ...body({ chatId: { type: 'string' }, messageId: { type: 'string' } }) }, ...errors },
      },
    },
    '/workspaces/{workspace}/approvers': {
      get: { summary: 'Who puts proposals onto the board', parameters: [path('workspace', 'Id of a workspace')], responses: { 200: answer('{approvers}: members, or owners alone'), ...errors } },
      put: { summary: 'Change who does; owners only', parameters: [path('workspace', 'Id of a workspace')], requestBody: body({ approvers: { enum: ['members', 'owners'] } }), responses: { 200: answer('{approvers}'), ...errors } },
    },
    '/workspaces/{workspace}/chats': {
      get: { summary: 'Chats with the COO, the newest talk first', parameters: [path('workspace', 'Id of a workspace'), optional('project', 'Id of a project'), optional('archived', 'Archived ones, too')], responses: { 200: answer('{chats}'), ...errors } },
      post: { summary: 'Begin a chat', parameters: [path('workspace', 'Id of a workspace')], requestBody: body({ title: { type: 'string' }, projectId: { type: 'string' }, id: { type: 'string', description: 'Under which it is made; without it one is chosen' } }), responses: { 201: answer('{chat}'), ...errors } },
    },
    '/chats/{chat}': {
      get: { summary: 'A chat', parameters: [path('chat', 'Id of a chat')], responses: { 200: answer('{chat}'), ...errors } },
      patch: { summary: 'Rename or archive a chat', parameters: [path('chat', 'Id of a chat')], requestBody: body({ title: { type: 'string' }, archived: { type: 'boolean' } }), responses: { 200: answer('{chat}'), ...errors } },
    },
    '/chats/{chat}/again': { post: { summary: 'Have a message answered whose answer failed', parameters: [path('chat', 'Id of a chat')], requestBody: body({ messageId: { type: 'string' } }), responses: { 200: answer('It is tried again'), ...errors } } },
    '/chats/{chat}/offers/{offer}': { post: { summary: 'Make what the COO offers, a project, a staff member, or a proposal of what it took as news, or put it aside', parameters: [path('chat', 'Id of a chat'), path('offer', 'Id of an offer, as the chat has it')], requestBody: body({ name: { type: 'string' }, accept: { type: 'boolean', description: 'false puts it aside' } }), responses: { 200: answer('{offer}'), 409: answer('It was settled before, or the name is taken.'), ...errors } } },
    '/proposals/{proposal}/approve': { post: { summary: 'Move a proposal onto the board', parameters: [path('proposal', 'Id of a proposal')], responses: { 200: answer('{missionId}'), 409: answer('Somebody decided before; the message says what.'), ...errors } } },
    '/proposals/{proposal}/decline': { post: { summary: 'Decline a proposal', parameters: [path('proposal', 'Id of a proposal')], requestBody: body({ reason: { type: 'string' } }), responses: { 200: answer('{proposal}'), 409: answer('Somebody decided before; the message says what.'), ...errors } } },
    '/proposals/{proposal}/aside': { post: { summary: 'Put a proposal aside, or take it up again', parameters: [path('proposal', 'Id of a proposal')], requestBody: body({ aside: { type: 'boolean' } }), responses: { 200: answer('{proposal}'), 409: answer('Somebody decided before; the message says what.'), ...errors } } },
    '/proposals/{proposal}/changes/{change}/undo': { post: { summary: 'Take back what the COO changed in a proposal because of an answer', parameters: [path('proposal', 'Id of a proposal'), path('change', 'Id of the change, as the proposal has it')], responses: { 200: answer('{proposal}'), 409: answer('The proposal was decided before.'), ...errors } } },
    '/me': { get: { summary: 'Who the token is', responses: { 200: answer('The actor and its workspaces'), ...errors } } },
    '/me/avatar': {
      put: { summary: 'Set one’s picture; signed-in people only', description: 'A square PNG, JPEG or WebP of at most 512 pixels and 200 kB.', requestBody: bytes, responses: { 200: { ...answer('Where it is'), ...body({ avatar: { type: 'string' } }) }, 413: answer('The picture is too large.'), ...errors } },
      delete: { summary: 'Remove one’s picture', responses: { 204: answer('Done'), ...errors } },
    },
    '/people/{person}/avatar/{hash}': {
      get: { summary: 'The picture of a person, as the directory of a board names it', parameters: [path('person', 'Id of a person'), path('hash', 'Which picture')], responses: { 200: answer('The picture'), ...errors } },
    },
    '/workspaces/{workspace}/board': {
      get: { summary: 'The board as it stands', parameters: [path('workspace', 'Id of a workspace')], responses: { 200: answer('Missions, projects, docs and directory'), ...errors } },
    },
    '/workspaces/{workspace}/projects': {
      get: {
        summary: 'When something was last written in each project', parameters: [path('workspace', 'Id of a workspace')],
        responses: { 200: { ...answer('The projects; a time is epoch milliseconds, and null where nothing was written yet'), ...body({ projects: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' }, changedAt: { type: ['integer', 'null'] } } } } }) }, ...errors },
      },
    },
    '/projects/{project}/mission-files': {
      get: { summary: 'The files of a project’s missions', parameters: [path('project', 'Id of a project')], responses: { 200: answer('By mission, the one with the newest file first'), ...errors } },
    },
    '/workspaces/{workspace}/activity': {
      get: {
        summary: 'Who did what, newest first; for whoever may read the workspace',
        description: 'One page: {entries, next, seq}. "next" is the cursor of the page after it, given as "before"; null on the last. With "since", a "seq" of before: {entries, more, seq}, what is new or was extended. The board document’s stateless notice {"kind":"activity","seq"} says when to ask. Times are epoch milliseconds.',
        parameters: [path('workspace', 'Id of a workspace'), ...activityFilter, optional('before', 'Cursor of a page', number), optional('since', 'A "seq"', number), optional('limit', 'At most so many, up to 200', number)],
        responses: { 200: answer('Entries of the record'), ...errors },
      },
    },
    '/workspaces/{workspace}/activity.csv': {
      get: { summary: 'The same as a table, all of it', parameters: [path('workspace', 'Id of a workspace'), ...activityFilter], responses: { 200: { description: 'CSV in UTF-8, times in ISO 8601', content: { 'text/csv': { schema: { type: 'string' } } } }, ...errors } },
    },
    '/workspaces/{workspace}/search': {
      get: {
        summary: 'Finds missions, comments, reviews, runs, docs and files by their words',
        parameters: [
          path('workspace', 'Id of a workspace'),
          { ...query('q', 'Words, "phrases", -without, and filters: in:, by:, status:, type:, before:, after:'), schema: { type: 'string', maxLength: 1000 } },
          optional('zone', 'The time zone in which days begin; UTC unless given'),
          optional('from', '`next` of the page before', { type: 'integer' }),
          optional('limit', 'At most so many', { type: 'integer', maximum: 50 }),
        ],
        responses: { 200: answer('`results`, best first; `instead`, the words that were looked for where nothing has those that were asked for; `problems`; `next`'), ...errors },
      },
    },
    '/workspaces/{workspace}/inbox': {
      get: {
        summary: 'What waits on whoever asks',
        description: 'Reviews to give, questions and failures of runs, mentions, answers and assignments. Each reason is one item; it settles by itself when its reason is gone, and says why.',
        parameters: [path('workspace', 'Id of a workspace'), { ...query('list', 'Which items; waiting without it'), required: false, schema: { enum: ['waiting', 'snoozed', 'done'] } }, { ...query('before', 'Of the done ones, those before the `next` of the page before'), required: false }],
        responses: { 200: answer('The items, the counts, and where the next page begins'), ...errors },
      },
      patch: {
        summary: 'Change several items alike', parameters: [path('workspace', 'Id of a workspace')],
        requestBody: body({ items: { type: 'array', items: { type: 'string' }, maxItems: 500 }, ...inboxChange }), responses: { 200: answer('How many were changed'), ...errors },
      },
    },
    '/workspaces/{workspace}/inbox/{item}': {
      patch: { summary: 'Read, done, put off: one item', parameters: [path('workspace', 'Id of a workspace'), path('item', 'Id of an item')], requestBody: body(inboxChange), responses: { 200: answer('Changed'), ...errors } },
    },
    '/documents/{kind}/{id}/authors': {
      get: {
        summary: 'Who wrote in a document, for whoever may open it',
        description: 'Every character of a document carries the Yjs client id it was written with, and a client id belongs to the first actor that used it. The author "server" is the server itself: sample content, say.',
        parameters: [{ ...path('kind', 'Kind of the document'), schema: { enum: ['board', 'mission', 'run', 'doc'] } }, path('id', 'Id of the workspace, mission, run or project')],
        responses: { 200: { ...answer('The id of the actor for each client id'), ...body({ authors: { type: 'object', additionalProperties: { type: 'string' } } }) }, ...errors },
      },
    },
    '/read-marks/{workspace}': {
      get: {
        summary: 'What one has seen of the comments on missions and docs',
        description: 'For each document: all comments up to `since` (by the time they carry) and, of the later ones, those in `seen`, newest first; here the newest few of them. `since` of the whole is when one joined.',
        parameters: [path('workspace', 'Id of a workspace')], responses: { 200: { ...answer('The marks by name of the document'), ...body({ since: { type: 'number' }, marks: { type: 'object', additionalProperties: readMark } }) }, ...errors },
      },
    },
    '/read-marks/{kind}/{id}': {
      get: { summary: 'What one has seen of the comments of one document', parameters: [...talked], responses: { 200: { ...answer('The mark'), ...body({ mark: readMark }) }, ...errors } },
      put: {
        summary: 'Tell what one has seen, on this device', description: 'It is added to what was told before; the answer holds both.', parameters: [...talked],
        requestBody: body(readMark.properties), responses: { 200: { ...answer('The mark'), ...body({ mark: readMark }) }, ...errors },
      },
    },
    '/documents/{kind}/{id}/versions': {
      get: { summary: 'The versions of a description, brief or doc, newest first', parameters: text, responses: { 200: { ...answer('The versions; words added and removed are against the version before'), ...body({ versions: { type: 'array', items: version } }) }, ...errors } },
      post: {
        summary: 'Keep the text as it is now', parameters: text,
        requestBody: body({ name: { type: 'string', description: 'A name; it may be left out' }, kind: { enum: ['named', 'restore'], description: '"restore": another version is about to be put in its place' } }),
        responses: { 201: { ...answer('The version; the newest one where it has this text already'), content: { 'application/json': { schema: version } } }, ...errors },
      },
    },
    '/documents/{kind}/{id}/versions/{version}': {
      get: { summary: 'A version: its text as Markdown and as blocks', parameters: [...text, versionNumber], responses: { 200: { ...answer('The version'), ...body({ ...version.properties, markdown: { type: 'string' }, content: { type: 'array', items: { type: 'object' } } }) }, ...errors } },
    },
    '/documents/{kind}/{id}/versions/{version}/restore': {
      post: {
        summary: 'Put a version back', description: 'It is an edit by whoever asks, which everybody sees. What was there is kept as a version first.', parameters: [...text, versionNumber],
        responses: { 200: { ...answer('The version that is back, and the one that has what was there'), ...body({ restored: { type: 'integer' }, before: { type: ['integer', 'null'] } }) }, 409: answer('It cannot be put back; the message says why.'), ...errors },
      },
    },
    '/missions/{mission}/files': {
      post: {
        summary: 'Attach a file', description: 'A file of this name is not overwritten: what is sent becomes its next version.',
        parameters: [mission, fileName], requestBody: bytes, responses: { 201: answer('The file'), ...noRoom, ...errors },
      },
    },
    '/projects/{project}/files': {
      post: {
        summary: 'Put a file into a project', description: 'A file of this name is not overwritten: what is sent becomes its next version.',
        parameters: [path('project', 'Id of a project'), fileName], requestBody: bytes, responses: { 201: answer('The file'), ...noRoom, ...errors },
      },
    },
    '/chats/{chat}/files': {
      get: { summary: 'Files that were put into a chat', parameters: [path('chat', 'Id of a chat')], responses: { 200: answer('{files}'), ...errors } },
      post: { summary: 'Put a file into a chat', description: 'The COO reads it with the message that names it.', parameters: [path('chat', 'Id of a chat'), fileName], requestBody: bytes, responses: { 201: answer('The file'), ...noRoom, ...errors } },
    },
    '/missions/{mission}/files.zip': { get: { summary: 'All files of a mission as one archive', parameters: [mission, { ...query('kind', '"attachment" or "artifact"; without it both'), required: false }], responses: { 200: answer('A ZIP archive, streamed'), ...errors } } },
    '/projects/{project}/files.zip': { get: { summary: 'All files of a project as one archive', parameters: [path('project', 'Id of a project')], responses: { 200: answer('A ZIP archive, streamed'), ...errors } } },
    '/missions/{mission}/runs': {
      post: {
        summary: 'Start a run by the staff member the mission is assigned to', parameters: [mission],
        requestBody: body({ note: { type: 'string' } }), responses: { 201: answer('The run'), 409: answer('It cannot run now; the message says why.'), ...errors },
      },
    },
    '/files/{file}': {
      get: { summary: 'A file and all of its versions', parameters: [file], responses: { 200: answer('The file'), ...errors } },
      patch: { summary: 'Rename a file', parameters: [file], requestBody: body({ name: { type: 'string' } }), responses: { 200: answer('The file'), 409: answer('Another file has this name.'), ...errors } },
      delete: { summary: 'Delete a file; it can be restored', parameters: [file], responses: { 204: answer('Done'), ...errors } },
    },
    '/files/{file}/restore': { post: { summary: 'Bring a deleted file back', parameters: [file], responses: { 200: answer('The file, under another name where its own is taken by now'), ...errors } } },
    '/files/{file}/versions': { post: { summary: 'Store a new version of a file', parameters: [file], requestBody: bytes, responses: { 201: answer('The file'), ...noRoom, ...errors } } },
    '/files/{file}/content': {
      get: {
        summary: 'The bytes of a file', parameters: [file, fileVersion],
        responses: { 200: answer('The bytes'), 206: answer('The part that "Range" asked for'), 416: answer('There is no such part.'), ...errors },
      },
    },
    '/files/{file}/text': {
      get: {
        summary: 'The text inside a file',
        description: 'Read once, beside the server. "status" is "pending", "ready", "failed" with a reason in words, or "none" for kinds that hold no text. "text" has the notes, and the parts: stretches of Markdown, with their pages where there are some, and tables as CSV.',
        parameters: [file, fileVersion, { ...query('wait', 'Seconds to wait for a text that is being read, 30 at most'), required: false, schema: { type: 'number' } }],
        responses: { 200: { ...answer('The text'), ...body({ version: { type: 'integer' }, status: { enum: ['pending', 'ready', 'failed', 'none'] }, reason: { type: 'string' }, text: { type: ['object', 'null'] } }) }, ...errors },
      },
    },
    '/uploads': {
      post: {
        summary: 'Announce an upload that can be resumed',
        description: 'The tus protocol, version 1.0.0 (tus.io), with creation, termination and expiration: any client of it will do. "Upload-Metadata" has "filename", and "mission" or "project", or "file" for its next version; with "sha256" the content is compared. An upload that nobody goes on with is gone after three days.',
        parameters: [header('Upload-Length', 'Bytes'), header('Upload-Metadata', 'Names and values in base64')],
        responses: { 201: answer('Its address is in "Location".'), 429: answer('There are too many unfinished uploads.'), ...noRoom, ...errors },
      },
      get: { summary: 'One’s own unfinished uploads', parameters: ['mission', 'project'].map((name) => ({ ...query(name, 'Whose'), required: false })), responses: { 200: answer('Their names, sizes and offsets'), ...errors } },
    },
    '/uploads/{upload}': {
      head: { summary: 'How far an upload is', parameters: [upload], responses: { 200: answer('"Upload-Offset" says from where to go on.'), ...errors } },
      get: { summary: 'An upload, and the file it became', parameters: [upload], responses: { 200: answer('The upload'), ...errors } },
      patch: {
        summary: 'Send the next bytes', parameters: [upload, header('Upload-Offset', 'Where these begin')], requestBody: { required: true, content: { 'application/offset+octet-stream': { schema: { type: 'string', format: 'binary' } } } },
        responses: { 204: answer('Taken; "Upload-Offset" says how far it is.'), 409: answer('The upload is at another offset.'), 423: answer('It goes on over another connection.'), ...noRoom, ...errors },
      },
      delete: { summary: 'Give an upload up', parameters: [upload], responses: { 204: answer('Done'), ...errors } },
    },
    '/workspaces/{workspace}/deleted-files': {
      delete: { summary: 'Remove deleted files for good before their 30 days are over; owners only', parameters: [path('workspace', 'Id of a workspace')], responses: { 200: answer('How many files, and how many bytes are free now'), ...errors } },
    },
    '/workspaces/{workspace}/usage': {
      get: {
        summary: 'How much room the files of a workspace take', parameters: [path('workspace', 'Id of a workspace')],
        responses: { 200: { ...answer('In bytes'), ...body({ files: { type: 'object', properties: Object.fromEntries(['files', 'kept', 'deleted', 'arriving', 'most'].map((name) => [name, { type: 'integer' }])) } }) }, ...errors },
      },
    },
    '/workspaces/{workspace}/runs': {
      get: {
        summary: 'Runs, newest first',
        parameters: [path('workspace', 'Id of a workspace'), optional('state', 'Those that go on, or those that ended', { enum: ['active', 'ended'] }), optional('staff', 'Id of a staff member'), optional('before', 'Made before this moment, epoch milliseconds', number)],
        responses: { 200: { ...answer('50 runs at most, and since when all work of staff is stopped'), ...body({ runs: { type: 'array', items: { type: 'object' } }, stoppedAt: { type: ['integer', 'null'] } }) }, ...errors },
      },
    },
    '/workspaces/{workspace}/runs/stop': {
      post: {
        summary: 'Stop all work of staff, or allow it again', description: 'What runs, waits or is queued is cancelled, and nothing starts until it is allowed again.',
        parameters: [path('workspace', 'Id of a workspace')], requestBody: body({ stopped: { type: 'boolean' } }),
        responses: { 200: { ...answer('How many runs were ended'), ...body({ stopped: { type: 'boolean' }, cancelled: integer }) }, ...errors },
      },
    },
    '/workspaces/{workspace}/workers': {
      get: { summary: 'The workers that were seen in the last day', parameters: [path('workspace', 'Id of a workspace')], responses: { 200: answer('Workers, with what they are at'), ...errors } },
    },
    '/asks/{ask}/answer': {
      post: {
        summary: 'Answer what a run asked', description: 'The first answer counts; the run goes on when nothing is open any more.', parameters: [path('ask', 'Id of what was asked')],
        requestBody: body({ answer: { type: 'string', description: 'To a question; of an approval, why not' }, verdict: { enum: ['once', 'run', 'always', 'declined'], description: 'Of an approval' } }),
        responses: { 200: answer('The ask, answered'), 409: answer('Somebody was first, and "ask" has their answer; or the run has ended.'), ...errors },
      },
    },
    '/runs/claim': {
      post: {
        summary: 'Take the oldest run that may go on; tokens of workers and staff only',
        description: 'A worker’s token takes runs of the workspace, with the key of the model. A staff member’s takes its own, without the key, and those that need none. A worker that is "draining" says so, and gets none.',
        requestBody: body({
          worker: { type: 'string', description: 'Its name' }, wait: { type: 'number', description: 'Seconds to wait for one, 60 at most' }, id: { type: 'string', description: 'The same as long as it lives' },
          version: { type: 'string' }, concurrency: integer, busy: { ...integer, description: 'Runs it is at' }, draining: { type: 'boolean' },
        }),
        responses: { 200: answer('The run, with the lease token for it, what drives it, its bounds, and where it goes on'), 204: answer('Nothing to do'), ...errors },
      },
    },
    '/runs/{run}': { get: { summary: 'A run: what started it, what it read, used and asked, and why it ended', parameters: [run], responses: { 200: answer('The run'), ...errors } } },
    '/runs/{run}/entries': {
      get: {
        summary: 'A page of a run’s log, in order',
        description: 'The newest entries, or those before, after or around one. The newest 500 are in the document run/<id>, too; older ones are here alone.',
        parameters: [
          run, optional('before', 'Number of an entry', number), optional('after', 'Number of an entry; -1 is before the first', { type: 'integer' }), optional('around', 'Number of an entry', number),
          optional('q', 'Words that are all in the entry'), optional('kind', 'Kinds of entries, with commas between'), optional('limit', 'At most so many, up to 1000', number),
        ],
        responses: { 200: { ...answer('The entries; "earlier" and "later" say whether there are others, "total" counts the whole log'), ...body({ entries: { type: 'array', items: { type: 'object' } }, earlier: { type: 'boolean' }, later: { type: 'boolean' }, total: integer }) }, ...errors },
      },
    },
    '/runs/{run}/usage': {
      post: {
        summary: 'Report what was used since the last report; lease token', parameters: [run],
        requestBody: body({ model: { type: 'string' }, turns: integer, inputTokens: integer, outputTokens: integer, micros: { type: ['number', 'null'], description: 'Millionths of a dollar' } }),
        responses: { 200: answer('All that the run used, and "over", the bound that is reached: then it takes no further turn'), ...leaseOver },
      },
    },
    '/runs/{run}/checkpoint': { put: { summary: 'Keep where the run goes on; lease token', parameters: [run], requestBody: body({ checkpoint: { type: 'string', maxLength: 16_000_000 } }), responses: { 200: answer('Kept'), ...leaseOver } } },
    '/runs/{run}/asks': {
      post: {
        summary: 'Ask people a question, or for an approval; lease token', parameters: [run],
        requestBody: body({ key: { type: 'string', description: 'The same key again is the same ask' }, kind: { enum: ['question', 'approval'] }, question: { type: 'string' }, choices: { type: 'array', items: { type: 'string' } }, tool: { type: 'string' }, args: { type: 'string', description: 'JSON' } }),
        responses: { 200: answer('The ask, with its answer if there is one'), ...leaseOver },
      },
    },
    '/runs/{run}/wait': { post: { summary: 'Let go of the run until people have answered; lease token', parameters: [run], responses: { 200: answer('The lease is over'), 409: answer('Nothing was asked.'), ...leaseOver } } },
    '/runs/{run}/release': { post: { summary: 'Give the run back to the queue; lease token', parameters: [run], responses: { 200: answer('The lease is over'), ...leaseOver } } },
    '/runs/{run}/cancel': { post: { summary: 'Cancel a run', parameters: [run], responses: { 200: answer('Cancelled'), 409: answer('It has ended already.'), ...errors } } },
    '/runs/{run}/retry': { post: { summary: 'Run again, beside the first', parameters: [run], requestBody: body({ note: { type: 'string', description: 'What is different now; the words of the first run stay' } }), responses: { 201: answer('The new run'), 409: answer('It has not ended yet.'), ...errors } } },
    '/runs/{run}/heartbeat': { post: { summary: 'Renew the lease; lease token', parameters: [run], responses: { 200: answer('Renewed'), ...leaseOver } } },
    '/runs/{run}/manifest': {
      post: { summary: 'Keep what the run read; lease token', parameters: [run], requestBody: body({ sources: { type: 'array', items: { type: 'object' } } }), responses: { 200: answer('Kept'), ...leaseOver } },
    },
    '/runs/{run}/artifacts': {
      post: { summary: 'Store an artifact of the run; lease token', parameters: [run, fileName], requestBody: bytes, responses: { 201: answer('The artifact'), ...errors, ...leaseOver } },
    },
    '/runs/{run}/finish': {
      post: {
        summary: 'End the run; lease token', parameters: [run],
        requestBody: body({ state: { enum: ['succeeded', 'failed'] }, summary: { type: 'string' }, reason: { type: 'string' }, code: { type: 'string', description: 'Of a failure, for programs' } }),
        responses: { 200: answer('Ended; a success is now in Review'), ...leaseOver },
      },
    },
    ...staffPaths,
    ...routinePaths,
    ...templatePaths,
    '/workspaces/{workspace}/insight': { get: { summary: 'What was done, how long things took, what runs came to and cost, and what waits', parameters: insight, responses: { 200: answer('The figures'), ...errors } } },
    '/workspaces/{workspace}/insight/missions': { get: { summary: 'The missions behind a figure', parameters: [...insight, query('show', 'done[.<day>], column.<column>, runs[.<verdict>[.<day>]], staff.<id>, project.<id>, cost or waiting.<kind>[.<age>]')], responses: { 200: answer('{items, total}'), ...errors } } },
    ...libraryPaths,
  },
} as const
