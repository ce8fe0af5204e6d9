import { describe, expect, test } from 'vitest'
import type { TemplateId } from '#lib/board/ids.ts'
import type { IntakeTemplate } from '../intake.ts'
import { requestOf } from './eval/score.ts'
import { intake } from './intake.ts'

const field = (key: string, kind: IntakeTemplate['fields'][number]['kind'], choices: string[] = []) => ({ key, label: key[0]!.toUpperCase() + key.slice(1), kind, required: true, default: '', choices })
const templates: IntakeTemplate[] = [
  { id: 'onboarding' as TemplateId, name: 'Onboarding', fields: [field('customer', 'text'), field('start', 'date'), field('lead', 'person'), field('plan', 'choice', ['Basic', 'Premium'])] },
  { id: 'close' as TemplateId, name: 'Monthly close', fields: [field('month', 'text'), field('reviewer', 'person')] },
]
const asked = (text: string) => intake({ ...requestOf({ id: '', style: '', text, wanted: [] }), templates })
const fields = (text: string) => asked(text).use?.fields

describe('[TEMPLATE4] a request that names a template', () => {
  test.each([
    ['Onboard ACME using the onboarding template', { customer: 'ACME' }],
    ['use the Onboarding template: customer: Blue Water, start: 2027-01-15, plan: premium', { customer: 'Blue Water', start: '2027-01-15', plan: 'Premium' }],
    ['Please use our onboarding template for “the harbour club”, Bo leads it, Premium plan, they start on 15 January 2027', { customer: 'the harbour club', start: '2027-01-15', lead: 'bo-larsen', plan: 'Premium' }],
    ['onboarding template, the customer is Northwind and the lead is me', { customer: 'Northwind', lead: 'mara-lindt' }],
    ['onboard the club down the road with the onboarding template', {}],
    ['Run the monthly close for March with Priya', { reviewer: 'priya-raman' }],
  ])('%s', (text, wanted) => expect(fields(text)).toEqual(wanted))

  test('by a word that is only a word names none', () => {
    for (const text of ['Plan the onboarding of the new developer by Friday', 'Write a template for invoices']) expect(asked(text).use).toBeUndefined()
  })

  test('that is not there is told so, with those that are', () => {
    const { reply, use } = asked('Set up Northwind using the offboarding template')
    expect(use).toBeUndefined()
    expect(reply).toContain('There is no template called “offboarding”; there are “Onboarding”, “Monthly close”.')
  })
})
