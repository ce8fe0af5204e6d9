import { expect, test } from 'vitest'
import type { ActorId, FileId } from '#lib/board/ids.ts'
import { randomFrom } from '../../../../tests/support/random.ts'
import { contextOf } from '../../../../tests/support/run.ts'
import { composePrompt } from './prompt.ts'
import { tokensOfAll } from './tokens.ts'

test('[ENGINE6] whatever is on a mission, all that is sent first is within its room, headings and instructions with it, and is what is said of it', async () => {
  const random = randomFrom(11)
  const words = () => 'tide 潮 '.repeat(random.below(3_000))
  const many = <T>(most: number, make: (n: number) => T) => Array.from({ length: random.below(most) }, (_, n) => make(n))
  const file = (n: number) => ({
    id: `file${n}` as FileId, name: `${n} ${'long name '.repeat(random.below(12))}.txt`, type: random.chance(0.1) ? 'image/png' : 'text/plain', size: 9, version: 1, hash: `${n}`,
    read: async () => new Uint8Array(), stream: async () => new ReadableStream<Uint8Array>(),
    text: async () => ({ ok: true as const, text: { parts: [{ kind: 'text' as const, title: null, page: null, markdown: words() }], pages: null, notes: [] } }),
  })
  for (let round = 0; round < 60; round += 1) {
    const { fitted, messages } = await composePrompt(contextOf({
      staff: { name: 'Analyst', role: 'Reads', instructions: words().slice(0, 8_000) },
      mission: { ...contextOf().mission, description: words() }, note: random.chance(0.5) ? words() : '',
      project: random.chance(0.5) ? { name: 'Harbour', brief: words(), docs: many(20, (n) => ({ title: `Doc ${n}`, text: words() })) } : null,
      comments: many(100, (n) => ({ author: 'Ada', body: words(), createdAt: n })), earlier: many(30, (n) => ({ summary: words().slice(0, 300), endedAt: n })),
      reviews: many(4, (n) => ({ author: 'Ben', verdict: 'changes_requested', note: words(), quotes: [], createdAt: n })),
      memory: many(12, (n) => ({
        kind: 'artifact', label: `work ${n}.md`, name: `work ${n}.md`, where: '', reason: 'found by “tide”', given: random.chance(0.5),
        file: { id: `m${n}` as FileId, type: random.chance(0.2) ? 'image/png' : 'text/markdown', size: 9, version: 1 }, text: async () => ({ ok: true as const, text: words() }),
      })),
      artifacts: many(40, (n) => ({ id: `a${n}` as FileId, name: `artifact ${n}.md`, type: 'text/markdown', size: 9, version: 1, createdAt: n })),
      attachments: many(60, file), colleagues: many(30, (n) => ({ id: `s${n}` as ActorId, name: `Staff ${n}`, role: 'Reads' })),
    }), { room: 24_000, mark: 'a1b2c3', reads: { attachments: true, artifacts: true } })
    expect(fitted.tokens, `round ${round}`).toBe(tokensOfAll(messages))
    expect(fitted.tokens, `round ${round}`).toBeLessThanOrEqual(24_000)
  }
})
