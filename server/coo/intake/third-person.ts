import { asWho, readAsk, type Ask } from './asks.ts'
import { findActors } from './names.ts'
import type { Reading } from './reading.ts'
import { separable } from './words/german.ts'
import type { Words } from './words/words.ts'

// Minutes say what somebody does where they mean what is to be done: "Ann sends the minutes", "Ben prüft die Rechnung".

const endings: Record<Words['code'], readonly (readonly [RegExp, string])[]> = {
  en: [[/ies$/, 'y'], [/(?<=ss|sh|ch|x|z|o)es$/, ''], [/s$/, '']],
  de: [[/et$/, 'en'], [/t$/, 'en'], [/t$/, 'n'], [/elt$/, 'eln']],
  fr: [[/ellera$/, 'eler'], [/ettera$/, 'eter'], [/èvera$/, 'ever'], [/ènera$/, 'ener'], [/iera$/, 'yer'], [/^enverra$/, 'envoyer'], [/^fera$/, 'faire'], [/(?<=[eid])ra$/, 'r'], [/dra$/, 'dre'], [/oie$/, 'oyer'], [/elle$/, 'eler'], [/ète$/, 'eter'], [/ège$/, 'éger'], [/it$/, 'ire'], [/it$/, 'ir'], [/e$/, 'er'], [/^met$/, 'mettre'], [/^fait$/, 'faire'], [/^tient$/, 'tenir'], [/^prend$/, 'prendre'], [/d$/, 'dre']],
  es: [[/(?<=[aei])rá$/, 'r'], [/ía$/, 'iar'], [/úa$/, 'uar'], [/a$/, 'ar'], [/e$/, 'er'], [/e$/, 'ir'], [/ide$/, 'edir'], [/ueba$/, 'obar'], [/ierra$/, 'errar']],
}
/** The verb of what somebody does, as a task has it; `null` where it is none that is known. */
export function baseOf(word: string, words: Words, prefix = ''): string | null {
  for (const [ending, base] of endings[words.code]) {
    const verb = word.toLowerCase().replace(ending, base)
    if (ending.test(word) && (words.verbs.has(verb) || prefix !== '' && words.verbs.has(`${prefix}${verb}`))) return verb
  }
  return null
}
/** The verb of what somebody says they do: "I prepare", "ich bereite". What they only think, know or feel is no work. */
function ofMyself(said: string, rest: string, words: Words): string | null {
  const { code, verbs } = words
  const bare = said.toLowerCase()
  const prefix = code === 'de' ? apart.exec(rest)?.[2] ?? '' : ''
  // "Je passerai": what is to come.
  const future = code === 'fr' && /rai$/.test(bare) ? futures[bare.replace(/i$/, '')] ?? baseOf(bare.replace(/i$/, ''), words) : null
  const known = code === 'fr' ? baseOf(bare, words) : null
  const made = future !== null ? [future] : known !== null ? [known] : code === 'en' ? [bare] : code === 'de' ? [`${bare}n`, `${bare}en`] : code === 'fr' ? [bare.replace(/e$/, 'er'), bare.replace(/is$/, 'ire'), bare.replace(/is$/, 'ir'), bare.replace(/ds$/, 'dre'), bare.replace(/ets$/, 'ettre')] : [present[bare] ?? '', bare.replace(/o$/, 'ar'), bare.replace(/o$/, 'er'), bare.replace(/o$/, 'ir')]
  const verb = made.find((one) => (verbs.has(one) || verbs.has(`${prefix}${one}`)) && (code === 'en' || one !== bare)) ?? ''
  return verb !== '' && (!mindsOnly.test(verb) || verb === 'talk' && /^(?:to|with)\s/i.test(rest)) ? verb : null
}
const futures: Readonly<Record<string, string>> = { enverra: 'envoyer', fera: 'faire', ira: 'aller', verra: 'voir', tiendra: 'tenir' }
const present: Readonly<Record<string, string>> = { hago: 'hacer', pongo: 'poner', traigo: 'traer', pido: 'pedir', cierro: 'cerrar', cuento: 'contar', pruebo: 'probar', doy: 'dar', voy: 'ir' }
const mindsOnly = /^(?:agree|believe|expect|feel|guess|hear|know|learn|like|love|read|remember|see|smell|spend|suggest|talk|think|understand|wait|watch|work|denken|glauben|warten|wissen)$/

