import { separable } from './words/german.ts'
import type { Words } from './words/words.ts'

type Inflected = Exclude<Words['code'], 'en'>

const pairs = (text: string) => new Map(text.trim().split(/\s*,\s*/).map((pair) => pair.split(' ') as [string, string]))

/** Of verbs whose participle does not tell them by its form. */
const strong: Record<Inflected, ReadonlyMap<string, string>> = {
  de: pairs(`gestrichen streichen, geschrieben schreiben, gebracht bringen, gefunden finden, gesprochen sprechen, genommen nehmen, geworfen werfen, getroffen treffen, gezogen ziehen, geschnitten schneiden, geschlossen schließen, gebunden binden, gegossen gießen,
    gehoben heben, getan tun, geschoben schieben, geliehen leihen, gewogen wiegen, verschoben verschieben, unterschrieben unterschreiben, besprochen besprechen, beschrieben beschreiben, übernommen übernehmen, entworfen entwerfen`),
  fr: pairs('mis mettre, fait faire, écrit écrire, pris prendre, ouvert ouvrir, peint peindre, repeint repeindre, reçu recevoir, lu lire, relu relire, vu voir, éteint éteindre, construit construire, traduit traduire, fasse faire, mette mettre, prenne prendre, vienne venir, aille aller, écrive écrire, lise lire, dise dire, tienne tenir, produit produire, conduit conduire, couvert couvrir'),
  es: pairs('hecho hacer, escrito escribir, puesto poner, visto ver, abierto abrir, impreso imprimir, resuelto resolver, devuelto devolver, roto romper, haga hacer, ponga poner, traiga traer, riegue regar, cierre cerrar, pruebe probar, cuente contar, encuentre encontrar, muestre mostrar, diga decir'),
}

/** The verb of what somebody has done, where its language bends verbs: "nettoyé" is to "nettoyer". */
export function infinitiveOf(form: string, words: Words): string | null {
  const { code } = words
  if (code === 'en') return null
  const word = form.toLowerCase()
  const known = strong[code].get(word)
  if (known) return known
  const rules: Record<Inflected, readonly (readonly [RegExp, readonly string[]])[]> = {
    de: [[/^ge(.+(?:er|el))t$/, ['$1n']], [/^ge(.+)e?t$/, ['$1en']], [/^ge(.+en)$/, ['$1']], [/^((?:be|ver|er|ent|zer|über|unter|wider).+?)t$/, ['$1en']], [/^(.+ier)t$/, ['$1en']]],
    fr: [[/ée?s?$/, ['er']], [/ie?s?$/, ['ir']], [/due?s?$/, ['dre']]],
    es: [[/ad[oa]s?$/, ['ar']], [/id[oa]s?$/, ['er', 'ir']], [/que$/, ['car']], [/gue$/, ['gar']], [/ce$/, ['zar']], [/íe$/, ['iar']], [/e$/, ['ar']], [/a$/, ['er', 'ir']]],
  }
  const [, prefix = '', base = ''] = code === 'de' ? new RegExp(`^(${separable})(ge.+)$`).exec(word) ?? [] : []
  if (prefix !== '') {
    const verb = infinitiveOf(base, words)
    return verb === null ? null : prefix + verb
  }
  const fitting = rules[code].find(([ending]) => ending.test(word))
  if (!fitting) return null
  const made = fitting[1].map((ending) => word.replace(fitting[0], ending))
  return made.find((verb) => words.verbs.has(verb)) ?? made.at(-1) ?? null
}
