import type { AskId } from '#lib/board/ids.ts'
import type { Ask, AskVerdict } from '#lib/board/run-record.ts'
import { callApi } from '#lib/workspace/call-api.ts'

/** Whoever is second gets 409, with what the first said. */
export const answerAsk = (ask: AskId, body: { answer?: string; verdict?: AskVerdict }) => callApi<{ ask: Ask }>('POST', `asks/${ask}/answer`, { body })
