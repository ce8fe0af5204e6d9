import { asWho, beginsWithVerb, type Who } from './asks.ts'
import { ofYou } from './called.ts'
import { alsoWords, findActors, type ActorMention } from './names.ts'
import type { Reading } from './reading.ts'
import { isNoise } from './sentences.ts'
import { takenBy } from './taken.ts'
import { tokensOf } from './tokens.ts'
import type { Words } from './words/words.ts'

// Who is to do what is asked for, by their name.

/** A name of nobody here, where a name of somebody would be given work. */
export function unknownName(text: string, words: Words): { name: string; rest: string } | null {
  const called = /^@([\p{L}][\p{L}\p{N}._-]+)[:,]?\s+/u.exec(text)
  if (called) return { name: called[1] ?? '', rest: text.slice(called[0].length) }
  // "Can Tom fix the tap?"
  const [asking = '', asked = ''] = words.code === 'en' ? /^(?:[Cc]an|[Cc]ould|[Ww]ould|[Ww]ill) (\p{Lu}\p{Ll}+) (?:please )?/u.exec(text) ?? [] : []
  const isSomebody = asked !== '' && !notNames.has(asked.toLowerCase()) && !words.common.includes(asked.toLowerCase())
  if (isSomebody && beginsWithVerb(text.slice(asking.length), words)) return { name: asked, rest: text.slice(asking.length) }
  // "Sabine, can you bring the projector?"
  const [speaking = '', spokenTo = ''] = words.code === 'en' ? /^(\p{Lu}\p{Ll}{2,}), (?=(?:can|could|would|will) you )/u.exec(text) ?? [] : []
  if (spokenTo !== '' && !notNames.has(spokenTo.toLowerCase()) && !words.common.includes(spokenTo.toLowerCase()) && !words.verbs.has(spokenTo.toLowerCase()) && !words.filler.test(speaking) && !/(?:ly|day)$/.test(spokenTo) && !isNoise(spokenTo)) return { name: spokenTo, rest: text.slice(speaking.length) }
  const named = /^(\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?)(?= (?:to|will|is going to|should|has to|needs to|soll|muss|doit|debe|va) )/u.exec(text)
  if (!named) return null
  const first = tokensOf(named[0])[0]?.plain ?? ''
  // "Will should …": a word that is a name as well is one where it is to do something.
  const isName = alsoWords.has(first) && /^ (?:should|has to|needs to|is to)\b/.test(text.slice(named[0].length))
  if (!isName && (words.common.includes(first) || words.verbs.has(first)) || notNames.has(first) || /(?:[^y]ing|ed)$/.test(first)) return null
  const does = words.does.exec(text.slice(named[0].length))
  const rest = does ? text.slice(named[0].length + does[0].length) : ''
  return does && (beginsWithVerb(rest, words) || words.code !== 'en') ? { name: named[0], rest } : null
}
const notNames = new Set('needs has must should needed everyone everybody someone somebody nobody anybody they he she these those there which who what people users customers things nothing something wir alle man nous vous ils on todos alguien es das dies'.split(' '))

/** "Could you call the plumber, Ann?": who is spoken to by their name at the end. `null` where the name is one of several, or part of what is said. */
export function spokenToLast(sentence: string, reading: Reading): { rest: string; who: Who } | null {
  const [, rest = '', name = '', stop = ''] = /^(.{8,}[^\s,]),\s+(@?\p{Lu}[\p{L}.'-]*(?: \p{Lu}[\p{L}.'-]*)?)([.!?\s]*)$/su.exec(sentence) ?? []
  if (rest === '') return null
  const [mention, other] = findActors(name, reading)
  if (!mention || other || mention.text.length < name.replace(/^@/, '').length || findActors(rest.slice(-30), reading).some(({ end }) => end === rest.slice(-30).length)) return null
  const isSpoken = stop.includes('?') || ofYou.test(rest) || /(?<!\p{L})(?:you|please|bitte|du|dir|tu|te|svp|por favor)(?!\p{L})/iu.test(rest)
  return isSpoken ? { rest: rest + stop.trim(), who: asWho(mention) } : null
}

/** "Ruf bitte …", "schau mal …": an order by what stands behind its verb. */
const imperative = /^\p{Ll}{2,}\s(?:bitte|mal|doch)(?!\p{L})/u

/** "Rufst du bitte morgen den Techniker an?" */
export const youDo = /^(\p{Ll}{2,})st du (?:(?:bitte|mal|vielleicht|noch|auch) )*(.+?)[?.!]*$/iu
/** "Chloe, new photos by Friday" */
const wantedBy = /^(?:new|more|another|some|an?|two|three|four|\d+)\s[^,;]+\s(?:by|before|until)\s/i

