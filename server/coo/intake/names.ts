import { distance } from 'fastest-levenshtein'
import type { ActorId, ProjectId } from '#lib/board/ids.ts'
import type { IntakeRequest } from '../intake.ts'
import type { Actor, Reading } from './reading.ts'
import { tokensOf, type Token } from './tokens.ts'
import type { Words } from './words/words.ts'

/** A name in a text. Several `ids`: it could be any of them. `sure`: false where it may be somebody else who is not here. */
export type Mention<Id> = { at: number; end: number; text: string; ids: readonly Id[]; sure: boolean }

/** Two letters the wrong way round count as one slip. */
function slips(a: string, b: string): number {
  if (a.length === b.length) {
    const at = [...a].findIndex((char, n) => char !== b[n])
    if (at >= 0 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2)) return 1
  }
  return distance(a, b)
}

/** How many slips a word of this length may have. */
const allowed = (length: number) => length < 4 ? 0 : length < 7 ? 1 : 2

/** `true`: meant for sure; `false`: may be; `null`: not like it. */
function isLike(word: string, name: string): boolean | null {
  if (word[0] !== name[0]) return null
  const count = slips(word, name)
  if (count === 0) return true
  if (count > allowed(Math.min(word.length, name.length))) return null
  // Another letter in a short name is often another name: Marta is neither Maria nor Mara.
  const swapped = word.length === name.length && [...word].sort().join('') === [...name].sort().join('')
  const doubled = word.replace(/(.)\1/g, '$1') === name.replace(/(.)\1/g, '$1')
  return swapped || doubled || name.length >= (word.length === name.length ? 7 : 5)
}

/** Words that are names as well: a name only where it is written as one, and not at the start of a sentence. */
export const alsoWords = new Set('will mark may bill grace hope art rose max jack drew pat sue rob chase grant frank faith june april august dawn joy ray rich wade pierce skip chip dean'.split(' '))

export type ActorMention = Mention<ActorId>

export function findActors(text: string, { actors, words }: Reading): ActorMention[] {
  const tokens = tokensOf(text)
  const found: ActorMention[] = []
  for (let n = 0; n < tokens.length; n += 1) {
    const token = tokens[n]
    if (!token) continue
    const whole = actors
      .map((actor) => ({ actor, parts: actor.parts }))
      .filter(({ parts }) => parts.length > 1 && parts[0]?.plain[0] === token.plain[0] && parts.every((part, k) => isLike(tokens[n + k]?.plain ?? '', part.plain) === true))
      .sort((a, b) => b.parts.length - a.parts.length)
    const longest = whole[0]?.parts.length ?? 0
    const best = whole.filter(({ parts }) => parts.length === longest)
    if (best.length > 0) {
      const last = tokens[n + longest - 1] ?? token
      const exact = best.filter(({ actor, parts }) => parts.every((part, k) => part.plain === tokens[n + k]?.plain) && actor)
      found.push({ at: token.at, end: last.end, text: text.slice(token.at, last.end), ids: (exact.length > 0 ? exact : best).map(({ actor }) => actor.id), sure: true })
      n += longest - 1
      continue
    }
    const one = findOne(text, token, actors, words)
    if (!one) continue
    // "Ann M.": which Ann it is.
    const initial = tokens[n + 1]
    const narrowed = initial?.text.length === 1 && /^\p{Lu}$/u.test(initial.text) && initial.at === one.end + 1
      ? actors.filter(({ id, parts }) => one.ids.includes(id) && parts.slice(1).some(({ plain }) => plain.startsWith(initial.plain))).map(({ id }) => id) : []
    if (initial && narrowed.length > 0) {
      const end = initial.end + (text[initial.end] === '.' ? 1 : 0)
      found.push({ ...one, end, text: text.slice(one.at, end), ids: narrowed })
      n += 1
    } else found.push(one)
  }
  return found
}

