import { browser } from '$app/environment'
import { SvelteMap } from 'svelte/reactivity'
import type { FileId } from '#lib/board/ids.ts'
import { callApi } from '#lib/workspace/call-api.ts'

const names = new SvelteMap<FileId, string>()
const asked = new Set<FileId>()

/** What a file is called that belongs elsewhere; '' until the server says it. */
export function fileName(id: FileId): string {
  if (browser && !asked.has(id)) {
    asked.add(id)
    void callApi<{ name: string }>('GET', `files/${id}`).then((answered) => {
      if (answered.ok) names.set(id, answered.value.name)
      else if (answered.code === 'unreachable') asked.delete(id)
      else if (answered.status === 404) names.set(id, 'A deleted file')
    })
  }
  return names.get(id) ?? ''
}
