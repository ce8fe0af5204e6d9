import { casual as de } from 'chrono-node/de'
import { casual as en } from 'chrono-node/en'
import { casual as es } from 'chrono-node/es'
import { casual as fr } from 'chrono-node/fr'
import type { Words } from './words/words.ts'

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string
/** A day in a text. `days`: several where it could be any of them. `fits`: false where the weekday and the date are of different days. */
export type DayMention = { at: number; end: number; text: string; days: readonly Day[]; fits: boolean; before: boolean }

const two = (n: number) => String(n).padStart(2, '0')
const dayOf = (year: number, month: number, date: number): Day => `${year}-${two(month)}-${two(date)}`
const utc = (day: Day) => new Date(`${day}T12:00:00Z`)
const of = (date: Date): Day => date.toISOString().slice(0, 10)
export const plusDays = (day: Day, days: number): Day => of(new Date(utc(day).getTime() + days * 86_400_000))
const weekdayOf = (day: Day) => utc(day).getUTCDay()
const lastOfMonth = (year: number, month: number): Day => of(new Date(Date.UTC(year, month, 0, 12)))
const isDay = (year: number, month: number, date: number) => month >= 1 && month <= 12 && date >= 1 && date <= Number(lastOfMonth(year, month).slice(8))

/** The calendar day that it is at a moment, in a time zone. */
export function dayIn(now: number, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(now)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** Friday, the end of a working week, of the week that a day is in; of the next where the weekend has begun. */
const fridayOf = (day: Day) => plusDays(day, (5 - weekdayOf(day) + 7) % 7)
const mondayOf = (day: Day) => plusDays(day, -((weekdayOf(day) + 6) % 7))

function isoWeek(today: Day, week: number, year: number | null): Day {
  const monday = (inYear: number) => plusDays(mondayOf(dayOf(inYear, 1, 4)), (week - 1) * 7)
  const own = Number(today.slice(0, 4))
  if (year !== null) return plusDays(monday(year), 4)
  const friday = plusDays(monday(own), 4)
  return friday < today ? plusDays(monday(own + 1), 4) : friday
}

const monthNames: Record<string, number> = {}
for (const [n, names] of ([
  'january jan januar jänner janvier janv enero ene', 'february feb februar février fevrier fév febrero', 'march mar märz maerz mars marzo', 'april apr avril avr abril abr', 'may mai mayo', 'june jun juni juin junio',
  'july jul juli juillet juil julio', 'august aug août aout agosto ago', 'september sep sept septembre septiembre', 'october oct oktober okt octobre octubre', 'november nov novembre noviembre', 'december dec dezember dez décembre decembre déc diciembre dic',
]).entries()) for (const name of names.split(' ')) monthNames[name] = n + 1
const month = Object.keys(monthNames).sort((a, b) => b.length - a.length).join('|')

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

const forward = (today: Day, monthOf: number, date: number): Day => {
  const year = Number(today.slice(0, 4))
  const day = dayOf(year, monthOf, date)
  return day < today ? dayOf(year + 1, monthOf, date) : day
}
const yearOf = (text: string) => Number(text.length === 2 ? `20${text}` : text)
const endOfMonth = (today: Day, monthOf: number) => {
  const year = Number(today.slice(0, 4))
  const end = lastOfMonth(year, monthOf)
  return end < today ? lastOfMonth(year + 1, monthOf) : end
}

type Reading = { pattern: RegExp; days: (match: RegExpExecArray, today: Day, words: Words) => readonly Day[] | null }
const say = (pattern: string, days: Reading['days']): Reading => ({ pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'giu'), days })

/** From Monday on. */
const dayNames = ['monday tuesday wednesday thursday friday saturday sunday', 'montag dienstag mittwoch donnerstag freitag samstag sonntag', 'lundi mardi mercredi jeudi vendredi samedi dimanche', 'lunes martes miércoles jueves viernes sábado domingo'].map((names) => names.split(' '))

const quarterEnd = (year: number, quarter: number) => lastOfMonth(year, quarter * 3)

/** A "Christmas party" is no day. */
const noFeast = '(?![\\s-]+(?:part|menu|market|tree|dinner|lunch|card|present|gift|deco|season|holiday|event|shop|sale|break|bonus|window|show|concert|special|cookie|cake|resolution|greeting)|[-\\p{L}]*(?:feier|markt|essen|baum|karte))'

