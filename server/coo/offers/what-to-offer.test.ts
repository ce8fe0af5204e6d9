import { expect, test } from 'vitest'
import type { MissionId } from '#lib/board/ids.ts'
import type { IntakeRequest } from '../intake.ts'
import { intake } from '../intake/intake.ts'
import { world } from '../intake/eval/case.ts'
import { whatToOffer } from './what-to-offer.ts'

const empty: IntakeRequest = { ...world, text: '', projectId: null, projects: [], staff: [], missions: [] }
const offered = (text: string, more: Partial<IntakeRequest> = {}) => {
  const request = { ...empty, ...more, text }
  return whatToOffer(request, intake(request).proposals, new Set()).map(({ kind }) => kind)
}

test('[COO11] what is asked for, or a wish to begin, comes with what there is to set up', () => {
  expect(offered('Research what other harbours charge.')).toEqual(['project', 'staff'])
  for (const begins of ['Hello!', 'Help us to get started.', 'How do we begin?', 'What can you do?']) expect([begins, offered(begins)]).toEqual([begins, ['project', 'staff', 'staff']])
})

test('[COO11] a question has its answer and nothing beside it, also before there is a project', () => {
  for (const question of ['What is stuck?', 'Who is working on what?', 'When did the ropes arrive?', 'Wann kamen die Taue?']) expect([question, offered(question)]).toEqual([question, []])
  expect(offered('Thanks!', { missions: [{ id: 'm' as MissionId, title: 'Mend the nets', status: 'backlog' }] })).toEqual([])
})
