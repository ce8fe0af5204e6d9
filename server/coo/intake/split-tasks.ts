import { contentOf } from './alike.ts'
import { firstWord, isSame, readAsk } from './asks.ts'
import { inNameOf } from './called.ts'
import { findActors } from './names.ts'
import { isStatement } from './news.ts'
import type { Reading } from './reading.ts'
import { askInMinutes } from './third-person.ts'
import { tokensOf } from './tokens.ts'
import type { Words } from './words/words.ts'

/** "Book the room and order lunch": tasks that stand in one sentence. Those that go on about the same thing stay together. */
export function splitTasks(sentence: string, reading: Reading): string[] {
  const { words } = reading
  const joint = /(?:\s*[,;]\s*(?:(?:and|und|et|y|plus)\s+)?(?:(?:also|then|please|dann|puis|ensuite|luego|finally|after that,?)\s+)*|\s+(?:and|und|et|y)\s+(?:(?:also|then|please|dann|puis|ensuite|luego|finally|after that,?)\s+)*|(?<!\b(?:by|until|till|before|since|from))\s+then\s+)/gi
  const told = asksAtTheEnd(sentence, reading)
  if (told) return [told.before, ...splitTasks(told.ask, reading)]
  const parts: string[] = []
  let from = 0
  for (const match of sentence.matchAll(joint)) {
    const rest = (/please\s*$/i.exec(match[0])?.[0] ?? '') + sentence.slice(match.index + match[0].length)
    const head = sentence.slice(from, match.index)
    if (isInside(sentence, match.index)) continue
    const isFault = ownSubject.test(rest) && (readAsk(head, reading).kind === 'trouble' || /,\s*(?:and|und|et|y)/i.test(match[0]) && !words.refers.test(rest) && ['order', 'want'].includes(readAsk(head, reading).kind)) && readAsk(rest.split(/[,;]|\s(?:and|und|et|y)\s/i)[0] ?? rest, reading).kind === 'trouble'
    if (isFault) {
      parts.push(head)
      from = match.index + match[0].length
      continue
    }
    // "Daran erinnern, die Blumen zu gießen": what somebody is reminded of.
    if (words.code === 'de' && /^\s*,/.test(match[0]) && /^[^,;]*?(?:(?<!\p{L})zu \p{L}+e?n|\p{L}+zu\p{L}+en)(?!\p{L})/u.test(rest)) continue
    const isThen = /\b(?:then|dann|puis|ensuite|luego|after that|finally)\b/i.test(match[0])
    // Between semicolons each stands by itself.
    const isOwn = /^\s*;/.test(match[0]) && readAsk(rest.split(';')[0] ?? rest, reading).kind === 'order'
    if (!isOwn && !beginsTask(head, rest, reading, isThen)) continue
    const ask = readAsk(head, reading)
    if (ask.kind !== 'order' && ask.kind !== 'want' && !(ask.kind === 'trouble' && /(?:and|und|et|y)\s/i.test(match[0]) && !conditional.test(head) && readAsk(rest, reading).who?.kind === 'actors')) continue
    const clause = rest.split(/[,;.]|\s(?:and|und|et|y|then)\s/i)[0] ?? rest
    const other = readAsk(rest, reading)
    const changesHands = other.who !== null && !isSame(other.who, ask.who)
    // "Jonas counts the parts, please print the lists for him": asked of somebody else than him.
    const asksAnew = ask.who?.kind === 'actors' && /please\s*$/i.test(match[0])
    if (!isOwn && words.refers.test(clause) && !isThen && !changesHands && !asksAnew) continue
    if (tellsOf(ask.task, rest) && !changesHands) continue
    const isShort = (text: string) => tokensOf(text).length < 2
    if (!isOwn && (isShort(ask.task) || isShort(clause) && isShort(other.task))) continue
    if (/^(?:try|go|come|wait|stop by|sit down)$/i.test(ask.task)) continue
    parts.push(head)
    // What joined them may say in which order they come.
    from = match.index + match[0].length - (/(?:then|dann|puis|ensuite|luego|after that|finally|please)[\s,]*$/i.exec(match[0])?.[0].length ?? 0)
  }
  parts.push(sentence.slice(from))
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

const studies = /^(?:go through|read|analy[sz]e|review|look (?:at|through|into)|compare|evaluate|study|research|survey|collect|gather)\b/i
const reports = /^(?:group|count|rank|recommend|suggest|summari[sz]e|highlight|note|point out|quote|say|describe|conclude)\b/i
/** "Compare them and recommend one": what somebody finds, and that they tell it, is one piece of work. */
export const tellsOf = (task: string, next: string) => studies.test(task) && reports.test(next)

const thenAsks: Record<Words['code'], RegExp> = {
  en: /(?:(?:,|;|\s[-–—])\s*|\s+(?:so|but|and)\s+(?:also )?(?=(?:we|someone|somebody|one of (?:us|you))\s(?:(?:still|really|also|urgently) )*(?:need to|needs to|have to|has to|should|must|ought to)\b)|(?<!(?<!\p{L})(?:and|or|so|but|can|could|would|will|you|we|i|to))\s+(?=please (?!\p{L}+ (?:it|this|that|them)(?!\p{L}))\p{Ll}+))(?:(?:which|that|this) is why |that's why |and so |so |therefore )?(?=(?:could|can|would) (?:you|someone|somebody|anyone|anybody|we)\b|(?:could|can|would) (?:the |our )?(?!(?:i|it|this|that|they|he|she)\b)[a-z]+ (?:please |maybe |also )?(?:do|take|handle|make|write|check|look|fix|get|send|call|translate|draft|prepare|bring|buy|order)\b|(?:someone|somebody|one of (?:us|you)|we) (?:still )?(?:has|have|needs?|should|must|ought) to\b|(?:someone|somebody) (?:should|must|please)\b|(?:perhaps |maybe )?s?he (?:should|must|has to|needs to|can|could)\b|(?:let|have|ask|get) (?:him|her)\b|please\b|i(?:'ll| will| can)\s(?!(?:be|have|not|only|never|probably|let you|see|tell you|hear|understand|imagine|live)\b)\p{Ll}+\s|(?:i|we)(?:'d| would) be (?:glad|happy|grateful) if\b|(?:i|we)(?:'d| would) (?:really )?(?:like|love) (?:you|someone|somebody|to)\b|i (?:want|need) (?:you|someone|somebody)\b)/iu,
  de: /(?:(?:,|;|\s[-–—])\s*|\s+und\s+(?=(?:jemand|man|wir) (?:muss|müsste|müssen|sollte|sollten)(?!\p{L})))(?=(?:da (?:muss|müsste|sollte) (?:jemand|man|mal)|(?:kannst|könntest) du|(?:könnt|könntet) ihr|könnten sie|(?:kann|könnte|sollte|müsste|muss) (?:bitte )?(?:jemand|man|wir)|bitte|wir (?:müssen|müssten|sollten))(?!\p{L}))/iu,
  fr: /(?:(?:,|;|\s[-–—])\s*(?:donc )?|\s+et\s+(?=il (?:faut|faudrait)(?!\p{L})))(?=il (?:faut|faudrait|faudra)(?!\p{L})|(?:peux|pourrais)[- ]tu(?!\p{L})|(?:pouvez|pourriez)[- ]vous(?!\p{L})|quelqu'un (?:peut|pourrait|doit|devrait)(?!\p{L})|merci de(?!\p{L})|(?:on|nous) (?:doit|devrait|devons|devrions)(?!\p{L}))/iu,
  es: /(?:(?:,|;|\s[-–—])\s*(?:así que )?|\s+y\s+(?=(?:hay|habría) que ))(?=¿?(?:puedes|podrías|podríais|puede|podría|podemos) |hay que |habría que |alguien (?:debe|debería|tiene que) |por favor(?!\p{L})|debemos |deberíamos )/iu,
}

/** "The logo is missing - could you upload it?": what is told, and what is asked for because of it. `isTrouble`: it is about what is wrong. */
export function asksAtTheEnd(sentence: string, reading: Reading): { before: string; ask: string; isTrouble: boolean } | null {
  const found = thenAsks[reading.words.code].exec(sentence)
  const from = found?.index ?? givenAtTheEnd(sentence, reading)
  if (from === null || from < 12 || isInside(sentence, from)) return null
  const at = calledBefore(sentence, from, reading) ?? from + (found?.[0].length ?? 0)
  const before = sentence.slice(0, at).trim()
  const ask = inNameOf(sentence.slice(at), before, reading)
  if (conditional.test(before)) return null
  const { kind } = readAsk(before, reading)
  const asked = readAsk(ask, reading)
  const isTrouble = kind === 'none' && (correctsIt.test(asked.task) || isMending(asked.task) && /\b(?:get|have) (?:it|that|this|them) \p{L}+ed\b/iu.test(ask)) || kind === 'trouble' && (getsOne.test(asked.task) || isMending(asked.task) && (looksOnly.test(asked.task) || reading.words.refers.test(ask) || /\b(?:get|have) (?:that|this) \p{L}+/iu.test(ask)))
  return (kind === 'none' || kind === 'trouble') && asked.kind === 'order' ? { before, ask, isTrouble } : null
}

const conditional = /^(?:and |but |so |und |et |y )?(?:if|when|once|unless|in case|as soon as|after|before|wenn|falls|sobald|nachdem|si|quand|dès que|une fois que|cuando|en cuanto)\s/i

/** "Freezer B is full, Ann will sort the samples": where whoever is given it begins; `null` where nobody is. */
function givenAtTheEnd(sentence: string, reading: Reading): number | null {
  return findActors(sentence, reading).find(({ at }) => {
    const before = sentence.slice(0, at).replace(/[,;\s–-]+$/, '')
    if (conditional.test(before) || before.includes(',') || findActors(before, reading).length > 0 || !isStatement(before, reading)) return false
    const ask = at >= 12 && /[,;–-]\s+(?:(?:so|also|deshalb|donc|así que) )?@?$/i.test(sentence.slice(0, at)) ? readAsk(sentence.slice(at), reading) : null
    return ask?.kind === 'order' && ask.who?.kind === 'actors' && ask.task.length < sentence.length - at - 3
  })?.at ?? null
}

/** "Make one", "order a new one": of what was said to be missing or broken. */
export const getsOne = /^(?:get|order|buy|find|make|write|draft|bring|send|print|build|create|set up|book|fetch|arrange|organi[sz]e|ask for|prepare) (?:(?:me|us|them|him|her) )?(?:(?:a )?new (?:ones?|set)|one|some|another(?: one)?|a replacement|it|them|that|this)(?:\s(?:by|before|until|on|today|tomorrow|this|next|asap|for (?:it|them|us))\b.*)?\W*$/i

/** "Have a look", without a word on what. */
const looksOnly = /^(?:have|take) a (?:quick )?look(?: please| asap| today| tomorrow)?\W*$/i

/** "Correct that": something is wrong with what was told. */
const correctsIt = /^(?:fix|repair|correct|change|update|sort(?: out)?|mend) (?:that|this|it)(?: (?:please|pls|asap|today|tomorrow|quickly))*\W*$/i

/** "…, so Bo, could you mend it?": where the name of whoever is asked begins. */
function calledBefore(sentence: string, at: number, reading: Reading): number | null {
  const last = findActors(sentence.slice(0, at), reading).at(-1)
  const isCalled = last && last.at >= 12 && last.end === at && /[,;:.–-]\s+(?:(?:so|and|und|donc|et|y)\s)?@?$/i.test(sentence.slice(0, last.at))
  return isCalled ? last.at : null
}

/** Says to mend something, and nothing more: "get it fixed", "upload them"; "bring them a cake" says more. */
export const isMending = (task: string) => contentOf(task.replace(/\b(?:by|before|until|on|this|next)\s.*$/i, '')).filter((word) => !/^(?:it|them|this|that|these|those|one|someone|somebody|get|have|fix\w*|repair\w*|look\w*|check\w*|done|sort\w*|asap|today|tomorrow|urgent\w*|again|pls|please|correct\w*|first|thing|fair|repar\w*|reparier\w*|lass\w*|arregl\w*)$/.test(word)).length <= 1

const helpers = /(?<!\p{L})(?:(?:repair|customer|the) service|compan(?:y|ies)|landlord|caretaker|janitor|hausmeister\p{L}*|technicians?|plumbers?|electricians?|locksmiths?|mechanics?|repair(?:man| shop| company)|techniker\p{L}*|klempner\p{L}*|elektriker\p{L}*|handwerker\p{L}*|kundendienst|schlüsseldienst|techniciens?|technicienne|plombiers?|électriciens?|serruriers?|réparateurs?|técnic[oa]s?|fontaner[oa]s?|electricistas?|cerrajer[oa]s?)(?!\p{L})/iu
/** Whoever mends such things is to come: what is wrong is why. */
export const callsForHelp = (task: string) => helpers.test(task) && contentOf(task).length <= 5

/** Says what it is about itself: "… and the wifi is down". */
const ownSubject = /^(?:the|our|my|all|some|there|die|der|das|unsere?|le|la|les|l'|notre|nos|el|los|las|nuestr[oa]s?)(?:\s|(?<='))\p{L}/iu