/** What the library does not read, or reads as something that people do not mean. The first that matches a place has it. */
const readings: readonly Reading[] = [
  say('(\\d{4})-(\\d{1,2})-(\\d{1,2})', ([, y, m, d]) => isDay(Number(y), Number(m), Number(d)) ? [dayOf(Number(y), Number(m), Number(d))] : null),
  // 3.6. and 3.6.2026 have the day first; 03/06 may have either.
  say('(\\d{1,2})\\.\\s?(\\d{1,2})\\.(?:\\s?(\\d{4}|\\d{2}))?(?!\\d)', ([, d, m, y], today) => {
    const year = y ? yearOf(y) : null
    if (!isDay(year ?? 2024, Number(m), Number(d))) return null
    return [year === null ? forward(today, Number(m), Number(d)) : dayOf(year, Number(m), Number(d))]
  }),
  say('(\\d{1,2})([/-])(\\d{1,2})(?:\\2(\\d{4}|\\d{2}))?(?![/-]\\d)', ([, a, by, b, y], today, words) => {
    if (by === '-' && !y) return null
    const read = (date: number, monthOf: number) => {
      const year = y ? yearOf(y) : null
      return isDay(year ?? 2024, monthOf, date) ? [year === null ? forward(today, monthOf, date) : dayOf(year, monthOf, date)] : []
    }
    // Only in English may the month come first.
    const days = [...new Set([...read(Number(a), Number(b)), ...words.code === 'en' || Number(b) > 12 ? read(Number(b), Number(a)) : []])]
    return days.length > 0 ? days : null
  }),
  say('(?:KW|CW|calendar week|kalenderwoche|week|woche|semaine|semana)\\s?(\\d{1,2})(?:[ /]+(\\d{4}))?', ([, week, year], today) => Number(week) >= 1 && Number(week) <= 53 ? [isoWeek(today, Number(week), year ? Number(year) : null)] : null),
  say(`(?:the )?(?:end of|ende|fin|fin de|finales de|late)\\s+(?:of\\s+)?(${month})(?:\\s+(\\d{4}))?`, ([, name = '', year], today) => {
    const n = monthNames[name.toLowerCase()] ?? 1
    return [year ? lastOfMonth(Number(year), n) : endOfMonth(today, n)]
  }),
  say(`(?:mid|middle of|mitte|mi|mediados de)[ -](${month})(?:\\s+(\\d{4}))?`, ([, name = '', year], today) => {
    const n = monthNames[name.toLowerCase()] ?? 1
    return [year ? dayOf(Number(year), n, 15) : forward(today, n, 15)]
  }),
  say('(?:the )?end of (?:the |this )?month|eom|month[ -]end|ende (?:des|dieses) monats|monatsende|(?:la )?fin du mois|fin de mes|final(?:es)? de(?:l)? mes', (_, today) => [lastOfMonth(Number(today.slice(0, 4)), Number(today.slice(5, 7)))]),
  say('(?:the )?end of next month|ende (?:des )?nächsten monats|fin du mois prochain', (_, today) => [lastOfMonth(Number(today.slice(0, 4)), Number(today.slice(5, 7)) + 1)]),
  say(`(?:the )?(first|second|third|fourth|last) (${weekdays.join('|')}) (?:of|in) (?:(next month|this month|the month)|(${month})(?: (\\d{4}))?)`, ([, nth = '', name = '', relative, monthName = '', year], today) => {
    const inMonth = relative ? Number(today.slice(5, 7)) + (/next/i.test(relative) ? 1 : 0) : monthNames[monthName.toLowerCase()] ?? 1
    const wanted = weekdays.indexOf(name.toLowerCase())
    const dayIn = (inYear: number) => {
      const [first, end] = [lastOfMonth(inYear, inMonth).replace(/..$/, '01'), lastOfMonth(inYear, inMonth)]
      const place = ['first', 'second', 'third', 'fourth'].indexOf(nth.toLowerCase())
      return place < 0 ? plusDays(end, -((weekdayOf(end) - wanted + 7) % 7)) : plusDays(first, (wanted - weekdayOf(first) + 7) % 7 + 7 * place)
    }
    const own = dayIn(year ? Number(year) : Number(today.slice(0, 4)))
    return [!year && !relative && own < today ? dayIn(Number(today.slice(0, 4)) + 1) : own]
  }),
  say('(?:the )?end of (?:the |this )?week|eow|this week|by the weekend|the weekend|ende der woche|diese(?:r)? woche|(?:la )?fin de (?:la )?semaine|cette semaine|fin de semana|esta semana', (_, today) => [fridayOf(today)]),
  ...dayNames.map((names) => say(`(?:(?:on |am |le |el )?(${names.join('|')})(?:,)?\\s+(?:of |de la |de )?(?:next week|nächster woche|nächste woche|semaine prochaine|próxima semana|semana que viene)|(?:next week|nächste woche|la semaine prochaine|la próxima semana)(?:,)?\\s+(?:on |am |le |el )?(${names.join('|')}))`, ([, before = '', after = ''], today) => [plusDays(mondayOf(today), 7 + names.indexOf((before || after).toLowerCase()))])),
  say('(?:the )?end of next week|next week|(?:ende )?nächste(?:r)? woche|(?:la )?(?:fin de la )?semaine prochaine|(?:la )?(?:próxima semana|semana que viene)', (_, today) => [plusDays(mondayOf(today), 11)]),
  say('(?:(?:eod|cob|end of (?:the )?day|close of business),? tomorrow|tomorrow,? (?:by |before )?(?:eod|cob|end of (?:the )?day|close of business))', (_, today) => [plusDays(today, 1)]),
  say('(?:the )?(?:end of (?:the |this )?day|eod|cob|close of business|end of business|tonight|today|this (?:morning|afternoon|evening))|heute(?: abend)?|aujourd\'hui|ce soir|hoy', (_, today) => [today]),
  say('mañana por la (?:mañana|tarde|noche)|morgen (?:früh|vormittag|mittag|nachmittag|abend)', (_, today) => [plusDays(today, 1)]),
  say(`(christmas eve|heiligabend|weihnachten|nochebuena|christmas(?: day)?|xmas|noël|navidad)${noFeast}`, ([, name = ''], today) => [forward(today, 12, /eve|heilig|weihn|noche/i.test(name) ? 24 : 25)]),
  say(`(new year's eve|silvester|nochevieja|saint-sylvestre|new year(?:'s day)?|neujahr|(?:le )?nouvel an|año nuevo)${noFeast}`, ([, name = ''], today) => [/eve|silv|sylv|vieja/i.test(name) ? forward(today, 12, 31) : forward(today, 1, 1)]),
  say('(?:the )?end of (?:the |this )?quarter|eoq|quartalsende', (_, today) => [quarterEnd(Number(today.slice(0, 4)), Math.ceil(Number(today.slice(5, 7)) / 3))]),
  say('(?:the )?end of (?:the |this )?year|eoy|year[ -]end|jahresende|ende des jahres|(?:la )?fin de l\'année|fin de año', (_, today) => [dayOf(Number(today.slice(0, 4)), 12, 31)]),
  say('(?:the )?end of q([1-4])(?:\\s+(\\d{4}))?', ([, quarter, year], today) => {
    const end = quarterEnd(year ? Number(year) : Number(today.slice(0, 4)), Number(quarter))
    return [!year && end < today ? quarterEnd(Number(today.slice(0, 4)) + 1, Number(quarter)) : end]
  }),
  say('weds', (_, today) => [plusDays(today, (2 - weekdayOf(today) + 7) % 7 + 1)]),
  say('(?:the )?day after tomorrow|übermorgen|après-demain|pasado mañana', (_, today) => [plusDays(today, 2)]),
  say('(?:in |within )?a fortnight|in vierzehn tagen|in 14 tagen|dans quinze jours', (_, today) => [plusDays(today, 14)]),
  say('(?:innerhalb|binnen|d\'ici)\\s+(?:von )?(zwei|drei|vier|deux|trois|quatre|\\d+)\\s+(wochen|tagen|semaines|jours)', ([, count = '', unit = ''], today) => {
    const known: Record<string, number> = { zwei: 2, drei: 3, vier: 4, deux: 2, trois: 3, quatre: 4 }
    return [plusDays(today, (known[count.toLowerCase()] ?? Number(count)) * (/woche|semaine/i.test(unit) ? 7 : 1))]
  }),
  say('(?:the|le|el|den|am|zum)\\s+(\\d{1,2})(?:st|nd|rd|th|\\.|er)?(?=\\s*(?:$|[,;:!?)]|\\.\\s|\\.$|of this month|\\s(?:which|what|whether|if|and|so|please|because|when)\\b))', ([, d], today) => {
    const date = Number(d)
    const [year = 0, monthNow = 0] = today.split('-').map(Number)
    const inMonth = (later: number) => {
      const first = new Date(Date.UTC(year, monthNow - 1 + later, 1, 12))
      return isDay(first.getUTCFullYear(), first.getUTCMonth() + 1, date) ? dayOf(first.getUTCFullYear(), first.getUTCMonth() + 1, date) : null
    }
    const day = [inMonth(0), inMonth(1), inMonth(2)].find((one) => one !== null && one >= today)
    return day ? [day] : null
  }),
]