function findOne(text: string, token: Token, actors: readonly Actor[], words: Words): ActorMention | null {
  const isCalled = text[token.at - 1] === '@'
  const isCapital = /^\p{Lu}/u.test(token.text)
  const begins = /(?:^|[.!?:]\s+|\n\s*)$/.test(text.slice(Math.max(0, token.at - 20), token.at) || text.slice(0, token.at))
  const mention = (ids: readonly ActorId[], sure: boolean): ActorMention => ({ at: token.at, end: token.end, text: token.text, ids, sure })
  const named = (actor: Actor) => actor.parts.filter(({ plain }) => plain.length >= 2)
  const exact = actors.filter((actor) => named(actor).some(({ plain }) => plain === token.plain))
  if (exact.length > 0) {
    const isWord = alsoWords.has(token.plain) || words.verbs.has(token.plain)
    // A role's name, "the writer", is a word; so is a name in a text that has no capitals at all.
    // Two letters could be anything, but not where somebody is asked: "can bo …", "bo should …".
    const isAsked = /(?<!\p{L})(?:can|could|should|would|will|ask|tell|have|get|let|kann|könnte|soll)\s$/iu.test(text.slice(0, token.at)) || /^:\s/.test(text.slice(token.end)) || words.does.test(text.slice(token.end))
    const lowerIsName = !isWord && !words.common.includes(token.plain) && (exact.every(({ isStaff }) => isStaff) || token.plain.length >= 3 || isAsked)
    if (isCalled || (isCapital && !(isWord && begins && !/^\s*(?:,|:|to\b|and\b|should\b|can\b|will\b)/.test(text.slice(token.end)))) || (!isCapital && lowerIsName)) return mention(exact.map(({ id }) => id), true)
    return null
  }
  // Somebody who writes without capitals slips as well, where a name is bound to stand.
  const isExpected = /^(?:can|could|should|ask|tell|have|get|let|kann|soll|,|\s)*\s*$/i.test(text.slice(0, token.at)) && (token.at > 0 || words.does.test(text.slice(token.end)))
  if (!(isCapital || isCalled || (isExpected && token.plain.length >= 4)) || words.verbs.has(token.plain) || words.common.includes(token.plain) || everyday.has(token.plain)) return null
  const like = actors.flatMap((actor) => {
    const fits = named(actor).map(({ plain }) => isLike(token.plain, plain)).filter((fit) => fit !== null)
    return fits.length > 0 ? [{ id: actor.id, sure: fits.some((fit) => fit) }] : []
  })
  if (like.length === 0) return null
  const sure = like.filter((one) => one.sure)
  return mention((sure.length > 0 ? sure : like).map(({ id }) => id), sure.length > 0)
}

/** Words with a capital at the start of a sentence that are a slip away from names. */
const everyday = new Set(`there then here this that these those them they what when where which while with also some someone every everyone maybe many more most much need note now once one only other our out over please plan same should since
  still such team thanks the today tomorrow two until very want week well were your yes monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december nothing
  both each first second third last next before after during between under because however could would being going having marketing sales finance support email date time day morning dear hello many marked major minor main area liner lines`.split(/\s+/))

export type ProjectMention = Mention<ProjectId>

const filler = new Set('the a an of and for to in on new our project der die das le la el'.split(' '))
/** A project by its whole name anywhere, or by a word of its name that only it has, where the text says that a project is meant. */
export function findProjects(text: string, projects: IntakeRequest['projects'], isLabel = false): ProjectMention[] {
  const tokens = tokensOf(text)
  const found: ProjectMention[] = []
  for (const { id, name } of projects) {
    const parts = tokensOf(name)
    if (parts.length === 0) continue
    for (let n = 0; n + parts.length <= tokens.length; n += 1) {
      const fits = parts.map((part, k) => ({ part, fit: isLike(tokens[n + k]?.plain ?? '', part.plain) }))
      if (!fits.every(({ fit }) => fit === true)) continue
      const first = tokens[n]
      const last = tokens[n + parts.length - 1]
      if (!first || !last) continue
      const exact = fits.every(({ part }, k) => part.plain === tokens[n + k]?.plain)
      // One plain word, "website", is a project's name only where it is written or used as one.
      const isNamed = parts.length > 1 || isLabel || /^\p{Lu}/u.test(first.text) && !/(?:^|[.!?]\s+)$/.test(text.slice(0, first.at)) || isCued(text, first.at, last.end)
      if (exact ? isNamed : parts.length > 1 || isLabel || isCued(text, first.at, last.end)) found.push({ at: first.at, end: last.end, text: text.slice(first.at, last.end), ids: [id], sure: true })
    }
  }
  if (found.length > 0) return longestOnly(found)
  for (const token of tokens) {
    if (token.plain.length < 3 || filler.has(token.plain) || !(isLabel || isCued(text, token.at, token.end))) continue
    const fits = projects.filter(({ name }) => tokensOf(name).some(({ plain }) => !filler.has(plain) && (plain === token.plain || (plain.length >= 5 && isLike(token.plain, plain) === true))))
    if (fits.length > 0) found.push({ at: token.at, end: token.end, text: token.text, ids: fits.map(({ id }) => id), sure: true })
  }
  return found
}

const isCued = (text: string, at: number, end: number) =>
  /(?:\bproject:?\s+["“]?|\bprojekt:?\s+["“]?|\bprojet:?\s+["“]?|\bproyecto:?\s+["“]?|#|\[)$/i.test(text.slice(0, at)) || /^["”]?\s*(?:project|projekt)\b/i.test(text.slice(end)) || /^\]/.test(text.slice(end))

const longestOnly = <Id>(mentions: Mention<Id>[]): Mention<Id>[] =>
  mentions.filter((one) => !mentions.some((other) => other !== one && other.at <= one.at && other.end >= one.end && other.end - other.at > one.end - one.at))