/** Within brackets or quotes that are still open. */
const isInside = (text: string, at: number) => {
  const before = text.slice(0, at)
  return /\([^)]*$|\[[^\]]*$|“[^”]*$/.test(before) || (before.match(/"/g) ?? []).length % 2 === 1
}

/** "Seife bestellen" */
const endsWithVerb = (text: string, { verbs }: Words) => verbs.has(/(\p{Ll}+n)[.?!]*$/u.exec(text)?.[1] ?? '')

function beginsTask(head: string, rest: string, reading: Reading, isThen: boolean): boolean {
  const { words } = reading
  const ask = readAsk(rest, reading)
  if (words.code === 'en' && /^(?:tell|show|send) (?:me|us)\b(?!\s(?:the|an?|our|your)\s.*\b(?:afterwards|after that|then|by \p{L}+|on \p{Lu}))/iu.test(rest) || words.code === 'en' && /^let me know|^report back|^get back to me/i.test(rest)) return false
  if (words.code === 'de' && /^(?:den|die|das|ein(?:e|en)?|unser\p{L}*|alle)\s[^,;]+\p{L}en[.?!]*$/u.test(rest)) return true
  if (words.code === 'de' && endsWithVerb(head, words) && endsWithVerb(rest.split(/[,;]|\sund\s/)[0] ?? '', words)) return true
  if (ask.kind === 'want' && ask.task !== rest && /^(?:we|i|don't|do not|wir|ich|nous|on|j'|il|necesit\p{L}+)(?!\p{L})/iu.test(rest)) return true
  if (ask.kind !== 'order') {
    const does = askInMinutes(rest, reading, false)
    return does.who !== null && (isThen || does.kind === 'order')
  }
  if (ask.who !== null || ask.task !== rest) return true
  if (words.code !== 'en') return isThen || /^(?:\p{L}+[aei]r|\p{L}+re|\p{L}+e[nz]?)\s/u.test(rest)
  return !words.nounToo.has(firstWord(rest)) || words.article.test(rest.replace(/^\S+\s*/, ''))
}
