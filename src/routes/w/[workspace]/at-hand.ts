import { createContext } from 'svelte'
import type { IconComponent } from '#lib/ui/icon.ts'

/** What can be done with what somebody has before them. */
export type Offered = {
  /** Of what: `Order flags`. */
  title: string
  commands: readonly { name: string; icon: IconComponent; shortcut?: string; run: () => void }[]
}

/** Where a page says what can be done on it, for the palette that stands around all pages. */
export class AtHand {
  #ask: (() => Offered | null) | null = null

  /** Takes what a page offers, asked for when it is needed; the answer ends that. */
  offer(ask: () => Offered | null): () => void {
    this.#ask = ask
    return () => {
      if (this.#ask === ask) this.#ask = null
    }
  }

  now = (): Offered | null => this.#ask?.() ?? null
}

export const [useAtHand, provideAtHand] = createContext<AtHand>()
