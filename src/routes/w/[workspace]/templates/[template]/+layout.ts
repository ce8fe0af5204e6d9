import type { TemplateId } from '#lib/board/ids.ts'
import type { LayoutLoad } from './$types'
import { readTemplate } from '../template-calls.ts'

export const load: LayoutLoad = async ({ fetch, params, depends }) => {
  depends('missions:template')
  const read = await readTemplate(params.template as TemplateId, { fetch })
  return { template: read.ok ? read.value.template : null, problem: read.ok ? null : read.message, missing: !read.ok && read.status === 404 }
}
