import { fileGroups, reviewedStates } from '#lib/library/library.ts'
import { answer, body, errors, leaseOver, optional, path, run } from './parts.ts'

const text = { type: 'string' } as const
const workspace = path('workspace', 'Id of a workspace')
const collection = path('collection', 'Id of a collection')
const file = path('file', 'Id of a file')
const note = path('note', 'Id of a note')
const moment = { type: 'string', format: 'date-time' }
const target = [{ ...path('kind', 'What is given something'), schema: { enum: ['mission', 'project', 'staff', 'routine'] } }, path('id', 'Its id')]
const source = { ...text, description: 'missions://file/<id> or missions://doc/<id>' }
const taken = { 409: answer('The name is taken, or there are too many.') }
const decided = { 409: answer('Somebody decided before; the message says what.') }

/** The library, what is given to whom, and what staff remember. */
export const libraryPaths = {
  '/workspaces/{workspace}/library': {
    get: {
      summary: 'The files of a workspace, those with the newest version first',
      description: '{items, total, next}. The board document’s stateless notice {"kind":"library"} says when to ask again.',
      parameters: [
        workspace, optional('kind', 'Put there by people, or made by runs', { enum: ['attachment', 'artifact'] }), optional('type', 'Kind of content', { enum: fileGroups }), optional('project', 'Id of a project'), optional('mission', 'Id of a mission'),
        optional('by', 'Who made the newest version'), optional('from', 'Not before this moment', moment), optional('to', 'Before this moment', moment), optional('reviewed', 'What people said of the run that made it', { enum: reviewedStates }),
        optional('collection', 'Id of a collection'), optional('pinned', '1: pinned ones alone'), optional('name', 'A part of the name'), optional('after', '`next` of the page before'), optional('limit', 'At most so many, up to 500', { type: 'integer' }),
      ],
      responses: { 200: answer('A page of files, with where they stand, whether they are approved, and how often they are used'), ...errors },
    },
  },
  '/workspaces/{workspace}/collections': {
    get: { summary: 'The collections', parameters: [workspace], responses: { 200: answer('{collections}'), ...errors } },
    post: { summary: 'Make a collection', parameters: [workspace], requestBody: body({ name: text }), responses: { 201: answer('{collection}'), ...taken, ...errors } },
  },
  '/collections/{collection}': {
    patch: { summary: 'Rename a collection', parameters: [collection], requestBody: body({ name: text }), responses: { 200: answer('{collection}'), ...taken, ...errors } },
    delete: { summary: 'Delete a collection; its files stay', parameters: [collection], responses: { 200: answer('Done'), ...errors } },
  },
  '/collections/{collection}/files/{file}': {
    put: { summary: 'Put a file into a collection', parameters: [collection, file], responses: { 200: answer('Done'), ...errors } },
    delete: { summary: 'Take a file out of a collection', parameters: [collection, file], responses: { 200: answer('Done'), ...errors } },
  },
  '/files/{file}/pin': {
    put: { summary: 'Pin a file', parameters: [file], responses: { 200: answer('Done'), ...errors } },
    delete: { summary: 'Take the pin off', parameters: [file], responses: { 200: answer('Done'), ...errors } },
  },
  '/files/{file}/uses': { get: { summary: 'Where a file is used, and what each of its versions came from', parameters: [file], responses: { 200: answer('{givenTo, readBy, descent, collections, pinned}'), ...errors } } },
  '/given/{kind}/{id}': {
    get: { summary: 'What a mission, project, staff member or routine was given to read', parameters: target, responses: { 200: answer('{given}, oldest first'), ...errors } },
    post: { summary: 'Give it a file or a doc: its runs read it', parameters: target, requestBody: body({ source }), responses: { 201: answer('{given}'), 409: answer('It was given as much as runs read.'), ...errors } },
    delete: { summary: 'Take it away again', parameters: [...target, { name: 'source', in: 'query', required: true, description: 'What is taken away', schema: source }], responses: { 200: answer('{given}'), ...errors } },
  },
  '/staff/{staff}/notes': { get: { summary: 'What a staff member would remember, and what it remembers', parameters: [path('staff', 'Id of a staff member')], responses: { 200: answer('{notes}, the newest first'), ...errors } } },
  '/notes/{note}/accept': { post: { summary: 'Accept a note: it becomes a doc that the staff member is given', parameters: [note], requestBody: body({ text: { ...text, description: 'In other words than it was proposed' } }), responses: { 200: answer('{note}'), ...decided, ...errors } } },
  '/notes/{note}/decline': { post: { summary: 'Decline a note', parameters: [note], responses: { 200: answer('{note}'), ...decided, ...errors } } },
  '/notes/{note}/forget': { post: { summary: 'Take an accepted note back', parameters: [note], responses: { 200: answer('{note}'), ...decided, ...errors } } },
  '/runs/{run}/memory': { get: { summary: 'Earlier work that the run is given, with the reasons; for its holder', parameters: [run], responses: { 200: answer('{pieces}, what matters most first'), ...leaseOver, ...errors } } },
}
