import { sideThread, SideJobFailed } from '../runs/beside/side-thread.ts'
import { CooFailed, type CooEngine } from './coo-engine.ts'
import { aboutBoard } from './about-board.ts'

/** The COO without a model: it sorts what people write by rules, and answers what the board and the search can. */
export const offlineCoo: CooEngine = {
  name: 'offline',
  async answer(question, say) {
    const known = await aboutBoard(question)
    if (known !== null) {
      say(known)
      return { proposals: [] }
    }
    // Ten pages take half a second, in which the server's own thread would answer nobody.
    const beside = sideThread(question.signal)
    try {
      const { reply, proposals } = await beside.run('intake', question.request)
      say(reply)
      return { proposals }
    } catch (error) {
      if (error instanceof SideJobFailed) throw new CooFailed('This is more than I can sort by rules. Send it in parts.')
      throw error
    } finally {
      await beside.close()
    }
  },
}
