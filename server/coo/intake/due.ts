import { findDays, plusDays, type Day, type DayMention } from './days.ts'
import type { Words } from './words/words.ts'

/** When something is due, as the text says. `choices`: where it could be several days, or the text contradicts itself. */
export type Due = { day: Day | null; choices: readonly Day[]; ask: 'order of day and month' | 'two days' | 'weekday' | 'past' | null; said: string; cuts: readonly { at: number; end: number }[] }

export const none: Due = { day: null, choices: [], ask: null, said: '', cuts: [] }

const adverbs = /^(?:(?:on |am |le |el )?\p{L}+,?\s(?:(?:of|de la|de)\s)?(?:next week|nächste[rn]? woche|semaine prochaine|próxima semana|semana que viene)|(?:next week|nächste woche)|(?:the )?(?:first|second|third|fourth|last) \w+day|today|tonight|tomorrow|tmrw?\b|this |next |in |within |finales |end of|eod|eow|eom|the end|the day after|heute|morgen|übermorgen|nächste|diese|in |ende|demain|aujourd|après-demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|dans|la semaine|cette semaine|esta semana|hoy|mañana|pasado|próxim|la próxima|on )/iu
const weekday = /^(?:(?:this|next|coming|on)\s+)?(?:mon|tue|wed|thu|fri|sat|sun)\p{L}*$|^(?:nächsten |am |kommenden )?(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)$|^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: prochain)?$|^(?:el |próximo )?(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)$/iu

