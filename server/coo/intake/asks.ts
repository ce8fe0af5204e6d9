import type { ActorId } from '#lib/board/ids.ts'
import { ofYou } from './called.ts'
import { askInClause } from './clause.ts'
import { alsoWords, findActors, type ActorMention } from './names.ts'
import { isForbidden } from './forbids.ts'
import { activeOf, ofDoing, verbOf } from './passive.ts'
import { isNoise } from './sentences.ts'
import { takenBy } from './taken.ts'
import { tokensOf } from './tokens.ts'
import type { Reading } from './reading.ts'
import { separable } from './words/german.ts'
import type { Words } from './words/words.ts'

/** Who is to do something, as the words say. `ids`: several where the name, or the sentence, leaves open who. `name`: nobody of the workspace. */
export type Who =
  | { kind: 'asker'; said: string }
  | { kind: 'actors'; ids: readonly ActorId[]; said: string; sure: boolean; both: boolean }
  | { kind: 'unknown'; name: string }

/**
 * What a sentence asks for. `task` is what is left of it without "can you please". `order`: it says what to do; `want`: it names a thing;
 * `decide`: it asks whether; `trouble`: something is wrong; `forbid`: what must not be done; `question`: wants to know; `none`: it tells something.
 */
export type Ask = { kind: 'order' | 'want' | 'decide' | 'trouble' | 'question' | 'forbid' | 'none'; task: string; who: Who | null; /** Where it is said in another language than the rest. */ words?: Words }

/** Whether both are the same people. */
export const isSame = (one: Who | null, other: Who | null) => one === other || one !== null && other !== null && idOf(one) === idOf(other)
const idOf = (who: Who) => who.kind === 'actors' ? who.ids.join() : who.kind === 'unknown' ? who.name : who.kind

