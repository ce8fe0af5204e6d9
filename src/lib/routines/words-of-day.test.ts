import { expect, test } from 'vitest'
import type { ActorId } from '../board/ids.ts'
import type { TemplateField } from '../templates/template.ts'
import { filledOn, weekOf, wordsOf } from './words-of-day.ts'

const field = (key: string, kind: TemplateField['kind']): TemplateField => ({ key, label: key, kind, required: false, default: '', choices: [] })

test('the weeks of a year are those of ISO 8601, also where years meet', () => {
  expect(['2026-11-26', '2027-01-03', '2027-01-04', '2024-12-30', '2021-01-01'].map((day) => Object.values(weekOf(day)).join(' of '))).toEqual(['48 of 2026', '53 of 2026', '1 of 2027', '1 of 2025', '53 of 2020'])
})

test('what a routine knows of its day is filled in where it stands, and what it does not know stays as it is', () => {
  const fields = [field('title', 'text'), field('until', 'date'), field('who', 'person')]
  const occasion = { day: '2026-12-30', about: 'Mooring fees', me: 'ann' as ActorId }
  expect(filledOn(fields, { title: 'Report of {{ Month }}, {{day}}: {{about}} {{customer}}', until: '3', who: 'me' }, occasion))
    .toEqual({ title: 'Report of December 2026, 30 December 2026: Mooring fees {{customer}}', until: '2027-01-02', who: 'ann' })
  expect(filledOn(fields, { until: '2026-02-01' }, occasion)).toEqual({ until: '2026-02-01' })
  expect(wordsOf(occasion).week).toBe('week 53 of 2026')
})