/** What is told as the reason has days of its own. */
const reason = /(?<!\p{L})(?:because|as(?=\s(?:the|our|we|they)\s)|since(?=\s(?:we|they|i|you|our|the)\s)|weil|car(?=\s(?:nous|on|il|elle)\s)|parce qu[e']|porque|ya que)\s[^,:;.!?\n]+/giu

/** A clause behind a task that has a subject of its own, up to a day in it. */
const toldBehind = /\((?:the |our |my )?(?:[\p{L}'-]+\s){1,3}(?:comes?|arrives?|is|are|starts?|leaves?|collects?|returns?|wants|needs)\s[^)]*$|\S{3}\s*[,;–—(-]\s*(?:(?:because|as|since|and)\s)?(?:(?:the|our|my|their|his|her|its|\p{Lu}\p{L}+'s)\s(?:[\p{L}'-]+\s){1,3}(?:is|are|comes?|starts?|begins?|opens?|takes place|happens|arrives?)|(?:s?he|it|they)\s(?!(?:should|must|has to|have to|needs?|wants?|expects?|can|could)\b)(?:'?ll\s|will\s)?\p{Ll}+s?|(?:unsere?|das|der|die|mein|meine)\s(?:\p{L}+\s){1,2}(?:ist|sind|kommt|beginnt|findet)|(?:le|la|notre|l')\s?(?:\p{L}+\s){1,3}(?:est|sont|a lieu|arrive|commence)|(?:el|la|nuestr[oa])\s(?:\p{L}+\s){1,3}(?:es|son|llega|empieza))\s[^,;.]*$/iu

/** What is booked for a day has to be booked before it. */
const forThen = /(?<!\p{L})(?:book|reserve|hire|rent|buchen?|reservieren?|mieten?)\s[^,.;]*\S\s(?:for|für) (?:the |den |die )?$/iu
/** "Pour vendredi" may be by Friday; a date is the day itself. */
const forDate = /(?<!\p{L})(?:réserver?|louer|reservar?|alquilar?)\s[^,.;]*\S\s(?:pour|para) (?:le |la |el )?$/iu

/** What is booked for something is booked for the day of that. */
const forEvent = /(?<!\p{L})(?:(?:find|look for|arrange|get|hire|order|buy)(?=\s[^,.;]*(?:rehearsal|party|match|game|concert|wedding|tournament|fair|trip|ceremony|festival|bazaar|performance|opening|open day)s?\s)|book|reserve|hire|rent|buchen?|reservieren?|mieten?|réserver?|louer|reservar?|alquilar?)\s[^,.;]*(?<!\p{L})(?:for|für|pour|para) (?:the|our|my|his|her|their|die|das|den|unsere?n?|le|la|les|notre|el|los|las|nuestr[oa])\s[^,.;]*\p{L}{4,}\s(?:on|am|vom|du|le|el|del)?\s?$/iu

/** Says of somebody or something what they do, up to a day in it. */
const ofWhich = /\s(?:(?:who|which|that)(?:'s|'ll|\s(?:will|is|are|was|starts?|begins?|comes?|arrives?|joins?|leaves?|\p{Ll}{2,}(?<!s)s(?=\s)))|qui\s\p{Ll}+|que\s(?:empieza|comienza|llega|viene|entra|abre))\s(?:[^,.;]*\s)?(?:on\s|am\s|le\s|el\s)?$/iu

/** Words between quotes are somebody else's: no day in them is a date that something is due. */
const blank = (text: string) => text.replace(reason, (said) => ' '.repeat(said.length)).replace(/"[^"\n]*"|“[^”\n]*”|„[^“\n]*“|«[^»\n]*»/g, (quoted) => ' '.repeat(quoted.length)).replace(/https?:\/\/\S+/g, (url) => ' '.repeat(url.length))

/** `strictly`: only days that the text calls a deadline; else also "call them tomorrow". */
export function findDue(text: string, today: Day, words: Words, strictly = false): Due {
  const readable = blank(text)
  const due: { mention: DayMention; cue: number; strong: boolean }[] = []
  for (const mention of findDays(readable, today, words)) {
    const before = readable.slice(0, mention.at)
    const after = readable.slice(mention.end)
    if (/^'s\b|^-\d|^\s*(?:was|were)\b|^[- ](?:report|numbers|figures|sales|results|data|minutes|invoice|newsletter|edition|release notes|meeting notes)\b/i.test(after)) continue
    // How long something stays as it is says nothing about when it has to be done; neither does what comes again and again.
    if (/\b(?:wait(?:s|ing)?|closed|away|valid|open|off|out|absent|stays?|runs?|lasts?|booked|holidays?|leave|vacation|urlaub|vacances|vacaciones|geschlossen|offen|gültig|abwesend|warten)\s+(?:until|till|til|bis)\s*(?:the |zum )?$|(?<!\p{L})(?:every|each|jede[nrs]?|chaque|tous les|toutes les|cada|todos los|todas las)\s+(?:(?!by|before|until|bis|avant|antes)\p{L}+[\s,]+){0,3}$/iu.test(before)) continue
    // "Bo is away next week, so …"
    if (/\b(?:is|are|am|be|'s|'re|'m) (?:away|off|out|ill|sick|on (?:holidays?|leave|vacation))\s+(?:on\s+|from\s+|for\s+)?$/i.test(before)) continue
    // "Tell the cleaners to come on Friday": theirs to do then, to be told before.
    const isCalledDue = /\b(?:by|until|before|due)\s*(?:the\s*)?$/i.test(before)
    if (!isCalledDue && /\b(?:tell|remind|warn|invite) (?:the|our|my|all|every)\b[^,.;]*? to \p{Ll}[^.;]*$/iu.test(before)) continue
    // "Somebody, who helps on Saturday"
    if (!isCalledDue && /,\s(?:der|die|das|who|qui)\s[^,.;]*$/iu.test(before)) continue
    // "Book the gym for 9 January"
    if (forThen.test(before) || /\d/.test(mention.text) && forDate.test(before)) continue
    // "Book the hall for the rehearsal on 12 December"
    if (!isCalledDue && /(?<!\p{L})(?:on|am|vom|le|du|el|del)\s(?:\p{L}+day,? )?$/iu.test(before + mention.text.replace(/\d.*$/, '')) && !/(?<!\p{L})(?:antes|avant|bis|vor|before|by)\s*(?:del?|du|dem)?\s*$/iu.test(before) && forEvent.test(before)) continue
    // "The trainee who starts on 1 December"
    if (!isCalledDue && ofWhich.test(before)) continue
    // "Cancel the Monday delivery": which one, and not when.
    if (weekday.test(mention.text) && /\b(?:the|our|my|your|an?)\s$/i.test(before) && /^\s(?!(?:morning|afternoon|evening|night|noon|at|and|or|by|for|to|so|before|after|the|we|please|in|on|with|because|if|when)\b)\p{Ll}{3,}/u.test(after)) continue
    // "Tell her that the class on Monday is cancelled"
    if (/^\s+(?:is|are|was|were|will be|has been|ist|sind|wird|est|sont|es|está|están)\s/i.test(after) && /(?<!\p{L})(?:on|am|le|del?|du|the|der|die|das)\s$/iu.test(before + (/^on\s/i.test(mention.text) ? 'on ' : ''))) continue
    const cue = words.due.exec(before)
    const notDue = words.notDue.exec(before)
    if (notDue && (!cue || notDue.index <= cue.index) && !/(?:^|\b)(?:end|middle|ende|fin|latest)\s+of\s*(?:the\s*)?$/i.test(before)) continue
    // "The list for next week" is of that week.
    if (/\b(?:list|plan|menu|schedule|rota|roster|programme?|agenda|report|forecast|budget|calendar)s? for\s+(?:the )?$/i.test(before) && /week|month|quarter|year/i.test(mention.text)) continue
    // "The intern starts on Monday, so we need a desk", "ask them if they are free on 20 March"
    if (!isCalledDue && (/\b(?:starts?|begins?|is|are|arrives?|opens?|comes?|ends?|closes?)\s+(?:on\s+)?$/i.test(before) && /^[^.;!?]*[,;]?\s(?:so|therefore)\s/i.test(after) || /\b(?:if|whether)\s(?:s?he|it|they|we|you|the \p{L}+|\p{Lu}\p{L}+)(?:'re| is| are|'s| has| have| can| could| will| would)\s[^,.;]*$/u.test(before))) continue
    // "Book a table, our dinner is on 17 December", "…, she picks it up on Saturday": when something else happens.
    if (!isCalledDue && toldBehind.test(before)) continue
    // "Tell everyone that we are closed on 24 December": a day that is told of.
    if (/\b(?:that|know|remember|why)\b.*\b(?:is|are|will be|was|were|(?:has|have|needs?) to|must)\b[^,.\n]*$/i.test(before) && !/\b(?:by|until|before|due)\s*(?:the\s*)?$/i.test(before)) continue
    const isStrong = cue !== null && !/^\s*(?:on|for|am|für|pour|para|le|el|en|in|zum)\s*(?:the\s*)?$/i.test(cue[0])
    const isDate = /\d/.test(mention.text)
    const isAdverb = adverbs.test(mention.text) || weekday.test(mention.text) || isDate
    if (strictly ? !isStrong : !(cue || isAdverb)) continue
    // A month alone, "in October", is when something happens more often than when it is due.
    const isMonth = !isDate && !adverbs.test(mention.text) && !weekday.test(mention.text) && !/^(?:the |la |le |el )?(?:end|ende|fin|mid|mitte|late)/i.test(mention.text)
    if (isMonth && !isStrong) continue
    if (/^in (?:january|february|march|april|may|june|july|august|september|october|november|december)$/i.test(mention.text)) continue
    due.push({ mention, cue: cue ? cue.index + (/^\s/.exec(cue[0])?.[0].length ?? 0) : mention.at, strong: isStrong })
  }
  if (due.length === 0) return none
  const strong = due.filter((one) => one.strong)
  const meant = strong.length > 0 ? strong : due
  const read = meant.map(({ mention }) => mention.days.map((day) => {
    // "By Thursday", said on a Thursday, is of the week that comes.
    if (!mention.before && day === today && weekday.test(mention.text)) return plusDays(day, 7)
    if (!mention.before || /^(?:the )?(?:end|ende|fin|weekend|month|année)/i.test(mention.text)) return day
    const earlier = plusDays(day, -1)
    // "Before Thursday", said on a Thursday, is of the week that comes.
    if (day === today && weekday.test(mention.text)) return plusDays(day, 6)
    return earlier < today && day >= today ? today : earlier
  }))
  const first = meant[0]
  if (!first) return none
  const cuts = due.map(({ mention, cue }) => ({ at: cue, end: mention.end + (/[([]/.test(text.slice(cue, mention.at)) ? /^\s*[)\]]/.exec(text.slice(mention.end))?.[0].length ?? 0 : 0) }))
  const said = first.mention.text
  // Of two readings of a date one that is over is not meant.
  const ahead = first.mention.days.length > 1 ? (read[0] ?? []).filter((day) => day >= today) : []
  if (first.mention.days.length > 1 && ahead.length !== 1) return { day: null, choices: [...read[0] ?? []].sort(), ask: 'order of day and month', said, cuts }
  const days = [...new Set(ahead.length === 1 ? [...ahead, ...read.slice(1).flat()] : read.flat())].sort()
  if (!first.mention.fits) return { day: null, choices: days, ask: 'weekday', said, cuts }
  const [day] = days
  if (days.length > 1) {
    return { day: null, choices: days, ask: 'two days', said: meant.map(({ mention }) => mention.text).join('” and “'), cuts }
  }
  if (day !== undefined && day < today) return { day: null, choices: [], ask: 'past', said, cuts }
  return { day: day ?? null, choices: [], ask: null, said, cuts }
}