const beforeIt = /(?:\b(?:before|vor|avant|antes del?))\s+(?:(?:the |dem |le |el )?|(?:the|our|der|dem|la|le|l'|el) ?[\p{L}'-]+(?: [\p{L}'-]+)? (?:on|am|du|del) )$/iu
const parserOf = { en, de, fr, es } as const

/** Every day that a text names, read from where somebody is. `before`: the text says that it is to be done before that day begins. */
export function findDays(text: string, today: Day, words: Words): DayMention[] {
  const found: DayMention[] = []
  const isTaken = (at: number, end: number) => found.some((one) => one.at < end && one.end > at)
  const add = (at: number, matched: string, days: readonly Day[], fits = true) => {
    if (!isTaken(at, at + matched.length)) found.push({ at, end: at + matched.length, text: matched, days, fits, before: beforeIt.test(text.slice(0, at)) })
  }
  for (const { pattern, days } of readings) {
    pattern.lastIndex = 0
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const read = days(match, today, words)
      if (read) add(match.index, match[0], read)
    }
  }
  // The library works in the clock of this machine: noon of the day keeps it off the edges of any.
  const [year = 0, monthNow = 1, date = 1] = today.split('-').map(Number)
  const reference = new Date(year, monthNow - 1, date, 12)
  const parsers = words.code === 'en' ? [parserOf.en] : [parserOf[words.code], parserOf.en]
  for (const parser of parsers) {
    for (const { index: from, text: read, start } of parser.parse(text, reference, { forwardDate: true })) {
      // The library takes the brackets around a day for part of it.
      const matched = read.replace(/[\s,;)\]]+$/, '').replace(/^[\s([]+/, '')
      const index = from + read.indexOf(matched)
      const [y, m, d] = [start.get('year'), start.get('month'), start.get('day')]
      if (y === null || m === null || d === null) continue
      const certain = start.isCertain('day') || start.isCertain('weekday')
      const isMonth = start.isCertain('month') && !start.isCertain('day') && new RegExp(`^(?:in |en |im )?(?:${month})(?: \\d{4})?$`, 'i').test(matched)
      if (isMonth) {
        const end = lastOfMonth(y, m)
        const ahead = end < today && !start.isCertain('year') ? lastOfMonth(y + 1, m) : end
        // "Before March" is over as March begins, not as it ends.
        if (!/^(?:may|mar|march|ago)$/.test(matched)) add(index, matched, [beforeIt.test(text.slice(0, index)) ? `${ahead.slice(0, 8)}01` : ahead])
        continue
      }
      if (!certain || /\p{L}-$/u.test(text.slice(0, index)) || /^-?\d+\s?(?:s|secs?|seconds?)$/i.test(matched) || /^(?:now|\d{1,2}(?::\d{2})?\s*(?:am|pm)?|sun|sat|mon|wed|weekdays?|second|min|sec)$/.test(matched) || /^(?:in |within )?(?:an?|\d+) (?:hours?|minutes?)/.test(matched)) continue
      const day = dayOf(y, m, d)
      const weekday = start.isCertain('weekday') && start.isCertain('day') ? start.get('weekday') : null
      const dated = /\d/.test(matched)
      add(index, matched, [day], weekday === null || !dated || weekday === weekdayOf(day))
    }
  }
  return found.sort((a, b) => a.at - b.at)
}
