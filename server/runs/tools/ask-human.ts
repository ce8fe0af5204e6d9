import { z } from 'zod'
import { defineTool, failed, waitsForPeople } from './tool.ts'

/** Its calls never get as far as being carried out: whoever carries out calls asks people instead. */
export const askHuman = defineTool({
  name: waitsForPeople,
  told: 'Asks the people of the workspace a question and waits for the answer, which may take hours. Use it only for what you cannot find out and should not assume. Offer choices where there are a few sensible answers.',
  args: z.object({
    question: z.string().min(1).max(4_000).describe('One clear question, with what one needs to know to answer it'),
    choices: z.array(z.string().min(1).max(200)).max(8).optional().describe('Answers to choose from; people may still answer in words of their own'),
  }),
  carryOut: async () => failed('The question was not put to anybody.'),
})
