import { setTimeout as pause } from 'node:timers/promises'
import * as Y from 'yjs'
import { descriptionOf } from '#lib/board/mission-document.ts'
import { connect } from '../../tests/support/client.ts'
import { seeded } from '../seeded.ts'
import { play } from './player.ts'

// People who write in one description, each in a paragraph of their own, with their cursors: what a browser that has it open
// gets of them is real; what they would show is not drawn anywhere.

type Typist = { client: ReturnType<typeof connect>; text: Y.XmlText }

const typists: Typist[] = []
let typing = false

export const calls = play({
  async join({ wsUrl, name, token, count }: { wsUrl: string; name: string; token: string; count: number }) {
    for (let number = 0; number < count; number += 1) {
      const client = connect(wsUrl, name, { token })
      await client.synced(30_000)
      const text = new Y.XmlText('')
      client.document.transact(() => {
        const paragraph = new Y.XmlElement('paragraph')
        paragraph.insert(0, [text])
        const description = descriptionOf(client.document)
        description.insert(description.length, [paragraph])
        text.insert(0, `Typist ${number}: `)
      })
      await client.acknowledged(30_000)
      typists.push({ client, text })
    }
    // From here on they only write: reading what the others write is what the measured browser does.
    for (const { client } of typists) client.provider.onMessage = () => {}
  },

  /** Everybody presses so many keys a second until told to stop, not in step with one another. */
  async begin({ perSecond, seed }: { perSecond: number; seed: number }) {
    const random = seeded(seed)
    typing = true
    for (const [number, { client, text }] of typists.entries()) {
      void (async () => {
        await pause(random() * 1000 / perSecond)
        while (typing) {
          text.insert(text.length, random() < 0.18 ? ' ' : 'etaoinsr'[Math.floor(random() * 8)]!)
          const place = Y.createRelativePositionFromTypeIndex(text, text.length)
          client.provider.setAwarenessField('cursor', { name: `Typist ${number}`, color: 'var(--teal)', focusing: true, anchorPos: place, focusPos: place, awarenessData: {} })
          await pause((0.5 + random()) * 1000 / perSecond)
        }
      })()
    }
  },

  async stop(_: null) {
    typing = false
    for (const { client } of typists) client.provider.setAwarenessField('cursor', null)
    await pause(500)
  },
})
