import { priorities } from '#lib/board/mission.ts'
import { fieldKinds } from '#lib/templates/template.ts'
import { answer, body, errors, optional, path } from './parts.ts'

const text = { type: 'string' } as const
const texts = { type: 'array', items: text } as const
const workspace = path('workspace', 'Id of a workspace')
const template = path('template', 'Id of a template')
const taken = { 409: answer('The name is taken, there are too many, or somebody else changed it meanwhile.') }

const content = {
  type: 'object', description: 'Fields stand in texts as {{key}}, and as project or assignee likewise.',
  properties: {
    fields: { type: 'array', items: { type: 'object', properties: { key: text, label: text, kind: { enum: fieldKinds }, required: { type: 'boolean' }, default: text, choices: texts } } },
    missions: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          key: text, title: text, description: { ...text, description: 'Markdown' }, project: text, assignee: text, priority: { enum: priorities }, labels: texts, autoRun: { type: 'boolean' },
          due: { type: ['object', 'null'], properties: { days: { type: 'integer' }, after: { ...text, description: 'Key of a date field; empty is the day of use' } } },
          blockedBy: { ...texts, description: 'Keys of missions that come before it' }, files: { ...texts, description: 'Ids of attachments that each new mission gets' },
        },
      },
    },
  },
}
const which = { missions: texts, connected: { type: 'boolean', description: 'Also what they wait for, and what waits for them' }, files: { type: 'boolean', description: 'Their attachments, too' } }
const fields = { name: text, description: text, content }

/** Templates: missions to be made again and again. */
export const templatePaths = {
  '/workspaces/{workspace}/templates': {
    get: { summary: 'The templates by name', parameters: [workspace, optional('archived', '1: those too that were archived')], responses: { 200: answer('{templates}'), ...errors } },
    post: { summary: 'Keep a template', parameters: [workspace], requestBody: body({ ...fields, from: { type: 'object', properties: which, description: 'Missions that it is made of, instead of content' } }), responses: { 201: answer('{template}'), ...taken, ...errors } },
  },
  '/workspaces/{workspace}/templates/draft': { post: { summary: 'What a template of missions would have', description: 'Nothing is kept.', parameters: [workspace], requestBody: body(which), responses: { 200: answer('{content}'), ...taken, ...errors } } },
  '/templates/{template}': {
    get: { summary: 'A template', parameters: [template], responses: { 200: answer('{template}'), ...errors } },
    patch: { summary: 'Change a template', parameters: [template], requestBody: body({ ...fields, version: { type: 'integer', description: 'The one that was edited; refused where there is a newer one' } }), responses: { 200: answer('{template}'), ...taken, ...errors } },
    delete: { summary: 'Archive a template', parameters: [template], responses: { 200: answer('{template}'), ...errors } },
  },
  '/templates/{template}/restore': { post: { summary: 'Bring back one that was archived', parameters: [template], responses: { 200: answer('{template}'), ...taken, ...errors } } },
  '/templates/{template}/use': {
    post: {
      summary: 'Make the missions of a template', description: 'All in one edit of the board. A field that is left out takes its default.', parameters: [template],
      requestBody: body({ fields: { type: 'object', additionalProperties: text }, zone: { ...text, description: 'Time zone in which it is today' } }), responses: { 201: answer('{missionIds}'), ...taken, ...errors },
    },
  },
}
