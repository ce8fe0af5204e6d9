import { scriptedModel, type ScriptedModel } from './model.ts'
import { test as base } from './test.ts'

/** Playwright's `test` with a model that answers as it was told; the tests of a worker share it. */
export const test = base.extend<object, { model: ScriptedModel }>({
  model: [async ({}, use) => {
    const model = await scriptedModel()
    await use(model)
    await model.stop()
  }, { scope: 'worker' }],
})

/** What has a server's COO ask this model; scripts know it as "chief". */
export const asksChief = (model: ScriptedModel) => ({ OPENAI_BASE_URL: model.baseUrl, OPENAI_MODEL: 'chief', OPENAI_API_KEY: 'k' })
