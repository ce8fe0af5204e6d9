import { expect, test } from 'vitest'
import type { ActorId } from '#lib/board/ids.ts'
import { fromMarkdown } from '#lib/editor/from-markdown.ts'
import { entryInWords } from './in-words.ts'

test('what happened reads as it was named, whatever stands in the names, and leads to the mission alone', () => {
  const { words } = entryInWords({
    id: 1, seq: 1, at: 0, until: 0, count: 1, kind: 'file.renamed', missionId: null, projectId: null, runId: null,
    actor: { kind: 'person', id: 'mia' as ActorId, name: '# Mia <b>' },
    subject: { kind: 'mission', id: 'fair', name: '[fair](https://evil.example) ~~gone~~' },
    details: { from: '<i>old</i> &amp; `older`', to: '![new](p.png)' },
  })
  const [block] = fromMarkdown(words)
  const inline = block?.kind === 'paragraph' ? block.children : []
  expect(inline.filter(({ kind }) => kind === 'mention')).toEqual([{ kind: 'mention', target: 'missions://mission/fair', name: '[fair](https://evil.example) ~~gone~~' }])
  expect(inline.map((part) => ('text' in part ? part.text : 'name' in part ? part.name : '')).join('')).toBe('# Mia <b> renamed the file “<i>old</i> &amp; `older`” to “![new](p.png)” on [fair](https://evil.example) ~~gone~~')
})
