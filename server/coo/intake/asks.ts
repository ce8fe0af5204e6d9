import type { ActorId } from '#lib/board/ids.ts'
import { askInClause } from './clause.ts'
import { isForbidden } from './forbids.ts'
import { findActors, type ActorMention } from './names.ts'
import { activeOf, ofDoing, verbOf } from './passive.ts'
import type { Reading } from './reading.ts'
import { readName, spokenToLast, unknownName, youDo } from './who.ts'
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

/** Whoever a name means, alone. */
export const asWho = ({ ids, text, sure }: ActorMention): Who => ({ kind: 'actors', ids, said: text, sure, both: false })

/** Whether both are the same people. */
export const isSame = (one: Who | null, other: Who | null) => one === other || one !== null && other !== null && idOf(one) === idOf(other)
const idOf = (who: Who) => who.kind === 'actors' ? who.ids.join() : who.kind === 'unknown' ? who.name : who.kind

export const firstWord = (text: string) => /^["“(]*(\p{L}+(?:[-']\p{L}+)*)/u.exec(text)?.[1]?.toLowerCase() ?? ''
/** "Have the extinguisher checked" */
const getsDone = /^(?:have|get) (?:the|our|my|all|both|his|her|their|them|it)\s[^?,;]*\p{L}(?:ed|built|made|sent|done|cut)(?=[\s.,;!]*$|\s(?:by|before|until|on|in|at|and|this|next|today|tomorrow|asap)\b)/iu
export const beginsWithVerb = (text: string, words: Words) => words.verbs.has(firstWord(text)) && !(words.code === 'en' && /^thank (?:you|u)\b/i.test(text)) || words.code === 'en' && (/^have an? (?:look|think|chat|word|go)\b/i.test(text) || getsDone.test(text))

/** What somebody is, has or feels is nothing that is asked of them. */
export const isState = /^(?:be|been|being|have been|not|never|already|join|attend|like|love|know|happy|able|see|hear|arrive|(?:leave|return)(?! (?:the|an?|our|all|some|his|her|my|your|\d+)\b))\b/i
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
        who = asWho(named)
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
          if (taken.by === 'does' && isState.test(taken.rest)) return followsFrom(rest, reading) ?? { kind: 'none', task: rest, who: null }
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
    if (own && !isState.test(rest.slice(own[0].length))) {
      who ??= speaker ?? reading.writer ?? (reading.isToAsker ? null : { kind: 'asker', said: own[0].trim() })
      asked = true
      rest = rest.slice(own[0].length)
    }
    if (asked && /^have (?=(?:an?|some|the|more|another|new|\d+)\s)/i.test(rest) && words.code === 'en' && /\b(?:can|could|may|shall) (?:we|i) (?:\w+ ){0,2}have\b/i.test(sentence)) return { kind: 'want', task: rest.slice(5), who }
    const leadIn = [reading, ...reading.others].map((each) => each.words.leadIn.exec(rest)).find((found) => found !== null && found[0] !== '')
    if (leadIn && (!isState.test(rest.slice(leadIn[0].length)) || wantsToKnow.test(rest.slice(leadIn[0].length)))) {
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
    const isNounToo = !asked && words.nounToo.has(firstWord(rest))
    const isNoun = !asked && words.code === 'en' && fromSomebody.test(rest) || isNounToo && (isOfWhich.test(rest) || !words.article.test(rest.replace(/^\S+\s*/, '')) && /^\S+\s+(?:\S+\s+){0,2}(?:is|are|was|were|has|have|will|does|did|went|looks?|seems?)\b|^\S+\s+(?:\S+\s+){0,2}(?:broken|outdated|missing|wrong)\W*$|^\S+\s+\p{L}+ed\s+(?:in|on|at|by|to|with|within|for|yesterday|today|last|well|quickly)\b/iu.test(rest))
    // "Warm and a bit funny"
    const [, paired] = /^\p{L}+\s+(?:and|or|but)\s+(\p{L}+)/iu.exec(rest) ?? []
    const isQuality = isNounToo && paired !== undefined && !words.verbs.has(paired.toLowerCase())
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
  if (needed !== undefined && of) return { kind: 'want', task: needed, who: asWho(of) }
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

/** "Offer from Lux": what came, and no order. */
const fromSomebody = /^(?:offer|quote|message|e?-?mail|call|report|request|invoice|answer|note|review|estimate|question|claim|result)\sfrom\b/i
/** "Demo of the new checkout went well" */
const isOfWhich = /^\S+\s+(?:of|for|with)\s(?:\S+\s+){1,5}(?:is|are|was|were|went|has|have|will|looks?|starts?|takes place)\b/i

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
