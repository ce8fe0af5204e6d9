import { asWho, type Who } from './asks.ts'
import { findActors } from './names.ts'
import type { Reading } from './reading.ts'

// Answers to what was asked for: somebody takes it on, or it is done.

const yes = '(?:(?:yes|yep|yeah|sure|ok(?:ay)?|of course|no problem|fine|please|ja|klar|gerne?|oui|d\'accord|bien sûr|sí|si|vale|claro|por supuesto|por favor|bitte)[,.! ]+)*'
const does = [
  'i(?:\'ll| will| can| could|\'d|\'m going to)? (?:just )?(?:do|take|handle|see to|sort|take care of) (?:it|that|this|them)', 'i(?:\'ll| will| can| could|\'d|\'m going to)? (?:get|buy|order|fetch|bring) (?:it|one|some|them)', 'i(?:\'ll| will| can| could|\'d|\'m going to)? (?:(?:have|take) a look(?: at (?:it|that|this))?|look (?:into|at) (?:it|that|this)|check (?:it|that|this))', '(?:will|can) do(?: (?:it|that|this))?', 'on it', '(?<=[,.! ])(?:i(?:\'ll| will)|will) \\p{L}+ (?:him|her|them|it)', 'i (?:can|could|will)(?=\\s*(?:[.!,]|$|on |by |today|tomorrow|this |next ))',
  '(?:das )?(?:mach|mache|übernehm|übernehme|erledig|erledige) ich(?: das| es)?', 'ich (?:mach|mache|übernehm|übernehme|erledig|erledige)(?: das| es)?', 'ich (?:schau|schaue|seh|sehe|guck|gucke|prüf|prüfe) (?:mir )?(?:das|es)(?: mal)?(?: an)?', '(?:schau|schaue|prüf|prüfe) ich(?: mir)?(?: (?:das|es))?(?: mal)?(?: an)?', '(?:ich )?kümmer(?:e)? mich(?: darum| drum)?', 'darum kümmer(?:e)? ich mich', '(?:ich kann|kann ich)(?=\\s*(?:[.!,]|$|am |bis |heute|morgen))',
  'je (?:regarde|vais regarder|peux regarder)(?: ça)?', 'je (?:peux|m\'en (?:occupe|charge)|le fais|la fais|les fais|vais le faire|peux le faire|prends)', '(?:yo )?(?:me (?:encargo|ocupo)(?: yo)?(?: de (?:ello|eso))?|lo (?:hago|miro|reviso)(?: yo)?|lo haré|puedo hacerlo)',
]
const byName = [
  '(?:(?:will|can|could|\'ll|is going to) )?(?:do|does|take|takes|handle|handles|see to|sees to|take care of|takes care of) (?:it|that|this|them)', '(?:macht|übernimmt|erledigt) (?:das|es)', 'kümmert sich(?: darum| drum)?', 'kann (?:das|es) (?:machen|übernehmen|erledigen)',
  '(?:s\'en (?:occupe|charge)|le fait|la fait|va le faire|peut le faire)', '(?:se encarga|se ocupa)(?: de (?:ello|eso))?(?! del?\\b)', 'lo hace', 'puede hacerlo',
]
const mine = new RegExp(`^${yes}(${does.join('|')})(?!\\p{L})`, 'iu')
const theirs = new RegExp(`^\\s+(?:${byName.join('|')})(?!\\p{L})`, 'iu')

/** "I'll do that on Friday", "Bo macht das": `rest`: when, and whatever else is said. */
export function takenBy(sentence: string, reading: Reading): { who: Who; rest: string } | null {
  const own = mine.exec(sentence.trim())
  if (own) return { who: { kind: 'asker', said: own[1] ?? own[0] }, rest: sentence.trim().slice(own[0].length) }
  const said = sentence.trim().replace(new RegExp(`^${yes}`, 'i'), '')
  const [mention] = findActors(said.slice(0, 60), reading)
  if (!mention || !/^@?$/.test(said.slice(0, mention.at))) return null
  const after = theirs.exec(said.slice(mention.end))
  return after && { who: asWho(mention), rest: said.slice(mention.end + after[0].length) }
}

const doneWords = new RegExp(`^${yes}(?:(?:it(?:'s| is)|that(?:'s| is)|is|all|i(?:'ve| have)|we(?:'ve| have)|das ist|ist|hab ich|c'est|ya est[aá]|está) )*(?:already |schon |bereits |déjà |ya )*(?:done(?: (?:it|that))?|sent(?: (?:it|that))?|sorted|taken care of|finished|erledigt|gemacht|verschickt|raus|fertig|fait|envoyée?|réglé|terminé|hecho|enviad[oa]|listo|ya está)[.! ]*$`, 'iu')
/** "Done.", "Schon erledigt." */
export const isDone = (sentence: string) => doneWords.test(sentence.trim())
/** "Yes." alone: to a question, and nothing to do. */
export const isBareAnswer = (sentence: string) => /^(?:yes|yep|yeah|no|nope|ja|nein|doch|oui|non|sí|si)[.,! ]*$/i.test(sentence.trim())