export const firstWord = (text: string) => /^["“(]*(\p{L}+(?:[-']\p{L}+)*)/u.exec(text)?.[1]?.toLowerCase() ?? ''
/** "Have the extinguisher checked" */
const getsDone = /^(?:have|get) (?:the|our|my|all|both|his|her|their|them|it)\s[^?,;]*\p{L}(?:ed|built|made|sent|done|cut)(?=[\s.,;!]*$|\s(?:by|before|until|on|in|at|and|this|next|today|tomorrow|asap)\b)/iu
export const beginsWithVerb = (text: string, words: Words) => words.verbs.has(firstWord(text)) && !(words.code === 'en' && /^thank (?:you|u)\b/i.test(text)) || words.code === 'en' && (/^have an? (?:look|think|chat|word|go)\b/i.test(text) || getsDone.test(text))

/** A name of nobody here, where a name of somebody would be given work. */
function unknownName(text: string, words: Words): { name: string; rest: string } | null {
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

export const isStatement = /^(?:be|been|being|have been|not|never|already|join|attend|like|love|know|happy|able|see|hear|arrive|(?:leave|return)(?! (?:the|an?|our|all|some|his|her|my|your|\d+)\b))\b/i
/** "We need to know what it costs": to be found out. */
const wantsToKnow = /^know (?:what|whether|how|who|which|when|where|why)\b/i
/** "Ann: …" in a talk that was pasted is who says it. */
const isSpeech = /^(?:i'll|i|we|yes|sure|great|thanks|can you|could you|no|ok|okay|hmm|well|so|that|it|this|sounds|agreed|what|why|how|when|who|is|are|do|does)\b/i

export function readAsk(sentence: string, reading: Reading): Ask {
  const known = reading.asks.get(sentence)
  if (known) return known
  let ask = read(sentence, reading)
  if (ask.kind === 'none' || ask.kind === 'question') for (const other of reading.others) {
    const said = read(sentence, other)
    if (said.kind === 'order' || said.kind === 'want') ask = { ...said, words: other.words }
  }
  reading.asks.set(sentence, ask)
  return ask
}

function read(sentence: string, reading: Reading): Ask {
  const { words } = reading
  const last = spokenToLast(sentence, reading)
  if (last) {
    const ask = readAsk(last.rest, reading)
    return ask.who === null && (ask.kind === 'order' || ask.kind === 'want') ? { ...ask, who: last.who } : ask
  }
  let rest = sentence.trim().replace(/^["“]+(?=\p{L})/u, '').replace(/^(?:you|du|toi|tu|tú), (@?\p{Lu}[^,]{1,30}),? /u, '$1 ')
  let who: Who | null = null
  let asked = false
  let speaker: Who | null = null
  /** Somebody calls it a wish. */
  let wished = false
  if (words.code === 'en' && /^(?:don't worry|(?:(?:i|we) )?(?:just )?(?:(?:want|wanted) )?to (?:let (?:you|you all|everyone|everybody) know|say))\b/i.test(rest)) return { kind: 'none', task: rest, who }
  const clause = askInClause(rest.replace(words.filler, ''), reading)
  if (clause) return clause
  const prefix = prefixOf(rest, reading)
  rest = rest.slice(prefix.length)
  for (let turn = 0; turn < 8; turn += 1) {
    const before = rest
    // "?? - new bulbs", "all: read the rules": nobody in particular.
    const nobody = /^(?:\?+|tbd|n\.?\s?n\.?|all|both|together|everyone|everybody|alle|beide|zusammen|tous|les deux|todos|ambos)\s*(?::|\s[-–—]|→|->|=>)\s*(?=\S)/i.exec(rest)
    if (nobody && who === null) {
      asked = !nobody[0].startsWith('?') || beginsWithVerb(rest.slice(nobody[0].length), words)
      rest = rest.slice(nobody[0].length)
    }
    const made = makesOne.exec(rest)
    if (made) {
      asked = true
      rest = rest.slice(made[0].length)
      const [named] = /^for\s/i.test(rest) ? findActors(rest.slice(0, 60), reading) : []
      if (named && named.at <= 5) {
        who = { kind: 'actors', ids: named.ids, said: named.text, sure: named.sure, both: false }
        rest = rest.slice(named.end)
      }
      rest = rest.replace(/^\s*(?::|,|-|–|to\b|that says|saying|called)\s*/i, '')
    }
    const label = /^\[[^\]]{1,40}\]\s*/.exec(rest)
    if (label && who === null && !readName(rest, reading)) rest = rest.slice(label[0].length)
    const filler = [reading, ...reading.others].map((each) => each.words.filler.exec(rest)).find((found) => found !== null)
    if (filler) {
      if (/please|pls|plz|kindly|bitte|s'il|svp|stp|por favor|to ?do|action|task|aufgabe|tarea|à faire|reminder|note to self/i.test(filler[0])) asked = true
      wished ||= /^(?:nice to have|must have|optional)/i.test(filler[0])
      if (/^(?:note|reminder|memo) to self/i.test(filler[0])) who ??= { kind: 'asker', said: filler[0].trim().replace(/\W+$/, '') }
      rest = rest.slice(filler[0].length)
      rest = rest.slice(prefixOf(rest, reading).length)
    }
    if (who === null) {
      const taken = readName(rest, reading)
      if (taken) {
        if (taken.by === 'colon' && (reading.isTalk || isSpeech.test(taken.rest))) speaker = taken.who
        else {
          if (taken.by === 'does' && isStatement.test(taken.rest)) return followsFrom(rest, reading) ?? { kind: 'none', task: rest, who: null }
          who = taken.who
          asked ||= taken.by !== 'spoken to'
        }
        rest = taken.rest
      } else {
        const unknown = unknownName(rest, words)
        if (unknown) {
          who = { kind: 'unknown', name: unknown.name }
          asked = true
          rest = unknown.rest
        }
      }
    }
    const decide = /^(?:should|shall|do) we (?!(?:(?:really|still|even|already) )*(?:know|remember|have(?! to| enough))\b)(?:really |still |even )*(?:want |need )?/i.exec(rest)
    if (words.code === 'en' && decide && /\?["”)]*\s*$/.test(rest)) return { kind: 'decide', task: rest.replace(/\?+(["”)]*)\s*$/, '$1'), who }
    if (words.code === 'en' && /^do (?:we|you|they) (?:(?:really|still|even|already) )*(?:know|remember|have(?! to))\b.*\?\W*$/i.test(rest)) return { kind: 'question', task: rest, who }
    const mine = /^(?:me|myself|ich|moi|yo)\s*(?::|\s[-–—]|→|->|=>)\s*(?=\S)/i.exec(rest)
    if (mine && who === null) {
      who = speaker ?? { kind: 'asker', said: mine[0].replace(/[^\p{L}]+$/u, '') }
      asked = true
      rest = rest.slice(mine[0].length)
    }
    const own = words.own.exec(rest)
    if (own && !isStatement.test(rest.slice(own[0].length))) {
      who ??= speaker ?? reading.writer ?? (reading.isToAsker ? null : { kind: 'asker', said: own[0].trim() })
      asked = true
      rest = rest.slice(own[0].length)
    }
    if (asked && /^have (?=(?:an?|some|the|more|another|new|\d+)\s)/i.test(rest) && words.code === 'en' && /\b(?:can|could|may|shall) (?:we|i) (?:\w+ ){0,2}have\b/i.test(sentence)) return { kind: 'want', task: rest.slice(5), who }
    const leadIn = [reading, ...reading.others].map((each) => each.words.leadIn.exec(rest)).find((found) => found !== null && found[0] !== '')
    if (leadIn && (!isStatement.test(rest.slice(leadIn[0].length)) || wantsToKnow.test(rest.slice(leadIn[0].length)))) {
      asked = true
      rest = rest.slice(leadIn[0].length)
      // "Would you mind watering …"
      // "I'd be glad if somebody emptied it"
      if (/ if (?:[\p{L} ]+) $/iu.test(leadIn[0])) rest = rest.replace(/^\p{L}+ed(?=\s)/u, (did) => verbOf(did, words) ?? did)
      if (/(?:mind|up for) $/i.test(leadIn[0])) rest = rest.replace(/^\p{L}+ing(?=\s)/u, (doing) => ofDoing(doing.toLowerCase(), words) ?? doing)
    }
    // "Please, somebody answer the phone"
    const anyone = asked && words.code === 'en' ? /^(?:someone|somebody|anyone|anybody|one of you)\s+/i.exec(rest) : null
    if (anyone && beginsWithVerb(rest.slice(anyone[0].length), words)) rest = rest.slice(anyone[0].length)
    if (rest === before) break
  }
  if ((words.code === 'fr' || words.code === 'es') && words.infinitive.test(rest)) return { kind: 'order', task: rest, who }
  if ((words.code === 'fr' || words.code === 'es') && commands(rest, words)) return { kind: 'order', task: rest, who }
  const [, stem = '', what = ''] = words.code === 'de' ? youDo.exec(rest) ?? [] : []
  const apartFrom = stem === '' ? null : new RegExp(`^(.*\\S)\\s(${separable})$`, 'iu').exec(what)
  const infinitive = stem === '' ? '' : `${apartFrom?.[2] ?? ''}${stem.toLowerCase()}en`
  if (infinitive !== '' && (words.verbs.has(infinitive) || apartFrom !== null)) return { kind: 'order', task: `${apartFrom?.[1] ?? what} ${infinitive}`, who }
  const mine = words.code === 'de' && who === null ? iDoIt.exec(rest) : null
  if (mine) return { kind: 'order', task: `${mine[1]} ${mine[3] ?? ''}${mine[2]?.replace(/e$/, '')}en`, who: speaker ?? { kind: 'asker', said: 'ich' } }
  if (isForbidden(rest, words)) return { kind: 'forbid', task: rest, who }
  // "After that we send them out": what comes next in a plan.
  const planned = words.code === 'en' && words.then.test(sentence) ? /^we (?=\p{L}+\s)/iu.exec(rest)?.[0] : undefined
  if (planned !== undefined && beginsWithVerb(rest.slice(planned.length), words)) return { kind: 'order', task: rest.slice(planned.length), who }
  const isQuestion = /\?["”)]*\s*$/.test(sentence) && !/\(\?+\)\s*$/.test(sentence)
  if (beginsWithVerb(rest, words)) {
    // "Order numbers are wrong": a noun that happens to be a verb, with a verb of its own behind it.
    const isNoun = !asked && words.code === 'en' && /^(?:offer|quote|message|e?-?mail|call|report|request|invoice|answer|note|review|estimate|question|claim|result)\sfrom\b/i.test(rest) || !asked && words.nounToo.has(firstWord(rest)) && /^\S+\s+(?:of|for|with)\s(?:\S+\s+){1,5}(?:is|are|was|were|went|has|have|will|looks?|starts?|takes place)\b/i.test(rest) || !asked && words.nounToo.has(firstWord(rest)) && !words.article.test(rest.replace(/^\S+\s*/, '')) && /^\S+\s+(?:\S+\s+){0,2}(?:is|are|was|were|has|have|will|does|did|went|looks?|seems?)\b|^\S+\s+(?:\S+\s+){0,2}(?:broken|outdated|missing|wrong)\W*$|^\S+\s+\p{L}+ed\s+(?:in|on|at|by|to|with|within|for|yesterday|today|last|well|quickly)\b/iu.test(rest)
    // "Warm and a bit funny"
    const [, paired] = /^\p{L}+\s+(?:and|or|but)\s+(\p{L}+)/iu.exec(rest) ?? []
    const isQuality = !asked && words.nounToo.has(firstWord(rest)) && paired !== undefined && !words.verbs.has(paired.toLowerCase())
    // "Build is green again"
    const isSubject = !asked && words.code === 'en' && /^\S+ (?:is|are|was|were|has been|looks?|seems?) (?!to\b)/i.test(rest)
    if (!isNoun && !isQuality && !isSubject) return { kind: 'order', task: rest, who }
  }
  if (asked) return { kind: 'order', task: rest, who }
  // "The invitations must go out before June".
  if (words.code === 'en' && mustHappen.test(rest) || words.code !== 'en' && mustHappenElsewhere[words.code].test(rest) || activeOf(rest, words) !== null) return { kind: 'order', task: rest, who }
  // "And the slides by Friday, please": a thing, and that it is asked for.
  const isAskedFor = words.code === 'en' && /^(?:the|an?|our|some|new|more|another|\d+)\s/i.test(rest) && (/[\s,](?:please|pls|plz)(?:[\s.!]*$|,\s)/i.test(rest) || /^(?:a|some|new|more|another)\s.*\s(?:too|as well)(?:$|[,.!])/i.test(rest)) && !/\b(?:is|are|was|were|has|have|will)\b/i.test(rest)
  if (isAskedFor || wished && !/\?$/.test(rest)) return { kind: 'want', task: rest, who }
  // "What I need from you, Ann, is the list"
  const [, from = '', needed] = /^what (?:i|we) (?:do |really |still )*need from (?:you,? )?([^,]{2,30}?),? is (.+)$/i.exec(rest) ?? []
  const [of] = needed === undefined ? [] : findActors(from, reading)
  if (needed !== undefined && of) return { kind: 'want', task: needed, who: { kind: 'actors', ids: of.ids, said: of.text, sure: of.sure, both: false } }
  // "A new banner would be nice to have"
  const [, thing] = words.code === 'en' && !isQuestion ? /^((?:an?|some|new|more|another)\s[^,;]{3,70}?)\swould (?:also )?be (?:really |very )?(?:nice|great|good|helpful|useful|lovely|handy)(?: to have)?\b/i.exec(rest) ?? [] : []
  if (thing !== undefined) return { kind: 'want', task: thing, who }
  const want = words.want.exec(rest)
  // "We want more families to come": what all of it is for, and no work by itself.
  if (want && /^(?:more|fewer|less) [^,;]{2,40}? to \p{Ll}/iu.test(rest.slice(want[0].length))) return { kind: 'none', task: rest, who }
  if (want) return { kind: 'want', task: rest.slice(want[0].length), who }
  const [, wanted = ''] = isQuestion && !reading.isTalk && !words.refers.test(rest) ? anybody.exec(rest) ?? [] : []
  if (wanted !== '' && (words.code === 'en' ? beginsWithVerb(wanted, words) && !onlyAsks.test(wanted) : words.infinitive.test(wanted))) return { kind: 'order', task: wanted, who }
  if (isQuestion) return { kind: 'question', task: rest, who }
  // "I got the money, so I'll buy it": what follows from what is told.
  const follows = followsFrom(rest, reading)
  if (follows) return follows
  if (words.trouble.test(rest) && !isMended.test(rest)) return { kind: 'trouble', task: rest, who }
  return { kind: 'none', task: rest, who }
}

/** "Could you call the plumber, Ann?": who is spoken to by their name at the end. `null` where the name is one of several, or part of what is said. */
function spokenToLast(sentence: string, reading: Reading): { rest: string; who: Who } | null {
  const [, rest = '', name = '', stop = ''] = /^(.{8,}[^\s,]),\s+(@?\p{Lu}[\p{L}.'-]*(?: \p{Lu}[\p{L}.'-]*)?)([.!?\s]*)$/su.exec(sentence) ?? []
  if (rest === '') return null
  const [mention, other] = findActors(name, reading)
  if (!mention || other || mention.text.length < name.replace(/^@/, '').length || findActors(rest.slice(-30), reading).some(({ end }) => end === rest.slice(-30).length)) return null
  const isSpoken = stop.includes('?') || ofYou.test(rest) || /(?<!\p{L})(?:you|please|bitte|du|dir|tu|te|svp|por favor)(?!\p{L})/iu.test(rest)
  return isSpoken ? { rest: rest + stop.trim(), who: { kind: 'actors', ids: mention.ids, said: mention.text, sure: mention.sure, both: false } } : null
}

/** "Avisa al vecino", "comprad bombillas", "préparez la salle": an order by the form of its verb, where it is known and something is behind it. */
function commands(said: string, { code, verbs, article }: Words): boolean {
  const [, word = '', rest = ''] = /^(\p{L}+)\s(.+)$/su.exec(said) ?? []
  const verb = word.toLowerCase()
  const bases = code === 'es' ? [`${verb}r`, verb.replace(/([aei])d$/, '$1r')] : [`${verb}r`, verb.replace(/ez$/, 'er'), verb.replace(/ez$/, 're')]
  const isPlural = code === 'es' ? /[aei]d$/.test(verb) : /ez$/.test(verb)
  return bases.some((base) => base !== verb && verbs.has(base)) && (isPlural || article.test(rest) || /^(?:al?|au|aux|à|du)\s/i.test(rest))
}

/** "Bo is away, so Jonas needs to drive": what follows from what is told. */
function followsFrom(told: string, reading: Reading): Ask | null {
  const [, then = '', only = ''] = /[,;–—-]\s*(?:so|therefore|und|also|deshalb|donc|así que) (.+)$|\sso (.+)$/i.exec(told) ?? []
  const so = then || only
  if (so === '' || /^(?:you(?:'ll| may| might)?|probably|maybe|perhaps|that|much|many|far|long|well)\b/i.test(so)) return null
  const ask = readAsk(so, reading)
  return (ask.kind === 'order' || ask.kind === 'want') && (then !== '' || ask.who !== null) ? ask : null
}

/** Something was wrong, and is not any more. */
export const isMended = /(?<!\p{L})(?:(?:is|are|was|were|been|got) (?:now |already |since )?(?:merged|fixed|solved|resolved|repaired|deployed|sorted|back (?:up|online))|works? again|found the cause|(?:ist|sind|wurde|wurden|schon|bereits) (?:behoben|gelöst|repariert|erledigt)|(?:läuft|laufen|funktioniert|geht) wieder|(?:est|sont|été) (?:déjà )?(?:réparée?s?|résolue?s?|corrigée?s?|réglée?s?)|(?:re)?marche à nouveau|fonctionne à nouveau|(?:está|están|sido) (?:ya )?(?:arreglad|resuelt|solucionad|reparad)[oa]s?|funciona(?:n)? de nuevo)(?!\p{L})/iu

/** "Who could water the plants?": the task that somebody is looked for. */
const anybody = /^(?:who|wer|qui|quién)\s(?:can|could|would|kann|könnte|peut|pourrait|puede|podría)\s(.+?)[\s?]*$/iu
/** Who can do it is asked for its own sake. */
const onlyAsks = /^(?:see|know|tell|access|say|explain|read|use|open|join|help|approve|change|edit|delete|invite|start|stop)\b/i

/** "Den Steuerberater rufe ich selbst an". */
const iDoIt = new RegExp(`^((?:den|die|das|dem|der|alle|unsere?n?|meine?n?)\\s[^,;.]{2,60}?)\\s(\\p{Ll}+?e?)\\sich(?:\\s(?:selbst|dann|noch|morgen|heute|gleich))*(?:\\s(${separable}))?[.!]*$`, 'iu')

/** "Add a task for Bo to …": it is what stands behind that is to be done. */
const makesOne = /^(?:add|create|make|open|set up|put in) (?:(?:a|an|another|one|the) )?(?:new )?(?:task|mission|ticket|card|to-?do|issue|reminder|proposal)s?\s*(?=for\b|to\b|:|that says|saying|called)/i

const mustHappen = /^(?:the|our|all|those|these)\s[\p{L} -]{3,40}?\s(?:must|should|have to|has to|need to|needs to)\s(?:go (?:out|up|live|in|back)|be \p{L}+)\b.*\b(?:by|before|until|today|tomorrow|tonight|this \p{L}+|asap|on \p{Lu})\b/iu
const mustHappenElsewhere: Record<'de' | 'fr' | 'es', RegExp> = {
  de: /^(?:der|die|das|unsere?)\s[^,]{3,50}?\s(?:muss|müssen|sollte|sollten)\s(?:[^,]*\s)?(?:raus|rein|weg|los|fertig(?: (?:werden|sein))?|(?:in den|zum|zur|in die)\s\p{L}+)[.!]*(?:,\s.*)?$/iu,
  fr: /^(?:le|la|les|notre|nos|l')\s?[^,]{3,50}?\s(?:doit|doivent)\s(?:partir|sortir|arriver|être\s\p{L}+)(?!\p{L})/iu,
  es: /^(?:el|la|los|las|nuestr[oa]s?)\s[^,]{3,50}?\s(?:debe|deben|tiene que|tienen que)\s(?:salir|llegar|estar\s\p{L}+)(?!\p{L})/iu,
}

const before = /^(?:(?:for|in|on|at|before|after|by|until|during|regarding|about|as for|re|from|when(?:ever)?|if|once|as soon as|since|because|as(?=\s(?:the|we|you|our|they)\s)|to|instead of|with|given|für|bis|vor|nach|wenn|sobald|pour|avant|dès que|quand|si|para|antes de|cuando|am|im|zum|until)\s(?:[^,;:]|:(?=\d)){2,80},|(?:today|tomorrow|tonight|this week|next week|morgen|heute|demain|aujourd'hui|mañana|hoy|(?:on |next |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|this (?:time|year|month)|next (?:time|year|month)|(?:who|which)ever of you [^,]{3,30}(?=,)|whoever [^,]{3,40}(?=,))\s*,?)\s+/i
const beforeWe = /^(?:for|in|on|at|before|after|by|until|during|since|because|once|when|as soon as|where)\s[^,;]{2,60}?\s(?=(?:it would|it'd) be (?:great|nice|lovely|good|helpful)|(?:we|you|i|someone|somebody) (?:(?:still|also|really) )?(?:ha(?:ve|s) to|needs?(?: to)?|should|must|will|'ll)|please |can you |could you |let's )|^(?:bis|vor|nach|für|am|im|zum|vorher|davor|heute|morgen|dafür)\s(?:[^,;]{2,40}?\s)?(?=(?:müssten?|muss|müssen|sollten?|soll|kann|könnten?) (?:jemand|man|wir|einer)(?!\p{L})|(?:brauchen|bräuchten|benötigen) wir(?!\p{L}))/iu

/** What stands before a request and says when, why or what for: "For the fair, please …". */
export function prefixOf(sentence: string, reading: Reading): string {
  for (const found of [before.exec(sentence), beforeWe.exec(sentence), beforeName(sentence, reading)]) {
    if (!found || (beginsWithVerb(sentence, reading.words) && !/^(?:when|if|once)/i.test(sentence))) continue
    const ask = readAsk(sentence.slice(found[0].length), reading)
    if (ask.kind === 'order' || ask.kind === 'want') return found[0]
  }
  return ''
}

/** "For the party Chloe takes the music": as far as whoever is given it. */
function beforeName(sentence: string, reading: Reading): RegExpExecArray | null {
  const [first] = /^(?:for|at|on|before|until|für|am|bis|vor|zum|pour|avant|para|antes de)\s/i.test(sentence) ? findActors(sentence.slice(0, 90), reading) : []
  const taken = first && first.at > 0 ? readName(sentence.slice(first.at), reading) : null
  return first && (taken?.by === 'does' || taken?.by === 'handed') ? new RegExp(`^[^,;:.!?]{${first.at}}`).exec(sentence) : null
}

/** "Ruf bitte …", "schau mal …": an order by what stands behind its verb. */
const imperative = /^\p{Ll}{2,}\s(?:bitte|mal|doch)(?!\p{L})/u

/** "Rufst du bitte morgen den Techniker an?" */
const youDo = /^(\p{Ll}{2,})st du (?:(?:bitte|mal|vielleicht|noch|auch) )*(.+?)[?.!]*$/iu
/** "Chloe, new photos by Friday" */
const wantedBy = /^(?:new|more|another|some|an?|two|three|four|\d+)\s[^,;]+\s(?:by|before|until)\s/i

const isToldAlone = /^(?:the|our|there|der|die|das|unsere?|le|la|les|notre|nos|el|los|las|nuestr[oa]s?)\s[^,]+$/iu

type Taken = { who: Who; rest: string; by: 'does' | 'colon' | 'comma' | 'called' | 'handed' | 'spoken to' }

/** A name at the start that is given the task behind it: "Ann to", "Ann:", "@Ann", "Ann, please", "ask Ann to", "Ann and Bo will". */
function readName(text: string, reading: Reading): Taken | null {
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
    const who: Who = { kind: 'actors', ids: mention.ids, said: mention.text, sure: mention.sure, both: false }
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
    if (dash && next && /^\s*(?:,|&|\+|\/|and|und|et|y)\s*$/i.test(after.slice(0, next.at)) && /^[\s.]*$/.test(after.slice(next.end)) && !isOneOfSeveral) return { who: { ...who, ids: [...new Set([...mention.ids, ...next.ids])], said: text.slice(mention.at, mention.end + next.end), sure: mention.sure && next.sure, both: true }, at: dash.index, end: mention.end + next.end }
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
