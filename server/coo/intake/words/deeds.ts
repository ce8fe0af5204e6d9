import type { Words } from './words.ts'

/**
 * What is to be done about a thing that is wanted or wrong: a title has a verb, also where the request has none. `…` is the thing. `written`, `made`,
 * `found`: what the thing is, by its last word. `lacks`: something is not there, its first group the thing; `wrong`: what stands in the place of it all.
 */
export type Deeds = {
  write: string
  make: string
  find: string
  get: string
  mend: string
  clear: string
  written: RegExp
  made: RegExp
  found: RegExp
  lacks: readonly RegExp[]
  wrong: readonly (readonly [RegExp, string])[]
}

const again = '(?: again| already| still| since [^,.;]+| all the time| once more)?'
const verbEn = '(?:is|are|was|keeps?|seems?|has been|have been)(?: \\w+ly| still| again| completely| always| now| already)?'
const thingEn = '((?!i |we |you |he |she |they |there |by the way)(?:(?! which | that | who )[^,;:]){2,70}?)'

const english: Deeds = {
  write: 'Write …', make: 'Create …', find: 'Find …', get: 'Get …', mend: 'Fix: …', clear: 'Clarify: …',
  written: /^(?:plans?|reports?|calendars?|schedules?|timetables?|agendas?|(?:check)?lists?|overviews?|summar(?:y|ies)|guides?|manuals?|handbooks?|letters?|e?-?mails?|briefs?|texts?|cop(?:y|ies)|articles?|(?:blog)?posts?|newsletters?|polic(?:y|ies)|rules?|guidelines?|documentation|docs?|documents?|faqs?|notes|templates?|proposals?|concepts?|strateg(?:y|ies)|statements?|announcements?|descriptions?|instructions?|roadmaps?|timelines?|programmes?|playbooks?|captions?|release|notes)$/i,
  made: /^(?:features?|functions?|buttons?|themes?|mode|pages?|sites?|websites?|apps?|forms?|dashboards?|tools?|integrations?|apis?|tests?|videos?|logos?|icons?|banners?|posters?|flyers?|slides?|deck|spreadsheets?|sheets?|charts?|versions?|accounts?|folders?|channels?|wikis?)$/i,
  found: /^(?:venues?|rooms?|places?|locations?|halls?|someone|somebody|anyone|people|volunteers?|helpers?|photographers?|plumbers?|electricians?|speakers?|interpreters?|suppliers?|caterers?|replacements?|ways?|solutions?|dates?|slots?|candidates?|interns?|sponsors?)$/i,
  lacks: [/^there(?:'s| is| are)(?: still| currently| really)? (?:no|not any|not a|not enough) (.+?)(?: yet| anywhere| so far)?$/i, /^we ?(?:still |currently )?(?:have no|do not have an?y?|don't have an?y?|are (?:nearly |almost )?out of|'re out of|(?:are|'re) (?:running|getting) (?:low|short) (?:on|of)|(?:are|'re) running out of|ran out of|have run out of|lack) (.+?)(?: yet)?$/i, /^nobody (?:has|wrote|made|got)(?: yet)? an? (.+)$/i, /^(.{3,60}?) (?:is|are)(?:n't| not) (?:there|here|ready|written)(?: yet)?$/i],
  wrong: [
    [/^.{0,40}?\b((?:the|our) [^,;:]{3,50}? (?:which|that) (?:is|are) (?:broken|leaking|stuck|blocked|clogged|missing|outdated|wrong))$/i, 'Fix $1'],
    [new RegExp(`^(.{3,60}?) (?:is|are)(?: still| also)? missing ((?:on|from|in) (?:the |our |its )?(?:[\\p{L}-]+ )?(?:page|site|website|drive|list|slides?|document|form|plan|menu|report|mail|newsletter|folder|app|footer|header)\\b.*)$`, 'iu'), 'Add $1 missing $2'],
    [/^(.{3,60}?) (?:is|are)(?: still| also)? missing((?: (?:in|on|from|at|for) .+)?)$/i, 'Get $1 that is missing$2'],
    [new RegExp(`^${thingEn} ${verbEn} (?:broken|down|leaking|stuck|crashing|failing|jammed|blocked|clogged|dead|out of order|not working)${again}((?: (?:in|on|at|for|of) (?:the|our) [^,;:]+)?)${again}$`, 'i'), 'Fix $1$2'],
    [new RegExp(`^${thingEn} ${verbEn} (?:outdated|out of date|years old)$`, 'i'), 'Update $1'],
    [new RegExp(`^${thingEn} ${verbEn} wrong((?: (?:in|on|at|for) [^,;:]+)?)$`, 'i'), 'Correct $1$2'],
    [new RegExp(`^${thingEn} ${verbEn} (?:very |too |so )?slow$`, 'i'), 'Speed up $1'],
    [new RegExp(`^${thingEn} ${verbEn} empty$`, 'i'), 'Refill $1'],
    [new RegExp(`^${thingEn} needs? fixing((?: .*)?)$`, 'i'), 'Fix $1$2'], [new RegExp(`^${thingEn} needs? cleaning((?: .*)?)$`, 'i'), 'Clean $1$2'],
    [new RegExp(`^${thingEn} needs? (?:replacing|a replacement)((?: .*)?)$`, 'i'), 'Replace $1$2'], [new RegExp(`^${thingEn} needs? (?:updating|an update)((?: .*)?)$`, 'i'), 'Update $1$2'],
  ],
}

