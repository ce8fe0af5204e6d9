// What descriptions of the API are made of.

export const path = (name: string, what: string) => ({ name, in: 'path', required: true, description: what, schema: { type: 'string' } })
export const query = (name: string, what: string) => ({ name, in: 'query', required: true, description: what, schema: { type: 'string' } })
export const answer = (what: string) => ({ description: what })
export const errors = {
  400: answer('Something in the request is wrong; the message says what.'),
  401: answer('Nobody is signed in, or the token is not valid.'),
  403: answer('You may look, but not change.'),
  404: answer('It does not exist, or you have no access to it.'),
}
export const body = (properties: Record<string, unknown>) => ({ content: { 'application/json': { schema: { type: 'object', properties } } } })
export const optional = (name: string, what: string, schema: Record<string, unknown> = { type: 'string' }) => ({ name, in: 'query', required: false, description: what, schema })
export const run = path('run', 'Id of a run')
export const leaseOver = { 410: answer('The lease is over: the run was cancelled, or another worker has it.') }
