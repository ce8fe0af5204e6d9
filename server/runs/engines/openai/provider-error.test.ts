import OpenAI from 'openai'
import { expect, test } from 'vitest'
import { judgeError } from './provider-error.ts'

test('a provider that repeats the key is quoted without it', () => {
  const error = new OpenAI.APIError(401, { message: 'Incorrect API key provided: sk-live-12345678. Ask your owner.' }, undefined, new Headers())
  const verdict = judgeError(error, { pictures: false, usage: false }, 'sk-live-12345678')
  expect(verdict).toMatchObject({ kind: 'final', code: 'engine_refused', reason: expect.stringContaining('Incorrect API key provided: •••. Ask your owner.') as string })
  expect(JSON.stringify(verdict)).not.toContain('12345678')
})
