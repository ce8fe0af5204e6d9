import type { TemplateId } from '#lib/board/ids.ts'
import type { TemplateField } from '#lib/templates/template.ts'
import type { IntakeTemplate } from '../intake.ts'
import { dayIn } from './days.ts'
import { findDue } from './due.ts'
import { findActors, findProjects } from './names.ts'
import type { Reading } from './reading.ts'
import { tokensOf, type Token } from './tokens.ts'

/** What a request that names a template wants of it. `unknown`: it names one that is not there. */
export type TemplateAsk = { kind: 'use'; id: TemplateId; fields: Readonly<Record<string, string>> } | { kind: 'unknown'; said: string }

const cue = /\b(?:template|templates|vorlage|modèle|modele|plantilla)\b/iu
const uses = /\b(?:use|using|uses|used|with|from|by|per|follow|following|run|start|nach|mit|avec|con|usando)\s+(?:the|our|my|a|an|der|die|unserer|le|la|el)?\s*$/iu
const longest = 500

const isWord = ({ plain }: Token) => plain !== 'template' && plain !== 'the'

/** Where the name of a template stands in a text. */
function nameIn(text: string, tokens: readonly Token[], name: string): { at: number; end: number } | null {
  const parts = tokensOf(name).filter(isWord)
  if (parts.length === 0) return null
  for (let n = 0; n + parts.length <= tokens.length; n += 1) {
    if (!parts.every((part, k) => part.plain === tokens[n + k]?.plain)) continue
    const [at, end] = [tokens[n]!.at, tokens[n + parts.length - 1]!.end]
    // A name such as "onboarding" is a word as well: it is meant where a template is spoken of, right there.
    if (cue.test(text.slice(Math.max(0, at - 24), at)) || cue.test(text.slice(end, end + 14)) || (parts.length > 1 && uses.test(text.slice(0, at)))) return { at, end }
  }
  return null
}