const german: Deeds = {
  write: '… schreiben', make: '… erstellen', find: '… finden', get: '… besorgen', mend: 'Beheben: …', clear: 'Klären: …',
  written: /(?:plan|pläne|bericht|kalender|liste|listen|übersicht|zusammenfassung|anleitung|handbuch|brief|e-?mail|text|texte|artikel|newsletter|richtlinie|regeln|dokumentation|dokument|vorlage|konzept|strategie|ankündigung|beschreibung|agenda|tagesordnung|protokoll|aushang)$/i,
  made: /(?:seite|website|formular|logo|video|plakat|banner|flyer|tabelle|app|ordner|präsentation|folien)$/i,
  found: /(?:raum|räume|ort|saal|termin|jemand|jemanden|leute|helfer|fotograf(?:en)?|lösung|weg|ersatz|handwerker|dolmetscher)$/i,
  lacks: [/^es gibt (?:noch |immer noch |derzeit )?kein(?:e|en)? (.+)$/i, /^(?:hier |uns |es )?fehl(?:t|en)(?: noch| uns)* (.+)$/i, /^(?:im|in der|in den|am|an der|auf der|auf dem|bei) [^,]{2,40}? fehl(?:t|en)(?: noch)? (.+)$/i, /^wir haben (?:noch )?kein(?:e|en)? (.+)$/i],
  wrong: [
    [/^der (.{2,60}?) (?:ist|sind)(?: \p{L}+)? (?:kaputt|defekt|undicht)$/iu, 'Den $1 reparieren'], [/^(.{2,60}?) (?:ist|sind)(?: \p{L}+)? (?:kaputt|defekt|undicht)$/iu, '$1 reparieren'],
    [/^der (.{2,60}?) (?:funktioniert|geht|druckt|startet|lädt)(?: \p{L}+)? nicht$/iu, 'Den $1 reparieren'], [/^(.{2,60}?) (?:funktioniert|geht|druckt|startet|lädt)(?: \p{L}+)? nicht$/iu, '$1 reparieren'],
    [/^der (.{2,60}?) ist(?: \p{L}+)? veraltet$/iu, 'Den $1 aktualisieren'], [/^(.{2,60}?) (?:ist|sind)(?: \p{L}+)? veraltet$/iu, '$1 aktualisieren'],
    [/^der (.{2,60}?) ist(?: \p{L}+)? leer$/iu, 'Den $1 auffüllen'], [/^(.{2,60}?) (?:ist|sind)(?: \p{L}+)? leer$/iu, '$1 auffüllen'],
  ],
}

const french: Deeds = {
  write: 'Rédiger …', make: 'Créer …', find: 'Trouver …', get: 'Prévoir …', mend: 'Régler : …', clear: 'Clarifier : …',
  written: /^(?:plans?|rapports?|calendriers?|plannings?|listes?|résumés?|guides?|manuels?|lettres?|mails?|textes?|articles?|newsletters?|règles?|documentation|documents?|modèles?|propositions?|stratégies?|annonces?|descriptions?|procédures?|compte)$/i,
  made: /^(?:pages?|sites?|formulaires?|logos?|vidéos?|affiches?|bannières?|tableaux?|applications?|dossiers?)$/i,
  found: /^(?:salles?|lieux?|endroits?|quelqu'un|personnes?|bénévoles?|photographes?|solutions?|interprètes?|fournisseurs?|dates?)$/i,
  lacks: [/^il n'y a (?:pas|plus) (?:de |d')(.+)$/i, /^(?:nous n'avons|on n'a) (?:pas|plus) (?:de |d')(.+)$/i, /^il (?:nous |me )?manque (?:encore |toujours )?(.+)$/i],
  wrong: [
    [/^(.{2,60}?) (?:est|sont)(?: \p{L}+)? (?:cassée?s?|en panne)((?: (?:dans|sur|à) .+)?)$/iu, 'Réparer $1$2'], [/^(.{2,60}?) ne (?:fonctionne|marche|s'ouvre)(?:nt)? (?:pas|plus)$/iu, 'Réparer $1'],
    [/^(.{2,60}?) (?:est|sont)(?: \p{L}+)? (?:périmée?s?|obsolètes?)$/iu, 'Mettre à jour $1'],
  ],
}

const spanish: Deeds = {
  write: 'Redactar …', make: 'Crear …', find: 'Encontrar …', get: 'Conseguir …', mend: 'Resolver: …', clear: 'Aclarar: …',
  written: /^(?:plan(?:es)?|informes?|calendarios?|listas?|resumen|guías?|manual(?:es)?|cartas?|correos?|textos?|artículos?|reglas?|documentación|documentos?|plantillas?|propuestas?|estrategias?|anuncios?|descripción|procedimientos?)$/i,
  made: /^(?:páginas?|sitios?|formularios?|logos?|vídeos?|carteles|tablas?|carpetas?)$/i,
  found: /^(?:salas?|lugar(?:es)?|sitio|alguien|personas?|voluntarios?|fotógrafos?|solución|proveedor(?:es)?|fechas?)$/i,
  lacks: [/^no hay (.+)$/i, /^no tenemos (.+)$/i, /^(?:nos |me )?faltan? (?:todavía |aún )?(.+)$/i],
  wrong: [
    [/^(.{2,60}?) no (?:funciona|carga|abre|imprime)n?$/iu, 'Reparar $1'], [/^(.{2,60}?) (?:está|están)(?: \p{L}+)? rot[oa]s?((?: (?:en) .+)?)$/iu, 'Reparar $1$2'], [/^(.{2,60}?) (?:está|están)(?: \p{L}+)? desactualizad[oa]s?$/iu, 'Actualizar $1'],
  ],
}

export const deedsIn: Record<Words['code'], Deeds> = { en: english, de: german, fr: french, es: spanish }
