import { isStatement, readAsk, type Ask } from './asks.ts'
import { findActors } from './names.ts'
import { verbOf } from './passive.ts'
import type { Reading } from './reading.ts'
import { baseOf } from './third-person.ts'
import type { Words } from './words/words.ts'

const pairs = (text: string) => new Map(text.trim().split(/\s*,\s*/).map((pair) => pair.split(' ') as [string, string]))

/** Of verbs whose participle does not tell them by its form. */
const strong: Record<Words['code'], ReadonlyMap<string, string>> = {
  en: new Map(),
  de: pairs(`gestrichen streichen, geschrieben schreiben, gebracht bringen, gefunden finden, gesprochen sprechen, genommen nehmen, geworfen werfen, getroffen treffen, gezogen ziehen, geschnitten schneiden, geschlossen schließen, gebunden binden, gegossen gießen,
    gehoben heben, getan tun, geschoben schieben, geliehen leihen, gewogen wiegen, verschoben verschieben, unterschrieben unterschreiben, besprochen besprechen, beschrieben beschreiben, übernommen übernehmen, entworfen entwerfen`),
  fr: pairs('mis mettre, fait faire, écrit écrire, pris prendre, ouvert ouvrir, peint peindre, repeint repeindre, reçu recevoir, lu lire, relu relire, vu voir, éteint éteindre, construit construire, traduit traduire, produit produire, conduit conduire, couvert couvrir'),
  es: pairs('hecho hacer, escrito escribir, puesto poner, visto ver, abierto abrir, impreso imprimir, resuelto resolver, devuelto devolver, roto romper, haga hacer, ponga poner, traiga traer, diga decir'),
}
const apart = 'auf|an|ab|aus|ein|vor|zu|mit|nach|um|durch|zusammen|weg|her|hin|los|fest|frei'

/** The verb of what somebody has done: "nettoyé" is to "nettoyer". */
function infinitiveOf(form: string, words: Words): string | null {
  const word = form.toLowerCase()
  const known = strong[words.code].get(word)
  if (known) return known
  const rules: Record<Words['code'], readonly (readonly [RegExp, readonly string[]])[]> = {
    en: [],
    de: [[/^ge(.+(?:er|el))t$/, ['$1n']], [/^ge(.+)e?t$/, ['$1en']], [/^ge(.+en)$/, ['$1']], [/^((?:be|ver|er|ent|zer|über|unter|wider).+?)t$/, ['$1en']], [/^(.+ier)t$/, ['$1en']]],
    fr: [[/ée?s?$/, ['er']], [/ie?s?$/, ['ir']], [/due?s?$/, ['dre']]],
    es: [[/ad[oa]s?$/, ['ar']], [/id[oa]s?$/, ['er', 'ir']], [/que$/, ['car']], [/gue$/, ['gar']], [/ce$/, ['zar']], [/íe$/, ['iar']], [/e$/, ['ar']], [/a$/, ['er', 'ir']]],
  }
  if (words.code === 'en') return verbOf(word, words)
  const [, prefix = '', base = ''] = words.code === 'de' ? new RegExp(`^(${apart})(ge.+)$`).exec(word) ?? [] : []
  if (prefix !== '') {
    const verb = infinitiveOf(base, words)
    return verb === null ? null : prefix + verb
  }
  const fitting = rules[words.code].find(([ending]) => ending.test(word))
  if (!fitting) return null
  const made = fitting[1].map((ending) => word.replace(fitting[0], ending))
  return made.find((verb) => words.verbs.has(verb)) ?? made.at(-1) ?? null
}

const first: Record<Words['code'], string> = {
  en: 'after|once|when|as soon as', de: 'nachdem|sobald|wenn', fr: 'après qu[e\']|une fois qu[e\']|dès qu[e\']|quand|lorsqu[e\']', es: 'después de que|una vez que|en cuanto|cuando',
}
const done: Record<Words['code'], readonly RegExp[]> = {
  en: [/^(?:has|have|'s) (?:(?:finally|already) )?(?<verb>\p{L}+) (?<what>.+)$/iu, /^(?:is|are) (?:done|finished) (?:with )?(?<verb>\p{L}+ing) (?<what>.+)$/iu, /^(?<verb>\p{L}+s) (?<what>.+)$/iu],
  de: [/^(?<what>.+) (?<verb>\p{L}+) (?:hat|haben)$/iu],
  fr: [/^\s*(?:aura|a|ait) (?<verb>\p{L}+) (?<what>.+)$/iu],
  es: [/^(?:haya|ha|habrá) (?<verb>\p{L}+) (?<what>.+)$/iu, /^(?<verb>\p{L}+[ea]) (?<what>.+)$/iu],
}
/** "bringing" is to bring. */
export const ofDoing = (word: string, words: Words) => [word.replace(/ing$/, ''), word.replace(/ing$/, 'e'), word.replace(/(.)\1ing$/, '$1')].find((verb) => /ing$/.test(word) && words.verbs.has(verb)) ?? null

/** What somebody is to have done, as their task. */
function taskOf(clause: string, reading: Reading): Ask | null {
  const { words } = reading
  const [mention] = findActors(clause, reading)
  if (!mention || !/^@?$/.test(clause.slice(0, mention.at))) return null
  const said = clause.slice(mention.end).replace(/[\s.!]+$/, '').trimStart()
  for (const pattern of done[words.code]) {
    const { verb: form, what = '' } = pattern.exec(said)?.groups ?? {}
    if (form === undefined) continue
    const verb = infinitiveOf(form, words) ?? (words.code === 'en' ? ofDoing(form, words) ?? baseOf(form, words) : null)
    if (verb === null || isStatement.test(verb)) continue
    return { kind: 'order', task: words.code === 'de' ? `${what} ${verb}` : `${verb} ${what}`, who: { kind: 'actors', ids: mention.ids, said: mention.text, sure: mention.sure, both: false } }
  }
  return null
}

/** "After Bo has painted the wall, Priya can hang the pictures": what comes first is somebody's task as well. `lead`: as it is said; `then`: what comes after it. */
export function stagesOf(sentence: string, reading: Reading): { lead: string; ask: Ask; then: string } | null {
  const cue = `(?:${first[reading.words.code]})`
  const found = new RegExp(`^(?<lead>(?:(?:and|und|et|y) )?${cue}\\s*(?<clause>[^,]{6,120})),\\s+(?<then>.+)$`, 'iu').exec(sentence)
    ?? new RegExp(`^(?<then>.{10,160}?),?\\s(?<lead>${cue}\\s*(?<clause>[^,]{6,120}))$`, 'iu').exec(sentence)
  const { lead = '', clause = '', then = '' } = found?.groups ?? {}
  if (lead === '' || readAsk(then, reading).kind !== 'order') return null
  const ask = taskOf(clause, reading)
  return ask && { lead, ask, then }
}
