import type { RequestEvent } from '@sveltejs/kit'
import { isId } from '#lib/board/ids.ts'
import type { Actor, Subject } from '#lib/board/policy.ts'
import { givenKinds, type GivenKind, type GivenTarget } from '#lib/library/given.ts'
import { actorWho, answer, ApiError, body, done, json, notFound, textField } from '../../../answer.ts'

const longestSource = 200
/** What whoever gives must be allowed to edit. */
const subjects: Record<GivenKind, Exclude<Subject['kind'], 'comment'>> = { mission: 'mission', project: 'doc', staff: 'staff', routine: 'routine' }

async function asked(event: RequestEvent, action: 'read' | 'edit'): Promise<{ target: GivenTarget; actor: Actor }> {
  const { kind: named, id } = event.params as { kind?: string; id?: string }
  const kind = givenKinds.find((known) => known === named)
  if (!kind || !isId(id)) throw notFound()
  const target: GivenTarget = { kind, id }
  const actor = await actorWho(event, (await event.locals.services.library.given.find(target))?.workspaceId, action, subjects[kind])
  return { target, actor }
}

/** What it was given to read, oldest first. */
export const GET = answer(async (event) => {
  const { target } = await asked(event, 'read')
  return json({ given: await event.locals.services.library.given.to(target) })
})

/** `{"source"}` gives a file or a doc: `missions://file/<id>`, `missions://doc/<id>`. */
export const POST = answer(async (event) => {
  const { target, actor } = await asked(event, 'edit')
  done(await event.locals.services.library.given.give(target, textField(await body(event), 'source', longestSource), actor.id))
  return json({ given: await event.locals.services.library.given.to(target) }, 201)
})

/** Takes `source` away. */
export const DELETE = answer(async (event) => {
  const { target, actor } = await asked(event, 'edit')
  const source = event.url.searchParams.get('source')
  if (!source) throw new ApiError(400, 'bad_field', '"source" must name what is taken away.', 'source')
  done(await event.locals.services.library.given.take(target, source, actor.id))
  return json({ given: await event.locals.services.library.given.to(target) })
})
