import type { FileOwner } from '#lib/board/files.ts'
import type { FileId } from '#lib/board/ids.ts'
import { formatSize } from '#lib/ui/format.ts'
import { toast } from '#lib/ui/toast.ts'
import { giveUp, sendFile, unfinishedUploads, uploadUrl } from './send-file.ts'

export type Upload = {
  id: number
  name: string
  size: number
  /** The file on this device; `null` after a reload of the page, which forgets it. */
  file: File | null
  /** The file that gets a new version. */
  replaces: FileId | null
  /** Where it goes on. */
  url: string | null
  /**
   * `reconnecting`, `offline`: it goes on by itself. `interrupted`: the page was closed while it was sent; it goes on when the
   * file is picked again. `listed`: arrived, and about to stand among the files.
   */
  state: 'waiting' | 'sending' | 'reconnecting' | 'offline' | 'interrupted' | 'failed' | 'listed'
  /** 0 to 1. */
  share: number
  message: string
  again: boolean
  fileId: FileId | null
}

const atOnce = 2
let next = 1

/** Held while this browser sends an upload, so that another tab does not offer to go on with it. */
const lockName = (url: string) => `upload:${url.split('/').at(-1)}`

/** The files on their way to a mission or a project: two at a time, the others wait. They go on when what shows them is closed. */
export class Uploads {
  list = $state<Upload[]>([])
  /** Whether somebody sees the list; what fails otherwise is said aloud. */
  watched = false
  #owner: FileOwner
  #underway = new Map<number, { stop: () => void; discard: () => void }>()
  #release = new Map<number, () => void>()

  constructor(owner: FileOwner) {
    this.#owner = owner
    addEventListener('online', () => this.resume())
    addEventListener('offline', () => this.#pause())
    addEventListener('beforeunload', (event) => {
      if (this.list.some(({ state }) => state === 'sending' || state === 'waiting' || state === 'reconnecting')) event.preventDefault()
    })
    void this.#recall()
  }

  add(files: readonly File[]) {
    for (const file of files) {
      const begun = this.list.find(({ state, name, size, replaces }) => state === 'interrupted' && replaces === null && name === file.name && size === file.size)
      if (begun) Object.assign(begun, { file, state: 'waiting', message: '' })
      else this.#push({ name: file.name, size: file.size, file })
    }
    this.#pump()
  }

  /** Sends a file as the next version of another. */
  replace(id: FileId, file: File) {
    this.#push({ name: file.name, size: file.size, file, replaces: id })
    this.#pump()
  }

  /** Goes on with an upload that a reload of the page broke off. Another file than the one that was begun is not taken for it. */
  pickAgain(id: number, file: File) {
    const upload = this.#find(id)
    if (upload?.state !== 'interrupted') return
    if (file.size !== upload.size) {
      upload.message = `That is another file: “${file.name}” has ${formatSize(file.size)}, and “${upload.name}” had ${formatSize(upload.size)}. Pick the same one, or take this off the list and attach it anew.`
      return
    }
    Object.assign(upload, { file, state: 'waiting', message: '' })
    this.#pump()
  }

  /** Stops a file that is on its way and removes what has arrived of it, or takes one off the list. */
  remove(id: number) {
    const upload = this.#find(id)
    const underway = this.#underway.get(id)
    underway?.discard()
    if (!underway && upload?.url && upload.state !== 'listed') void giveUp(upload.url.split('/').at(-1) ?? '')
    this.#ended(id)
    this.list = this.list.filter((each) => each.id !== id)
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

  /** Takes off what stands among the files by now. */
  listed(files: ReadonlySet<FileId>) {
    if (this.list.some(({ fileId }) => fileId && files.has(fileId))) {
      this.list = this.list.filter(({ fileId }) => !fileId || !files.has(fileId))
    }
  }

  #find = (id: number) => this.list.find((upload) => upload.id === id)

  #push(upload: Pick<Upload, 'name' | 'size' | 'file'> & Partial<Upload>) {
    this.list.push({ id: next++, replaces: null, url: null, state: 'waiting', share: 0, message: '', again: true, fileId: null, ...upload })
  }

  /** What was begun here before a reload of the page. */
  async #recall() {
    const begun = await unfinishedUploads(this.#owner)
    const held = new Set((await navigator.locks?.query())?.held?.map(({ name }) => name))
    for (const { id, name, size, offset, replaces } of begun) {
      const url = uploadUrl(id)
      if (held.has(lockName(url)) || this.list.some((upload) => upload.url?.endsWith(url))) continue
      this.#push({ name, size, file: null, url, replaces, state: 'interrupted', share: offset / size })
    }
  }

  #pause() {
    for (const upload of this.list) {
      if (upload.state !== 'sending' && upload.state !== 'reconnecting' && upload.state !== 'waiting') continue
      this.#underway.get(upload.id)?.stop()
      upload.state = 'offline'
    }
  }

  #pump() {
    while (this.#underway.size < atOnce) {
      const upload = this.list.find(({ state }) => state === 'waiting')
      if (!upload?.file) return
      if (!navigator.onLine) {
        upload.state = 'offline'
        continue
      }
      void this.#send(upload, upload.file)
    }
  }

  #ended(id: number) {
    this.#underway.delete(id)
    this.#release.get(id)?.()
    this.#release.delete(id)
  }

  #begun(upload: Upload, url: string) {
    upload.url = url
    if (this.#release.has(upload.id)) return
    const held = new Promise<void>((resolve) => this.#release.set(upload.id, resolve))
    void navigator.locks?.request(lockName(url), { ifAvailable: true }, () => held)
  }

  async #send(upload: Upload, file: File) {
    const { id } = upload
    upload.state = 'sending'
    const sending = sendFile({ owner: this.#owner, replaces: upload.replaces }, file, upload.url, {
      progress: (share) => {
        upload.share = share
        if (upload.state === 'reconnecting') upload.state = 'sending'
      },
      reconnecting: () => {
        if (upload.state === 'sending') upload.state = 'reconnecting'
      },
      begun: (url) => this.#begun(upload, url),
    })
    this.#underway.set(id, sending)
    const outcome = await sending.sent
    this.#ended(id)
    if (outcome.ok) {
      upload.state = 'listed'
      upload.share = 1
      upload.url = null
      upload.fileId = outcome.file.id
      // The list that everyone sees has it any moment; should it be late, this row is not what stays.
      setTimeout(() => this.remove(id), 5_000)
      const { name, version } = outcome.file
      if (version > 1) toast(`“${name}” has a new version: ${version}`, { tone: 'success' })
      else if (!this.watched) toast(`“${name}” is attached`, { tone: 'success' })
    } else if (outcome.code !== 'stopped') {
      upload.state = outcome.code === 'unreachable' && !navigator.onLine ? 'offline' : 'failed'
      upload.message = outcome.message
      upload.again = outcome.again
      // What the server refused is gone there; the next try is a new one.
      if (outcome.code === 'refused') upload.url = null
      if (!this.watched && upload.state === 'failed') toast(`“${upload.name}” was not attached. ${outcome.message}`, { tone: 'danger', seconds: 0 })
    }
    this.#pump()
  }
}

const all = new Map<string, Uploads>()

/** Only in the browser. */
export function uploadsOf(owner: FileOwner): Uploads {
  const key = `${owner.kind}/${owner.id}`
  let uploads = all.get(key)
  if (!uploads) all.set(key, uploads = new Uploads(owner))
  return uploads
}
