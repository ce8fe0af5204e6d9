import { limits } from '#lib/board/limits.ts'
import type { RunOutput } from '../../engine.ts'

export type Draft = ReturnType<typeof drafting>

/** The draft as people see it; what a broken try wrote is taken back. */
export function drafting(output: RunOutput, written: number) {
  let length = written
  let writing: Promise<void> = Promise.resolve()
  const say = (text: string) => {
    if (length + text.length > limits.draft) return
    length += text.length
    writing = writing.then(() => output.draft(text))
    // Whoever waits for `written` hears of it.
    writing.catch(() => {})
  }
  return {
    get length() { return length },
    say,
    paragraph: () => { if (length > 0) say('\n\n') },
    async back(to: number) {
      await writing.catch(() => {})
      writing = Promise.resolve()
      if (to === length) return
      length = to
      await output.redraft(to)
    },
    written: () => writing,
  }
}
