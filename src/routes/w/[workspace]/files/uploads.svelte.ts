import type { FileId, MissionId } from '#lib/board/ids.ts'
import { toast } from '#lib/ui/toast.ts'
import { sendFile } from './send-file.ts'

export type Upload = {
  id: number
  file: File
  /** `offline`: it goes on by itself when the network is back. `listed`: arrived, and about to stand among the attachments. */
  state: 'waiting' | 'sending' | 'offline' | 'failed' | 'listed'
  /** 0 to 1. */
  share: number
  message: string
  again: boolean
  fileId: FileId | null
}

const atOnce = 2
let next = 1

/** The files on their way to a mission: two at a time, the others wait. They go on when the mission is closed. */
export class Uploads {
  list = $state<Upload[]>([])
  /** Whether somebody sees the list; what fails otherwise is said aloud. */
  watched = false
  #mission: MissionId
  #stops = new Map<number, () => void>()

  constructor(mission: MissionId) {
    this.#mission = mission
    addEventListener('online', () => this.resume())
    addEventListener('beforeunload', (event) => {
      if (this.list.some(({ state }) => state === 'sending' || state === 'waiting')) event.preventDefault()
    })
  }

  add(files: readonly File[]) {
    for (const file of files) {
      this.list.push({ id: next++, file, state: 'waiting', share: 0, message: '', again: true, fileId: null })
    }
    this.#pump()
  }

  /** Stops a file that is on its way, or takes one off the list. */
  remove(id: number) {
    this.#stops.get(id)?.()
    this.#stops.delete(id)
    this.list = this.list.filter((upload) => upload.id !== id)
    this.#pump()
  }

  retry(id: number) {
    const upload = this.#find(id)
    if (!upload) return
    upload.state = 'waiting'
    upload.message = ''
    this.#pump()
  }

  /** Sends what waited for the network. */
  resume() {
    for (const upload of this.list) if (upload.state === 'offline') upload.state = 'waiting'
    this.#pump()
  }

  /** Takes off what stands among the attachments by now. */
  listed(files: ReadonlySet<FileId>) {
    if (this.list.some(({ fileId }) => fileId && files.has(fileId))) {
      this.list = this.list.filter(({ fileId }) => !fileId || !files.has(fileId))
    }
  }

  #find = (id: number) => this.list.find((upload) => upload.id === id)

  #pump() {
    while (this.#stops.size < atOnce) {
      const upload = this.list.find(({ state }) => state === 'waiting')
      if (!upload) return
      if (!navigator.onLine) {
        upload.state = 'offline'
        continue
      }
      void this.#send(upload)
    }
  }

  async #send(upload: Upload) {
    const { id, file } = upload
    upload.state = 'sending'
    upload.share = 0
    const { sent, stop } = sendFile(this.#mission, file, (share) => (upload.share = share))
    this.#stops.set(id, stop)
    const outcome = await sent
    this.#stops.delete(id)
    if (outcome.ok) {
      upload.state = 'listed'
      upload.share = 1
      upload.fileId = outcome.file.id
      // The list that everyone sees has it any moment; should it be late, this row is not what stays.
      setTimeout(() => this.remove(id), 5_000)
      if (!this.watched) toast(`“${outcome.file.name}” is attached`, { tone: 'success' })
    } else if (outcome.code !== 'stopped') {
      upload.state = outcome.code === 'unreachable' && !navigator.onLine ? 'offline' : 'failed'
      upload.message = outcome.message
      upload.again = outcome.again
      if (!this.watched && upload.state === 'failed') toast(`“${file.name}” was not attached. ${outcome.message}`, { tone: 'danger', seconds: 0 })
    }
    this.#pump()
  }
}

const all = new Map<MissionId, Uploads>()

/** Only in the browser. */
export function uploadsOf(mission: MissionId): Uploads {
  let uploads = all.get(mission)
  if (!uploads) all.set(mission, uploads = new Uploads(mission))
  return uploads
}
