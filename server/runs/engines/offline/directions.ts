import { termsOf } from './words.ts'

/**
 * What a person asked of the digest, as far as this engine understands it. It knows these forms and no others:
 *
 * | asked for | for example |
 * |---|---|
 * | shorter | shorter, more concise, too long, less detail |
 * | longer | longer, more detail, in depth, expand, too short |
 * | focus on X | focus on X, more about X, emphasise X, look at X |
 * | leave out X | leave out X, without X, remove X, ignore X, don't mention X |
 * | N points | top 3 points, five bullets, 4 sentences |
 * | a chart of X | chart of X by Y, plot X |
 *
 * In a note that asks for changes they count wherever they stand; in a description, a comment or an instruction only at the
 * beginning of a sentence, where they are a demand and not a story. Everything else in a note is kept as `other`: its words still
 * weigh when sentences are chosen, and the digest says that it could not be acted on.
 */
export type Direction =
  | { kind: 'length'; length: 'short' | 'long'; said: string }
  | { kind: 'focus' | 'leave_out' | 'chart'; about: string; terms: string[]; said: string }
  | { kind: 'points'; count: number; said: string }
  | { kind: 'other'; terms: string[]; said: string }

const numbers = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

const focus =
  /\b(?:focus(?:ing|ed|es)?(?: (?:more|only|especially|mostly))? on|concentrate on|(?:say |tell (?:me|us) |show |write |know )?(?:a bit |much )?more (?:about|on)|tell (?:me|us) about|emphasi[sz]e|highlight|stress|look (?:more closely |closer |again )?(?:at|into)|pay (?:more )?attention to|what about|only (?:about|on))\s+(.+)/i
const leaveOut =
  /\b(?:leave (?:out|off|away)|leaving out|without|remove|drop|ignore|exclude|skip|omit|cut out|get rid of|no more|(?:don['’]?t|do not|never) (?:mention|include|show|talk about|quote|use))\s+(.+)/i
const notLeaveOut = /\b(?:don['’]?t|do not|never)\s+(?:leave out|remove|drop|ignore|exclude|skip|omit|forget)\s+(.+)/i
const short =
  /\b(?:short(?:er|en)?|brief(?:er|ly)?|(?:more )?concise(?:ly)?|too (?:long|much|detailed|wordy)|condense[d]?|trim|tighter|less (?:detail|text|long|wordy))\b/i
const long =
  /\b(?:(?<!no )(?<!any )longer|(?:in )?(?:more|greater) (?:detail|details|detailed|depth)|in depth|in-depth|elaborate|expand(?: on)?|too (?:short|brief|thin)|more thorough|thoroughly)\b/i
const points = new RegExp(
  `\\b(\\d{1,2}|${numbers.slice(1).join('|')})\\s+(?:key |main |short |most important )?(?:points?|bullets?|bullet points?|sentences?|facts?|findings?|takeaways?)\\b`,
  'i',
)
const chart = /\b(?:charts?|graphs?|plot(?:s|ted)?|diagram|histogram)\b\s*(?:of|for|showing|with|by|that shows|:)?\s*(.*)/i

const clauseStart =
  /^(?:please |also |and |but |just |can you |could you |the (?:digest|report) should |make it |keep it |it (?:is|should be) |this is |be |a bit |much |still |far )*/i

/** What follows `focus on` up to where something else begins, without articles and punctuation. */
const subject = (text: string) =>
  text
    .replace(/\s+(?:please|instead|this time|next time|as well|too)\b.*$/i, '')
    .replace(/[.!?,;:]+$/, '')
    .replace(/^(?:the|any|all|every|our|a|an)\s+(?:of (?:the )?)?/i, '')
    .trim()

const clauses = (text: string) =>
  text
    .split(/[\n;]+|(?<=[.!?])\s+/)
    .flatMap((sentence) =>
      sentence.split(
        /,?\s+(?:and|but|then|also)\s+(?:please\s+)?(?=(?:focus|concentrate|emphasi|highlight|leave|leaving|remove|drop|ignore|exclude|skip|omit|cut|add|make|keep|plot|draw|chart|shorten|expand|more|less|don|do not|look|use|give|show|write|tell|be|it)\b)|,\s+(?=(?:focus|leave|remove|drop|ignore|exclude|skip|omit|add|make|without)\b)/i,
      ),
    )
    .map((clause) => clause.replace(/^[\s>*•-]+/, '').trim())
    .filter((clause) => clause !== '')

/** `dinner and lunch` are two things to look for; a chart of them is one chart. */
const parts = (text: string) =>
  text
    .split(/\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+/)
    .map(subject)
    .filter((part) => part !== '')

function directionIn(clause: string): Direction[] {
  const said = clause.replace(/[.!;,]+$/, '')
  const about = (kind: 'focus' | 'leave_out' | 'chart', text: string | undefined): Direction[] => {
    const what = subject(text ?? '')
    return (kind === 'chart' ? [what] : parts(what)).map((part) => ({ kind, about: part, terms: [...new Set(termsOf(part))], said }))
  }
  const kept = notLeaveOut.exec(clause)
  if (kept) return about('focus', kept[1])
  const out = leaveOut.exec(clause)
  if (out) return about('leave_out', out[1])
  const focused = focus.exec(clause)
  if (focused) return about('focus', focused[1])
  const drawn = chart.exec(clause)
  if (drawn) return about('chart', drawn[1])
  const number = points.exec(clause)?.[1]?.toLowerCase()
  if (number)
    return [
      { kind: 'points', count: Math.min(20, Math.max(1, numbers.indexOf(number) > 0 ? numbers.indexOf(number) : Number(number))), said },
    ]
  if (short.test(clause)) return [{ kind: 'length', length: 'short', said }]
  if (long.test(clause)) return [{ kind: 'length', length: 'long', said }]
  return []
}

/** Every clause of a note that asks for changes becomes a direction, if need be one that says it was not understood. */
export const directionsInNote = (note: string): Direction[] =>
  clauses(note).flatMap((clause): Direction[] => {
    const found = directionIn(clause)
    return found.length > 0 ? found : [{ kind: 'other', terms: [...new Set(termsOf(clause))], said: clause.replace(/[.!;,]+$/, '') }]
  })

const demand =
  /^(?:focus|concentrate|emphasi[sz]e|highlight|leave (?:out|off)|ignore|exclude|skip|omit|remove|drop|don['’]?t|do not|never|plot|draw|chart|add a (?:chart|graph|plot)|shorter|short|brief|concise|keep|make it|be (?:brief|concise)|in depth|more (?:about|on|detail)|(?:give|list|write|name) (?:me |us )?(?:the )?(?:top )?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten))\b/i

/** In text that tells as well as asks, only sentences that begin as a demand count. */
export const directionsInText = (text: string): Direction[] =>
  clauses(text)
    .map((clause) => clause.replace(clauseStart, (words) => (/make it|keep it|be /i.test(words) ? words : '')))
    .filter((clause) => demand.test(clause) && clause.length <= 300)
    .flatMap(directionIn)
