import type { Place } from './bind-yjs.ts'
import type { Upload } from './upload.ts'


/** Something on its way into the text, or waiting for a decision about it. */
export type Sending = {
  id: number
  file: File
  /** Of a picture, to be seen while it is on its way. */
  preview: string | null
  place: Place | null
  state: 'sending' | 'offline' | 'failed'
  share: number
  message: string
}

let next = 1

/** Files on their way into a text. Each goes where the caret was when it came, however long it takes and whatever others write. */
export class Sendings {
  list = $state<Sending[]>([])
  readonly #upload: Upload
  readonly #arrived: (id: string, sending: Sending) => void

  constructor(upload: Upload, arrived: (id: string, sending: Sending) => void) {
    this.#upload = upload
    this.#arrived = arrived
  }

  add(files: readonly File[], place: Place | null) {
    for (const file of files) {
      const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : null
      this.list.push({ id: next++, file, preview, place, state: 'sending', share: 0, message: '' })
      void this.#send(this.list.at(-1)!)
    }
  }

  retry(sending: Sending) {
    void this.#send(sending)
  }

  remove(sending: Sending) {
    if (sending.preview) URL.revokeObjectURL(sending.preview)
    this.list = this.list.filter(({ id }) => id !== sending.id)
  }

  resume = () => {
    for (const sending of this.list) if (sending.state === 'offline') void this.#send(sending)
  }

  async #send(sending: Sending) {
    if (!navigator.onLine) {
      sending.state = 'offline'
      return
    }
    sending.state = 'sending'
    sending.share = 0
    sending.message = ''
    const answer = await this.#upload(sending.file, (share) => (sending.share = share)).catch((error: unknown) => ({ message: error instanceof Error ? error.message : String(error) }))
    // Taken off meanwhile: the file is stored, and nobody wants it here.
    if (!this.list.some(({ id }) => id === sending.id)) return
    if ('id' in answer) {
      this.#arrived(answer.id, sending)
      this.remove(sending)
    } else if (!navigator.onLine) sending.state = 'offline'
    else {
      sending.state = 'failed'
      sending.message = answer.message
    }
  }
}
