import { beginsWithVerb, readAsk } from './asks.ts'
import type { Reading } from './reading.ts'
import { tells } from './sections.ts'
import { isVerb } from './third-person.ts'
import { tokensOf } from './tokens.ts'

/** Says that something is broken, missing or used up: whoever says it wants somebody to do something about it. */
export const isWrong = /(?<!\p{L})(?:off(?! (?:sick|until|till|today|tomorrow|this|next|on|to|in|the phone))|out of|(?:is|are|ran|runs?|running) out|low|empty|full|over(?:due|flow\p{L}*)|down(?! (?:from|to|by)\b)|slow\p{L}*|missing|broke\p{L}*|fail\p{L}*|wrong|loose|dirty|lost|stolen|damag\p{L}*|crack\p{L}*|leak\p{L}*|drip\p{L}*|stuck|jam\p{L}*|dead|expir\p{L}*|noise|noisy|smell\p{L}*|unclear|problem|issue|bug|error|wobbl\p{L}*|flicker\p{L}*|squeak\p{L}*|rattl\p{L}*|worn|rust\p{L}*|torn|stain\p{L}*|mould\p{L}*|needs?|should(?! be\b)|must|wants?|due|deadline|kein\p{L}*|leer|voll|kaputt|defekt|fehl\p{L}*|muss|müss\p{L}*|soll\p{L}*|brauch\p{L}*|klemmt|tropft|manque\p{L}*|cassée?s?|panne|faut|doit|doivent|fuit|falta\p{L}*|rot[oa]s?|hay que|debe\p{L}*)(?!\p{L})/iu
/** Says that something is not as it could be. */
const isAmiss = /(?<!\p{L})(?:not|no|never|nobody|none|nothing|without|cannot|urgent\p{L}*|asap|someone|somebody|please|jemand|dringend\p{L}*|bitte|quelqu'un|alguien|only|still|again|too|away|late|old|cold|complain\p{L}*|could|nicht|nie|nur|noch|wieder|zu|pas|plus|jamais|rien|encore|trop|sans|nunca|nada|solo|sólo|todavía|aún|otra vez|demasiado|sin)(?!\p{L})|n't(?!\p{L})/iu

const is = /(?<!\p{L})(?:is|are|was|were|has|have|had|will be|stays?|remains?|seems?|goes|comes|costs?|belongs?|means|happens|feels|sounds|looks|works|runs|starts|begins|opens|closes|ends|keeps|likes|loves|knows|thinks|says|ist|sind|war|waren|hat|haben|hatte|hatten|wird|wurde|wurden|bleibt|läuft|kommt|est|sont|était|étaient|ont|sera|reste|es|son|está|están|era|fue|fueron|ha|han|sigue)(?!\p{L})|(?<=\p{L})'(?:s|m|re|ve)(?!\p{L})|^(?:i|we|they|he|she|it|this|that|these|those|there|ich|wir|er|sie|je|nous|on|il|elle|ils|elles|yo|nosotros) (?!(?:need|want|would|should|must|have to)\b)/iu

/** What somebody did: no "returned books", which has an article. */
const did = /(?<!(?<!\p{L})(?:the|an?|our|my|your|their|all|some|of|be|to|and|or|is|are|get|have)\s)(?<!\p{L})(?:\p{L}{2,}(?<!ne)ed|won|got|came|went|brought|made|said|told|sold|sent|met|began|became|left|put(?=\s(?:it|them|up|on|in)\b)|took|gave|found|paid|ran|held|chose|felt|kept|led|saw|spoke|wrote)(?!\p{L})/iu

/** Asks for something after all, by how it begins or by what stands behind a colon. */
const begins = /^(?:someone|somebody|anyone|anybody|jemand|quelqu'un|alguien|pl(?:ea)?[sz]|asap|when(?:ever)?|if|for|and|or|it(?:'s| is) (?:important|necessary|time)|es ist (?:wichtig|nötig|zeit)|il est (?:important|nécessaire|temps)|es (?:importante|necesario|hora))(?!\p{L})/iu

/** Somebody or something is, does or did something. */
export function isStatement(sentence: string, { words }: Reading): boolean {
  const tokens = tokensOf(sentence)
  const behind = /:\s+(?=\p{L})/u.exec(sentence)
  if (tokens.length < 4 || begins.test(sentence) || beginsWithVerb(sentence, words) || behind && beginsWithVerb(sentence.slice(behind.index + behind[0].length), words)) return false
  return is.test(sentence) || tells.test(sentence) || did.test(sentence) || tokens.slice(1).some(({ plain, text }) => words.code === 'en' && /^\p{Ll}+s$/u.test(text) && isVerb(plain, words) && !words.verbs.has(plain) && !words.nounToo.has(plain.replace(/s$/, '')))
}

/** "The Osbornes signed the contract this morning": tells that something is so, and nothing that is amiss; it asks nobody to do anything. */
export const isToldOnly = (sentence: string, reading: Reading) => readAsk(sentence, reading).kind === 'none' && isStatement(sentence, reading) && !isWrong.test(sentence) && !isAmiss.test(sentence)
