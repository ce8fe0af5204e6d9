import type { Reading } from './reading.ts'

// What titles, introductions and sentences are for, by their words.

export type Section = 'tasks' | 'people' | 'decisions' | 'questions' | 'notes' | 'good' | 'topic'

const sections: readonly (readonly [Section, RegExp])[] = [
  ['good', /^(?:acceptance(?: criteria)?|definition of done|a good result(?: has)?|what a good result has|success criteria|done when|akzeptanzkriterien|critères d'acceptation|criterios de aceptación)/i],
  ['people', /^(?:attend(?:ees|ance|ing)|present|here(?=\s*(?::|$))|participants?|apologies|absents?|présents?|excusés?|presentes|ausentes|teilnehmer\p{L}*|anwesend\p{L}*|asistentes|agenda|location|where|cc|tagesordnung|ordre du jour|orden del día)(?!\p{L})/iu],
  ['decisions', /^(?:decisions?|decided|agreed|agreements|beschlüsse|entscheidungen|décisions|decisiones|acuerdos)\b/iu],
  ['questions', /^(?:(?:open |outstanding )?questions?|open (?:points|issues)|to (?:be )?discuss(?:ed)?|parking lot|offene (?:fragen|punkte)|questions ouvertes|preguntas)/iu],
  ['tasks', /^(?:action(?:s| items?| points?)|to ?-?dos?|next steps?|next$|tasks?|follow.?ups?|aufgaben|maßnahmen|nächste schritte|todos?|à faire|actions|prochaines étapes|tareas|pendientes|próximos pasos|what (?:we need|needs to (?:be done|happen)))\b/iu],
  ['notes', /^(?:what (?:went|worked|did not work|didn't work|was)\b.*|what we learn(?:ed|t)|went (?:well|badly|wrong)|lessons learn(?:ed|t)|notes|meeting notes|minutes|topics?|ideas?|options?|examples?|reasons?|themen|sujets|temas|discussion|discussed|summary|background|context|goals?|aims?|budget|next (?:meeting|time)|ziele?|nächstes treffen|objectifs?|prochaine réunion|objetivos?|próxima reunión|updates?|status|fyi|for your information|done|news|info|highlights|notizen|protokoll|diskussion|hintergrund|contexte|notas|contexto|housekeeping notes)\b/iu],
]
export const sectionOf = (title: string): Section => sections.find(([, pattern]) => pattern.test(title.trim()))?.[0] ?? 'topic'

/** "Please do the following:", "Three points of housekeeping": says that a list comes, and nothing else. */
export const announces = /\b(?:following|these|this list|list|below|things?|tasks?|points?|items?|to ?-?dos?|steps?|issues?|bugs?|questions?|topics?|housekeeping|few|couple|several|here(?:'s| is| are)|needs? (?:to be done|doing)|folgende\w*|aufgaben|punkte|sachen|suivant\w*|choses|points|tareas|siguientes?|cosas|puntos)\b/i
export const contains = /\b(?:includ\w*|cover\w*|contain\w*|consist\w*|with(?: the following)?|should (?:have|say|answer|address|mention)|about|sections?|consider\w*|compar\w*|mention\w*|answer\w*|address\w*|enthält|umfass\w*|compren\w*|inclu\w*)\b[^:]*:?\s*$/i

export const tells = /^(?:i|we)(?:'ve| have)? (?:already |just )?(?:looked|checked|tried|asked|searched|found|saw|thought|noticed)(?!\p{L})|^(?:todo bien|tout va bien|alles (?:gut|klar)|all (?:good|fine|well))(?!\p{L})|\b(?:was|were|has been|have been|had|went|got|gave|came|finished|started|arrived|won|lost|sold|passed|worked|moved|opened|(?<=\p{Ll}s? )arrives?|is (?:ill|away|off|out|back) (?:until|till|from|this|next|on)|discussed|agreed|decided|approved|talked|presented|reported|showed|said|mentioned|noted|announced|happened|looks good|is (?:up|down|on track|done|fine|out|live|back|happy|sick|on holiday|ready|complete|full)|are (?:up|down|on track|done|fine|happy|ready)|(?:is|are) (?:now |already |finally |all )?(?!need|want|requir|miss|expect|request)\p{L}+ed(?=[.!]*$)|will be (?:back|out|on|in|joining|away)|wurde|wurden|war|waren|hat|haben|été|a été|fue|fueron)\b|(?<!\p{L})(?:ist|sind) (?:(?:wieder|schon|jetzt|bereits|alle?s?) )*(?!ge(?:wünscht|fragt|braucht)|benötigt)(?:\p{L}+t|da|fertig|zurück|ge\p{L}+en)(?=[.!]*$)|(?<!\p{L})(?:est|sont) (?:(?:de nouveau|déjà|bien) )*\p{L}+(?:ée?s?|ie?s?)(?=[.!]*$)|(?<!\p{L})(?:está|están) (?:ya )?\p{L}+(?:[ai]d[oa]s?|list[oa]s?)(?=[.!]*$)/iu

export const meeting = /\b(?:meeting|minutes|sync|stand-?up|retro(?:spective)?|kick-?off|call notes|1:1|protokoll|besprechung|réunion|compte rendu|reunión|acta)\b/i
/** "Launch plan" is a title, "Launch the shop" a task. */
export const isNounTitle = (heading: string, { words }: Reading) => words.nounToo.has(heading.split(/\s/)[0]?.toLowerCase() ?? '') && !words.article.test(heading.replace(/^\S+\s*/, ''))