export const isVerb = (word: string, words: Words) => words.verbs.has(word) || baseOf(word, words) !== null

const name = /^@?(\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]*\.?)?)\s+(?:(?:then|also|afterwards|puis|ensuite|luego|después|también)\s+)?(\p{L}+)(?:\s+(.+)|[.!]?)$/u
export const apart = new RegExp(`^(.*\\S)\\s+(${separable})([.!]*)$`, 'iu')

/** What people are, know and say is no work, and helpers say nothing of it. */
const noWork: Record<Words['code'], ReadonlySet<string>> = {
  en: new Set(),
  de: new Set('ist hat wird war kommt geht bleibt sagt meint findet braucht weiß steht liegt fehlt heißt hört sieht kennt liebt mag kann soll muss darf will möchte sollte könnte bekommt erhält wartet vermisst hasst glaubt versteht nicht fragt trifft'.split(' ')),
  fr: new Set('est a va dit pense trouve veut peut doit sera aime reste arrive entre semble croit sait voit connaît attend vient demande propose'.split(' ')),
  es: new Set('es está ha va dice piensa cree quiere puede debe tiene era fue sabe ve conoce espera llega viene queda parece pregunta opina'.split(' ')),
}
const shaped: Record<Words['code'], readonly (readonly [RegExp, string])[]> = { en: [], de: [[/(?<=[dt])et$/, 'en'], [/(?<=[lr])t$/, 'en'], [/t$/, 'en']], fr: [[/e$/, 'er']], es: [[/a$/, 'ar'], [/e$/, 'er']] }
/** A verb by its form alone; sure enough where a name stands before it and a thing behind. */
function verbByForm(word: string, rest: string, words: Words): string | null {
  if (!/^\p{Ll}{4,}$/u.test(word) || noWork[words.code].has(word) || words.common.includes(word) || !words.article.test(rest)) return null
  const [ending, base] = shaped[words.code].find(([pattern]) => pattern.test(word)) ?? []
  return ending ? word.replace(ending, base ?? '') : null
}

/** "Ich sichte die Proben": what somebody says they do to a thing. */
function myVerbByForm(word: string, rest: string, { code, article, common }: Words): string | null {
  if (code === 'en' || !/^\p{Ll}{5,}$/u.test(word) || common.includes(word) || feels.test(word) || !article.test(rest)) return null
  if (code === 'de') return /[^aeiou]e$/.test(word) ? `${word}n` : null
  return code === 'fr' ? /[^aeiou]e$/.test(word) ? `${word}r` : null : /[^aeiou]o$/.test(word) ? word.replace(/o$/, 'ar') : null
}
const feels = /^(?:glaube|denke|finde|hoffe|meine|brauche|suche|wünsche|danke|freue|hasse|liebe|kenne|hätte|würde|möchte|könnte|müsste|sollte|verstehe|vermute|fürchte|pense|trouve|aime|espère|cherche|souhaite|préfère|crois|creo|pienso|quiero|espero|necesito|busco|tengo|prefiero)$/

/** In German the verb stands last: "Ann schickt das Protokoll" is "das Protokoll schicken". */
export function inOrder(verb: string, rest: string, words: Words): string {
  if (words.code !== 'de') return `${verb} ${rest}`
  const [, before, prefix = '', stop = ''] = apart.exec(rest) ?? []
  return before ? `${before} ${prefix}${verb}${stop}` : `${rest.replace(/(?<!\d)\.+$|!+$/, '')} ${verb}`
}

