import { aboutBoard } from './about-board.ts'
import type { CooEngine } from './coo-engine.ts'
import { intake } from './intake/intake.ts'

/** The COO without a model: it sorts what people write by rules, and answers what the board and the search can. */
export const offlineCoo: CooEngine = {
  name: 'offline',
  async answer(question, say) {
    const known = await aboutBoard(question)
    if (known !== null) {
      say(known)
      return { proposals: [] }
    }
    const { reply, proposals } = intake(question.request)
    say(reply)
    return { proposals }
  },
}
