import type { RequestEvent } from '@sveltejs/kit'
import { isId, type TemplateId } from '#lib/board/ids.ts'
import type { Actor } from '#lib/board/policy.ts'
import type { Template } from '#lib/templates/template.ts'
import { actorWho, notFound } from '../answer.ts'

/** The template that a request is about, and who asks, who may do this with it. */
export async function templateAsked(event: RequestEvent, action: 'read' | 'edit'): Promise<{ actor: Actor; template: Template }> {
  const { template: id } = event.params as { template?: string }
  if (!isId(id)) throw notFound()
  const found = await event.locals.services.templates.find(id as TemplateId)
  const actor = await actorWho(event, found?.workspaceId, action, 'template')
  if (!found) throw notFound()
  return { actor, template: found.template }
}
