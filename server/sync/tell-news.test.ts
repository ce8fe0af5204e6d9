import { expect, test, vi } from 'vitest'
import type { ActorId, WorkspaceId } from '#lib/board/ids.ts'
import type { Notice } from '#lib/sync/notices.ts'
import { tellNews } from './tell-news.ts'

const acme = 'acme' as WorkspaceId

test('the first notice goes out at once, those right behind it as the newest of them, and no other is kept back by them', () => {
  vi.useFakeTimers()
  try {
    const sent: [string, Notice][] = []
    const tell = tellNews((workspaceId, notice) => void sent.push([workspaceId, notice]))
    for (let seq = 1; seq <= 5; seq++) tell(acme, { kind: 'activity', seq }, undefined)
    tell(acme, { kind: 'inbox', userId: 'mia' as ActorId }, undefined)
    tell(acme, { kind: 'inbox', userId: 'sam' as ActorId }, undefined)
    tell('other' as WorkspaceId, { kind: 'activity', seq: 9 }, undefined)
    expect(sent).toEqual([
      [acme, { kind: 'activity', seq: 1 }], [acme, { kind: 'inbox', userId: 'mia' }], [acme, { kind: 'inbox', userId: 'sam' }], ['other', { kind: 'activity', seq: 9 }],
    ])
    vi.advanceTimersByTime(250)
    expect(sent.slice(4)).toEqual([[acme, { kind: 'activity', seq: 5 }]])
    tell(acme, { kind: 'activity', seq: 6 }, undefined)
    vi.advanceTimersByTime(250)
    tell(acme, { kind: 'activity', seq: 7 }, undefined)
    vi.advanceTimersByTime(250)
    tell(acme, { kind: 'activity', seq: 8 }, undefined)
    vi.advanceTimersByTime(250)
    expect(sent.slice(5).map(([, notice]) => notice)).toEqual([6, 7, 8].map((seq) => ({ kind: 'activity', seq })))
  } finally {
    vi.useRealTimers()
  }
})

test('what can wait goes out once in a second, however much comes', () => {
  vi.useFakeTimers()
  try {
    const sent: Notice['kind'][] = []
    const tell = tellNews((_, notice) => void sent.push(notice.kind))
    for (let at = 0; at < 30; at++) {
      tell(acme, { kind: 'chats' }, undefined)
      if (at < 9) expect(sent).toEqual([])
      vi.advanceTimersByTime(100)
    }
    expect(sent).toEqual(['chats', 'chats', 'chats'])
  } finally {
    vi.useRealTimers()
  }
})