/** The template that a request names, with the fields that its words fill in; what they leave open is left out. */
export function templateAsk(text: string, reading: Reading): TemplateAsk | null {
  const { templates = [] } = reading.request
  const tokens = tokensOf(text)
  const named = templates.flatMap((template) => {
    const place = nameIn(text, tokens, template.name)
    return place ? [{ template, ...place }] : []
  }).sort((a, b) => b.end - b.at - (a.end - a.at))[0]
  if (named) {
    // Without "using the onboarding template" the rest says what it is for.
    const before = text.slice(0, named.at).replace(/(?:\b(?:use|using|with|from|by|per|follow|following|run|start|mit|nach|avec|con)\s+)?(?:(?:the|our|my|a|an)\s+)?["“]?(?:template\s+)?$/iu, ' ')
    const after = text.slice(named.end).replace(/^["”]?\s*template\b/iu, '')
    return { kind: 'use', id: named.template.id, fields: fieldsFrom(`${before} ${after}`.trim(), named.template, reading) }
  }
  const [, said] = templates.length === 0 ? [] : /\b(?:use|using|with|from)\s+(?:the|our|my)\s+["“]?([\p{L}\p{N}' -]{2,60}?)["”]?\s+template\b/iu.exec(text) ?? []
  return said ? { kind: 'unknown', said: said.trim() } : null
}

function fieldsFrom(text: string, { fields }: IntakeTemplate, reading: Reading): Record<string, string> {
  const found: Record<string, string> = {}
  const { request, words } = reading
  let rest = text
  const open = (...kinds: TemplateField['kind'][]) => fields.filter(({ key, kind }) => kinds.includes(kind) && found[key] === undefined)

  for (const field of fields) {
    const said = named(rest, field)
    if (!said) continue
    const value = valueOf(field, said.words, reading)
    if (value === null) continue
    found[field.key] = value
    rest = rest.replace(said.whole, ' , ')
  }
  for (const mention of findActors(rest, reading)) {
    const [id, ...others] = mention.ids
    const isStaff = request.staff.some((one) => one.id === id)
    const [field] = open(isStaff ? 'staff' : 'person')
    if (field && id && others.length === 0 && mention.sure) found[field.key] = id
  }
  for (const { ids: [id, ...others] } of findProjects(rest, request.projects)) {
    const [field] = open('project')
    if (field && id && others.length === 0) found[field.key] = id
  }
  // Clause by clause: "…, they start on 15 January" is when something else happens, and here that is what is asked for.
  const days = open('date').length > 0 ? rest.split(/[,;]\s/).map((clause) => findDue(clause, dayIn(request.now, request.timeZone), words)).filter(({ day, ask }) => day !== null || ask !== null) : []
  if (days[0]?.day && days.length === 1) found[open('date')[0]!.key] = days[0].day
  for (const field of open('choice')) {
    const chosen = field.choices.filter((choice) => new RegExp(`(?<![\\p{L}\\p{N}])${escaped(choice)}(?![\\p{L}\\p{N}])`, 'iu').test(rest))
    if (chosen.length === 1) found[field.key] = chosen[0]!
  }
  // One thing is missing, and one name is said: which of several would be a guess.
  const texts = open('text').filter(({ required, default: initial }) => required && initial === '')
  const names = texts.length === 1 ? namesIn(rest, reading) : []
  if (names.length === 1) found[texts[0]!.key] = names[0]!.slice(0, longest)
  return found
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const quoted = /["“„«]([^"”“»\n]{1,200})["”“»]/u

/** `customer: ACME`, `the customer is ACME`, `for customer “ACME”`. */
function named(text: string, { key, label }: TemplateField): { whole: string; words: string } | null {
  const name = [...new Set([label, key, key.replaceAll('_', ' ')])].map(escaped).join('|')
  const match = new RegExp(`(?<![\\p{L}\\p{N}])(?:${name})\\s*(?:[:=]|\\bis\\b|\\bare\\b|\\bwill be\\b|\\bcalled\\b)\\s*(${quoted.source}|[^,;\\n]+?)(?=\\s*(?:[,;\\n]|[.!?](?:\\s|$)|\\band\\s+(?:the\\s+)?[\\p{L} ]{2,30}\\s*(?:[:=]|\\bis\\b)|$))`, 'iu').exec(text)
    ?? new RegExp(`(?<![\\p{L}\\p{N}])(?:${name})\\s+(${quoted.source})`, 'iu').exec(text)
  const words = match?.[1] ? quoted.exec(match[1])?.[1] ?? match[1] : ''
  return match && words.trim() ? { whole: match[0], words: words.trim().slice(0, longest) } : null
}

function valueOf(field: TemplateField, said: string, reading: Reading): string | null {
  const { request, words } = reading
  switch (field.kind) {
    case 'text': return said
    case 'choice': return field.choices.find((choice) => choice.toLowerCase() === said.toLowerCase()) ?? null
    case 'date': return /^\d{4}-\d\d-\d\d$/.test(said) ? said : findDue(`by ${said}`, dayIn(request.now, request.timeZone), words).day
    case 'project': return request.projects.find(({ name }) => name.toLowerCase() === said.toLowerCase())?.id ?? null
    case 'person': if (/^(?:me|myself|i)$/i.test(said)) return request.by
    // falls through: a name is a name
    case 'staff': {
      const [mention] = findActors(said, reading)
      const [id, ...others] = mention?.ids ?? []
      const fits = (field.kind === 'staff' ? request.staff : request.people).some((one) => one.id === id)
      return id && others.length === 0 && fits ? id : null
    }
  }
}

/** What is written as a name: between quotes, or with a capital where no sentence begins. */
function namesIn(text: string, reading: Reading): string[] {
  const inQuotes = quoted.exec(text)?.[1]
  if (inQuotes) return [inQuotes.trim()]
  const taken = [...findActors(text, reading), ...findProjects(text, reading.request.projects)]
  const months = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)/i
  const names: { words: string; end: number }[] = []
  for (const token of tokensOf(text)) {
    const before = text.slice(0, token.at)
    const begins = /(?:^|[.!?:,]\s*|\n\s*)$/.test(before.trimEnd() === '' ? '' : before)
    const isName = /^\p{Lu}/u.test(token.text) && !(begins && !/^\p{Lu}{2}/u.test(token.text)) && !months.test(token.text) && !taken.some(({ at, end }) => token.at >= at && token.end <= end) && token.text !== 'I'
    if (!isName) continue
    const last = names.at(-1)
    if (last && /^[ &]+$/.test(text.slice(last.end, token.at))) Object.assign(last, { words: `${last.words}${text.slice(last.end, token.at)}${token.text}`, end: token.end })
    else names.push({ words: token.text, end: token.end })
  }
  return names.map(({ words }) => words)
}
