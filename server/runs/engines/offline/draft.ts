import { setTimeout as after } from 'node:timers/promises'
import { breather } from '../../../files/extract/breather.ts'

const longest = 8000

/**
 * Gives a text out a few words at a time, `pace` milliseconds apart, so that people can read along; however long it is, after 8 s
 * the rest comes at once. Throws the signal's reason.
 */
export async function writeDraft(text: string, give: (words: string) => Promise<void>, pace: number, signal: AbortSignal) {
  const words = text.match(/\s*\S+\s*/g) ?? []
  const each = Math.max(2, Math.ceil(words.length / (pace > 0 ? (longest * 0.8) / pace : 200)))
  const breathe = breather(signal)
  const began = performance.now()
  for (let at = 0; at < words.length; at += each) {
    await breathe()
    const late = pace > 0 && performance.now() - began > longest
    await give(words.slice(at, late ? undefined : at + each).join(''))
    if (late) return
    if (pace > 0) await after(pace, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
}