/** Tells what somebody said or thought: no work that is to be done. */
const tellsOnly = /^(?:report|present|show|say|mention|explain|note|suggest|propose|ask|think|see|read|know|understand|agree|accept|berichten|zeigen|fragen|finden|verstehen|montrer|trouver|demander|encontrar)$/

const aDay = '(?:heute|morgen|übermorgen|(?:am |nächsten )?(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)|nächste woche|demain|aujourd\'hui|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|mañana|hoy|(?:el )?(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo))'
/** "Morgen rufe ich den Notar an", "demain j'appelle", "mañana llamo": with who does it in front. */
const withSubject = (line: string) => line
  .replace(new RegExp(`^${aDay},?\\s(\\p{Ll}+e)\\sich\\s`, 'iu'), 'ich $1 ')
  .replace(new RegExp(`^${aDay},?\\s(?=j'|je\\s)`, 'iu'), '')
  .replace(new RegExp(`^(?:${aDay},?\\s)(\\p{Ll}{3,}o)(?=\\s(?:a|al|el|la|los|las|un|una)\\s)`, 'iu'), 'yo $1')

/** What a line of minutes asks for, where it only says who does what; else as any line is read. `isSure`: it stands among tasks; else what is told as such is left. */
export function askInMinutes(line: string, reading: Reading, isSure = true): Ask {
  const ask = readAsk(line, reading)
  const mine = /^(?:(?:I|ich|je|yo)\s+|j')(\p{L}+)\s+(.+)$/iu.exec(withSubject(line.trim().replace(reading.words.filler, '').replace(/^(?:moi|yo|ich),\s(?=j|yo|ich)/i, '')))
  const own = mine && (ofMyself(mine[1] ?? '', mine[2] ?? '', reading.words) ?? myVerbByForm(mine[1] ?? '', mine[2] ?? '', reading.words))
  if (mine && own && ask.who === null && ask.kind !== 'want') return { kind: 'order', task: inOrder(own, (mine[2] ?? '').replace(/^(?:mich|me)\s/i, ''), reading.words), who: { kind: 'asker', said: line.trim().split(' ')[0] ?? '' } }
  const said = line.trim().replace(reading.words.filler, '')
  // Who types without capitals does so with names.
  const [called] = /^\p{Ll}/u.test(said) ? findActors(said.slice(0, 40), reading) : []
  const [, who = '', does = '', rest = ''] = name.exec(called?.at === 0 ? said.charAt(0).toUpperCase() + said.slice(1) : said) ?? []
  if (who === '' || ask.who !== null || ask.kind === 'want') return ask
  // "Ann decides": nothing behind the verb, where it is nobody's name.
  if (rest === '' && (baseOf(does, reading.words) === null || findActors(line, reading).every(({ at }) => at > 1))) return ask
  const { words } = reading
  const mention = findActors(`${who} ${does}`, reading).find(({ at, end }) => at <= 1 && end >= who.length - 1)
  const base = baseOf(does, words, words.code === 'de' ? apart.exec(rest)?.[2] ?? '' : '') ?? (mention ? verbByForm(does, rest, words) : null)
  if (!isSure && (base === null || tellsOnly.test(base) && !/\d/.test(rest) && !(base === 'ask' && /^(?:the|our|all)\s/i.test(rest) || base === 'fragen' && /(?<!\p{L})(?:nach|ob|bei[mr]?)(?!\p{L})/iu.test(rest)) || /^(?:that|dass|que)\s/i.test(rest))) return ask
  // Nobody here has that name: then the verb has to be one for sure, and the word before it none of the language.
  if (base === null || !mention && (words.common.includes(who.toLowerCase()) || isVerb(who.toLowerCase(), words))) return ask
  return {
    kind: 'order', task: inOrder(base, rest, words).trim(),
    who: mention ? asWho(mention) : { kind: 'unknown', name: who },
  }
}
