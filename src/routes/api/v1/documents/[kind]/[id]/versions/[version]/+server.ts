import { answer, json } from '../../../../../answer.ts'
import { textHere, versionHere } from '../text-here.ts'

export const GET = answer(async (event) => {
  const { document } = await textHere(event, 'read')
  return json(await versionHere(event, document))
})
