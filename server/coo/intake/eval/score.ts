import { plainLetters } from '#lib/search/plain-letters.ts'
import type { IntakeProposal, IntakeRequest, IntakeResult } from '../../intake.ts'
import { world, type Case, type Wanted } from './case.ts'

/** Counts of one case. `misses` say what was wanted and what came. */
export type Scored = { id: string; style: string; split: boolean; told: number; toldRight: number; rest: number; restRight: number; invented: number; misses: readonly string[] }

const has = (text: string, part: string) => plainLetters(text).includes(plainLetters(part))

/** Words that the intake may write: they say nothing about the work. */
const ours = new Set(`decide whether should want need a an good result has from the request write create find get fix that is are missing out add update correct speed up refill replace clean clarify let
  schreiben erstellen finden besorgen beheben klaren reparieren den aktualisieren auffullen rediger creer trouver prevoir regler clarifier reparer redactar crear encontrar conseguir resolver aclarar reparar actualizar`.split(/\s+/))
/** "Ill" is "I'll". */
const wordsOf = (text: string) => plainLetters(text).replace(/(?<=\p{L})['’](?=(?:ll|re|m|t|s|ve|d)(?!\p{L}))/gu, '').match(/[\p{L}\p{N}]+/gu) ?? []

/** How what is to come begins, of verbs that change in it. */
const irregular: Readonly<Record<string, string>> = { envoyer: 'enverr', faire: 'fer', hacer: 'hag', poner: 'pong', traer: 'traig' }

/** "Draw" was said where somebody "draws", "envoyer" where she "envoie", and "streichen" where he "gestrichen" has: a verb in another form is no invention. */
const isForm = (word: string, said: ReadonlySet<string>): boolean => {
  // "Holt … ab" is to "abholen".
  if (irregular[word] && [...said].some((other) => other.startsWith(irregular[word]!))) return true
  const [, prefix = '', base = ''] = /^(auf|an|ab|aus|ein|vor|zu|mit|nach|um)(.{4,})$/.exec(word) ?? []
  if (said.has(prefix) && isForm(base, said)) return true
  const stem = word.slice(0, Math.max(3, Math.ceil(word.length / 2)))
  const bare = (form: string) => form.replace(/^(auf|an|ab|aus|ein|vor|zu|mit|nach)?ge(?=\p{L}{4})/u, '$1').replace(/(?:en|et|t|n)$/, '').replace(/[aeiou]/g, '')
  return [...said].some((other) => other.replace(/(\p{L})\1ing$/u, '$1') === word || Math.abs(other.length - word.length) <= 3 && (other.startsWith(stem) || bare(other).length >= 2 && other[0] === word[0] && bare(word).startsWith(bare(other)) || word.length >= 5 && bare(other) === bare(word)))
}

/** Words of a proposal that are not in what was asked. */
function inventedWords({ title, description }: IntakeProposal, request: string): string[] {
  const said = new Set(wordsOf(request))
  const named = wordsOf(title)
  const verbs = new Set([named.at(0), named.at(-1)].flatMap((word) => word !== undefined && isForm(word, said) ? [word] : []))
  return [...new Set([...named, ...wordsOf(description)])].filter((word) => !said.has(word) && !ours.has(word) && !verbs.has(word))
}

function nameOf(id: string | null): string | null {
  return [...world.people, ...world.staff, ...world.projects].find((one) => one.id === id)?.name ?? null
}

/** Pairs what was wanted with what came, in order, by the words of the titles. */
function pair(wanted: readonly Wanted[], proposals: readonly IntakeProposal[]): (IntakeProposal | null)[] {
  const free = [...proposals]
  return wanted.map(({ title, not = [] }) => {
    const at = free.findIndex((proposal) => title.every((part) => has(proposal.title, part)) && !not.some((part) => has(proposal.title, part)))
    return at >= 0 ? free.splice(at, 1)[0] ?? null : null
  })
}

export const requestOf = ({ text, projectOfPage }: Case): IntakeRequest => ({ ...world, text, projectId: world.projects.find(({ name }) => name === projectOfPage)?.id ?? null })

/** `reworded`: by whoever may say it in other words; then only people, days and projects can be invented. */
export function scoreCase(test: Case, { reply, proposals }: IntakeResult, { reworded = false } = {}): Scored {
  const misses: string[] = []
  const counts = { told: 0, toldRight: 0, rest: 0, restRight: 0, invented: 0 }
  const pairs = pair(test.wanted, proposals)
  const split = proposals.length === test.wanted.length && pairs.every((one) => one !== null)
  if (!split) misses.push(`wanted ${test.wanted.length}: ${test.wanted.slice(0, 6).map(({ title }) => title.join(' … ')).join(' | ')}; came ${proposals.length}: ${proposals.slice(0, 8).map(({ title }) => title).join(' | ')}`)
  const check = (kind: 'told' | 'rest', right: boolean, miss: string) => {
    counts[kind] += 1
    if (right) counts[`${kind}Right`] += 1
    else misses.push(miss)
  }
  const asks = (proposal: IntakeProposal | null, part: string) => proposal?.questions.some(({ text, choices }) => [text, ...choices].some((one) => has(one, part))) ?? false
  for (const [n, wanted] of test.wanted.entries()) {
    const proposal = pairs[n] ?? null
    const label = `“${wanted.title.join(' … ')}”`
    if (wanted.who !== undefined) {
      const came = nameOf(proposal?.assigneeId ?? null)
      const right = proposal !== null && (wanted.who === 'ask' ? came === null && asks(proposal, '?') && proposal.questions.length > 0 : came === wanted.who)
      check('told', right, `${label}: who should be ${wanted.who}, is ${came}`)
    }
    // A title that is missing was counted as a wrong split; what it should have had counts only where it was told.
    if (wanted.due !== undefined || (proposal && proposal.dueOn !== null)) {
      const came = proposal?.dueOn ?? null
      const right = wanted.due === 'ask' ? came === null && (proposal?.questions.some(({ text }) => /when|day/i.test(text)) ?? false) : proposal !== null && came === (wanted.due ?? null)
      check('told', right, `${label}: due should be ${wanted.due ?? 'none'}, is ${came}`)
    }
    if (wanted.project !== undefined || (proposal && proposal.projectId !== null)) {
      const came = nameOf(proposal?.projectId ?? null)
      check('told', proposal !== null && came === (wanted.project === 'ask' ? null : wanted.project ?? null), `${label}: project should be ${wanted.project ?? 'none'}, is ${came}`)
    }
    if (wanted.priority !== undefined || (proposal && proposal.priority !== 'none')) check('rest', proposal?.priority === (wanted.priority ?? 'none'), `${label}: priority should be ${wanted.priority ?? 'none'}, is ${proposal?.priority}`)
    if (wanted.after !== undefined || (proposal && proposal.blockedBy.length > 0)) check('rest', JSON.stringify(proposal?.blockedBy) === JSON.stringify(wanted.after ?? []), `${label}: after ${JSON.stringify(wanted.after ?? [])}, is ${JSON.stringify(proposal?.blockedBy)}`)
    for (const part of wanted.asks ?? []) check('rest', asks(proposal, part), `${label}: no question has “${part}”`)
    for (const part of wanted.says ?? []) check('rest', proposal !== null && has(proposal.description, part), `${label}: the description lacks “${part}”`)
    for (const part of wanted.good ?? []) check('rest', proposal !== null && has(/## A good result has([\s\S]*?)(?=\n## |$)/.exec(proposal.description)?.[1] ?? '', part), `${label}: a good result lacks “${part}”`)
    if (wanted.duplicates !== undefined || (proposal && proposal.duplicates.length > 0)) check('rest', JSON.stringify(proposal?.duplicates) === JSON.stringify(wanted.duplicates ?? []), `${label}: duplicates should be ${JSON.stringify(wanted.duplicates ?? [])}, are ${JSON.stringify(proposal?.duplicates)}`)
    if (proposal && proposal.questions.length > 3) check('rest', false, `${label}: ${proposal.questions.length} questions`)
  }
  for (const [n, proposal] of proposals.entries()) {
    const wanted = test.wanted[pairs.indexOf(proposal)]
    const facts = [
      ...reworded ? [] : inventedWords(proposal, test.text).map((word) => `the word “${word}”`),
      ...proposal.dueOn !== null && (wanted?.due ?? null) === null ? [`due ${proposal.dueOn}`] : [],
      ...world.people.some(({ id }) => id === proposal.assigneeId) && (wanted?.who ?? null) === null ? [`given to ${nameOf(proposal.assigneeId)}`] : [],
      ...proposal.projectId !== null && (wanted?.project ?? null) === null ? [`project ${nameOf(proposal.projectId)}`] : [],
    ]
    // Of a proposal that should not be there, what it says may still be in the request.
    if (!wanted) facts.splice(0, facts.length, ...facts.filter((fact) => fact.startsWith('the word')))
    counts.invented += facts.length
    if (facts.length > 0) misses.push(`proposal ${n + 1}, “${proposal.title}”, invents ${facts.join(', ')}`)
  }
  if (test.reply && !test.reply.test(reply)) check('rest', false, `the reply lacks ${String(test.reply)}: ${reply.slice(0, 160)}`)
  else if (test.reply) check('rest', true, '')
  return { id: test.id, style: test.style, split, ...counts, misses }
}

export type Sum = { cases: number; split: number; told: number; rest: number; invented: number }
/** Shares from 0 to 1. `told`: names and dates. */
export function sumOf(scored: readonly Scored[]): Sum {
  const total = (of: (one: Scored) => number) => scored.reduce((sum, one) => sum + of(one), 0)
  const share = (right: number, all: number) => all === 0 ? 1 : right / all
  return {
    cases: scored.length,
    split: share(total(({ split }) => split ? 1 : 0), scored.length),
    told: share(total(({ toldRight }) => toldRight), total(({ told }) => told)),
    rest: share(total(({ restRight }) => restRight), total(({ rest }) => rest)),
    invented: total(({ invented }) => invented),
  }
}

/** What the intake without a model has to reach. */
export const targets = { split: 0.85, told: 0.95, invented: 0 } as const
export const reaches = ({ split, told, invented }: Sum) => split >= targets.split && told >= targets.told && invented <= targets.invented
