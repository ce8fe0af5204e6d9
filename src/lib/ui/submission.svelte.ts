import { tick } from 'svelte'
import type { SubmitFunction } from '@sveltejs/kit'

type Options = {
  /** Whether a form that went through is emptied. */
  reset?: boolean
  done?: (data: Record<string, unknown>) => void
  /** Where it leads is loaded anew: another workspace is another page. */
  loadsAnew?: boolean
  /** Takes what went wrong, in words; without it the page's `form` and `failed` say so. */
  failed?: (message: string) => void
}

/** A form under way. Whatever fails, what was typed stays, and the first field in question gets the focus. */
export class Submission {
  busy = $state(false)
  /** The server was not reached or broke: what to do, for a person. */
  failed = $state<string | null>(null)
  #options: Options

  constructor(options: Options = {}) {
    this.#options = options
  }

  #fail(message: string) {
    if (this.#options.failed) this.#options.failed(message)
    else this.failed = message
  }

  /** For `use:enhance`. */
  submit: SubmitFunction = ({ formElement, cancel }) => {
    if (this.busy) return cancel()
    this.busy = true
    this.failed = null
    return async ({ result, update }) => {
      if (result.type === 'redirect' && this.#options.loadsAnew) return location.assign(result.location)
      if (result.type === 'error') {
        const id: unknown = result.error?.id
        this.#fail(id
          ? `Something went wrong on the server (${String(id)} in its log). What you entered is still here; try again.`
          : 'The server could not be reached. What you entered is still here; try again when you are online.')
      } else if (result.type === 'failure' && this.#options.failed) {
        this.#fail(String(result.data?.message))
      } else {
        await update({ reset: result.type === 'success' && (this.#options.reset ?? false) })
        if (result.type === 'success') this.#options.done?.(result.data ?? {})
      }
      this.busy = false
      await tick()
      formElement.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    }
  }
}
