import { jobThread } from '../runs/beside/side-thread.ts'
import type { IntakeRequest, IntakeResult } from './intake.ts'

const thread = jobThread()

/** Sorts a request on a thread beside the server's own, which would answer nobody meanwhile: ten pages take half a second. */
export const intakeBeside = (request: IntakeRequest, signal: AbortSignal): Promise<IntakeResult> => thread.run(signal, 'intake', request)

export const endIntake = thread.close