const isToldAlone = /^(?:the|our|there|der|die|das|unsere?|le|la|les|notre|nos|el|los|las|nuestr[oa]s?)\s[^,]+$/iu

type Taken = { who: Who; rest: string; by: 'does' | 'colon' | 'comma' | 'called' | 'handed' | 'spoken to' }

/** A name at the start that is given the task behind it: "Ann to", "Ann:", "@Ann", "Ann, please", "ask Ann to", "Ann and Bo will". */
export function readName(text: string, reading: Reading): Taken | null {
  const { words } = reading
  const mentions = findActors(text.slice(0, 120), reading)
  const first = mentions[0]
  if (!first) return null
  const before = text.slice(0, first.at)
  let last: ActorMention = first
  const all = [first]
  for (const next of mentions.slice(1)) {
    if (!/^(?:\s*,\s*|\s*(?:and|&|\/|\+|und|et|y|or|oder|ou|o)\s*|,\s*and\s+)$/i.test(text.slice(last.end, next.at).replace(/@/g, ''))) break
    all.push(next)
    last = next
  }
  const withMe = /^\s+(?:and|&)\s+(?:i|me|myself)\b/i.exec(text.slice(last.end))
  const end = last.end + (withMe?.[0].length ?? 0)
  const after = text.slice(end)
  if (/^'s?\s(?!(?:going|supposed) to\b)/.test(after)) return null
  const who: Who = {
    kind: 'actors', ids: [...new Set([...all.flatMap(({ ids }) => ids), ...withMe ? [reading.request.by] : []])], said: text.slice(first.at, end), sure: all.every(({ sure }) => sure), both: all.length > 1 || withMe !== null,
  }
  const isCalled = /^@?$/.test(before) || reading.actors.some(({ id, isStaff }) => isStaff && first.ids.includes(id)) && /^(?:the|our|der|die|das|unser|le|la|notre|el|nuestr[oa]) $/i.test(before)
  if (isCalled || /^[[(]@?$/.test(before)) {
    const colon = /^[\])]?\s*(?::|\s[–—-]|→|->|=>|[\])])\s*/.exec(after)
    if (colon && /\S/.test(after.slice(colon[0].length))) return { who, rest: after.slice(colon[0].length), by: 'colon' }
  }
  if (isCalled) {
    const does = words.does.exec(after)
    if (does) return { who, rest: after.slice(does[0].length), by: 'does' }
    const comma = /^\s*,\s*/.exec(after)
    if (comma) {
      const rest = after.slice(comma[0].length)
      const isAddressed = beginsWithVerb(rest, words) || words.leadIn.test(rest) || words.filler.test(rest) || words.code === 'de' && (imperative.test(rest) || youDo.test(rest)) || wantedBy.test(rest)
      if (isAddressed) return { who, rest, by: 'comma' }
      // "Ann, the gate is broken"
      if (isToldAlone.test(rest)) return { who, rest, by: 'spoken to' }
    }
    const rest = after.trimStart()
    if (before === '@' && (beginsWithVerb(rest, words) || words.leadIn.test(rest) || words.filler.test(rest))) return { who, rest, by: 'called' }
    const takes = /^\s+(?:takes(?! (?:over )?from\b)(?: over| care of)?|handles|owns|is on(?! (?:holidays?|leave|vacation|sick|maternity|parental|call|the (?:phone|road|way)|board|time|site|it)\b)|is (?:responsible|in charge) (?:for|of)|(?:is|are) (?:taking care of|looking after|handling|organi[sz]ing)|looks after|does|übernimmt|macht|kümmert sich(?: [^,;:]{1,40}?)? um|ist (?:zuständig|verantwortlich) für|s'occupe d(?:e|es|u)|se charge d(?:e|es|u)|est (?:responsable|chargée?) d(?:e|es|u)|se (?:encarga|ocupa) del?|es responsable del?)\s+/i.exec(after)
    if (takes) return { who, rest: after.slice(takes[0].length), by: 'handed' }
    // "@Ann the gate is broken": whether it is asked for, the rest says.
    if (before === '@' && /^\s+\S/.test(after)) return { who, rest, by: 'spoken to' }
  }
  const asked = words.handed.before.exec(before.replace(/@$/, ''))
  if (asked && asked.index === 0) {
    const handed = words.handed.after.exec(after)
    if (handed) {
      const rest = after.slice(handed[0].length)
      const isTold = /\b(?:to|de|d'|que)\s+$/i.test(handed[0]) || /^(?:es |ce |il |it )?(?:wäre|serait|sería|would)/i.test(asked[0]) || !/^(?:ask|tell|for|demand|pid)/i.test(asked[0])
      if (isTold && (words.code !== 'en' || beginsWithVerb(rest, words))) return { who, rest, by: 'handed' }
    }
  }
  return null
}

/** Whoever a task is given to within or behind it: "(Ann)", "- @Ann", "assigned to Ann", "by Ann". With where that stands, to be cut from a title. */
export function givenTo(text: string, reading: Reading): { who: Who; at: number; end: number } | null {
  const { words } = reading
  // "Book a table, I'll do that", "sign for the door, Ann will do it"
  const tail = [...text.matchAll(/\s*[,;]\s+|\s+[–—-]\s+/g)].at(-1)
  const taken = tail && !reading.isTalk ? takenBy(text.slice(tail.index + tail[0].length), reading) : null
  if (tail && taken && /^\W*$/.test(taken.rest)) return { who: taken.who, at: tail.index, end: text.length }
  for (const mention of findActors(text, reading)) {
    const before = text.slice(0, mention.at)
    const after = text.slice(mention.end)
    const who: Who = asWho(mention)
    const cue = words.given.exec(before.replace(/@$/, ''))
    if (cue && !/^'s\b/.test(after)) return { who, at: before.replace(/@$/, '').length - cue[0].length, end: mention.end }
    const bracket = /[([]\s*(?:@|for |by |von |par |owner:? )?$/i.exec(before)
    const isFirst = bracket && /^\s*,\s*/.exec(after)
    if (bracket && isFirst) return { who, at: bracket.index + bracket[0].trimEnd().length, end: mention.end + isFirst[0].length }
    if (bracket && /^\s*[)\]]/.test(after)) return { who, at: bracket.index, end: mention.end + (/^\s*[)\]]/.exec(after)?.[0].length ?? 0) }
    const isLast = /^\s*(?:please|pls|bitte|stp|svp)?\s*[.!]?\s*(?:$|[([,]|(?:no later|not later|at the latest|this|next|today|tomorrow|by|until|before|due|bis|avant|antes)\b)/i.test(after)
    const dash = /\s*(?:\s[-–—]|,|:|\|)\s*@?$/.exec(before)
    const isField = isLast || /^\s*(?:,|;|\s[-–—]|\|)/.test(after)
    const isOneOfSeveral = findActors(before.slice(-40), reading).some((other) => /^\s*,?\s*$/.test(before.slice(-40).slice(other.end)))
    // "Build the stand – Ann, Bo"
    const [next] = dash ? findActors(after, reading) : []
    if (dash && next && /^\s*(?:,|&|\+|\/|and|und|et|y)\s*$/i.test(after.slice(0, next.at)) && /^[\s.]*$/.test(after.slice(next.end)) && !isOneOfSeveral) return { who: { kind: 'actors', ids: [...new Set([...mention.ids, ...next.ids])], said: text.slice(mention.at, mention.end + next.end), sure: mention.sure && next.sure, both: true }, at: dash.index, end: mention.end + next.end }
    if (dash && isField && !isOneOfSeveral && !/\b(?:with|to|and|from|for|about|mit|an|und|avec|à|et|con|y)\s*$/i.test(before.slice(0, dash.index))) return { who, at: dash.index, end: mention.end }
    const called = /(?:^|\s)@$/.exec(before)
    if (called && isLast && !/\b(?:with|to|and|from|about|mit|an|und|avec|à|et|con|y|ask|tell)\s@$/i.test(before)) return { who, at: called.index, end: mention.end }
    const from = /\s+(?:from|von|de la part de|de parte de)\s+@?$/i.exec(before)
    if (from && isLast && words.want.test(text)) return { who, at: from.index, end: mention.end }
    const by = /\s+(?:done |made |written |handled |prepared )?by\s+@?$/i.exec(before)
    if (by && isLast) return { who, at: by.index, end: mention.end }
  }
  const me = /(?:\b(?:assign(?:ed)?(?: (?:this|it))? to|owner:?|give (?:this|it) to)\s*|(?:→|->|=>)\s*|[([-]\s*)(me|myself|mich|moi|mí)(?=\s*(?:[)\].,]|$))\)?\]?/i.exec(text)
  if (me) return { who: { kind: 'asker', said: me[1] ?? 'me' }, at: me.index, end: me.index + me[0].length }
  const unknown = /\s*(?:(?:^|\s)@([\p{L}][\p{L}\p{N}._-]+)(?=\s*(?:[.,!]|$))|\bassigned to (\p{Lu}\p{Ll}+)|\bowner:\s*(\p{Lu}\p{Ll}+))/u.exec(text)
  if (unknown && !/\b(?:with|to|and|from|about)$/i.test(text.slice(0, unknown.index))) return { who: { kind: 'unknown', name: unknown[1] ?? unknown[2] ?? unknown[3] ?? '' }, at: unknown.index, end: unknown.index + unknown[0].length }
  return null
}
