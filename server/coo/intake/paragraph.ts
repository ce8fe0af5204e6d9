import { contentOf } from './alike.ts'
import { announcedBy, wantsOf } from './announced.ts'
import { isSame, prefixOf, readAsk, type Ask, type Who } from './asks.ts'
import type { Block } from './blocks.ts'
import { calledIn, inNameOf, ofYou } from './called.ts'
import { findDue } from './due.ts'
import { givenOut } from './gapped.ts'
import { add, under, type Gathered } from './gathered.ts'
import { deliberates, goesOn, handsOver, isAnother, mendedBy, mendsIt, nextRefers, ofAll, takesIt } from './goes-on.ts'
import { handedOut } from './handed-out.ts'
import { isGroup } from './item.ts'
import { isNamedOnly, jottedUnder } from './jotted.ts'
import { findActors, findProjects } from './names.ts'
import { listsParts } from './parts.ts'
import type { LeftOut } from './piece.ts'
import type { Reading } from './reading.ts'
import { announces, meeting, sectionOf } from './sections.ts'
import { isNoise, sentencesOf, withoutGreeting } from './sentences.ts'
import { asksAtTheEnd, getsOne, splitTasks } from './split-tasks.ts'
import { stagesOf } from './stages.ts'
import { askInMinutes } from './third-person.ts'
import { givenTo } from './who.ts'

/** `next`: what stands below it. */
export function readParagraph(paragraph: string, next: Block | undefined, gathered: Gathered, reading: Reading) {
  const { words } = reading
  const spoken = sentencesOf(paragraph)
  gathered.called = spoken.map((sentence) => calledIn(sentence, reading)).find((who) => who !== null) ?? gathered.called
  if (spoken.length === 1 && isNoise(spoken[0] ?? '') && gathered.pieces.length === 0 && !isAmong(gathered.mailTo, gathered.called)) gathered.mailTo = gathered.called
  const sentences = spoken.map(withoutGreeting).filter((sentence) => sentence !== '' && !isNoise(sentence))
  // "Group meeting 26/11", above what was said there.
  const [only = ''] = sentences
  if (sentences.length === 1 && next !== undefined && gathered.pieces.length === 0 && only.length <= 50 && (meeting.test(only) || notesOf.test(only)) && !/[!?:]$|\p{L}\.$/u.test(only) && !words.article.test(only.replace(/^\S+\s*/, '').toLowerCase())) {
    gathered.isNotes = true
    return
  }
  const from = gathered.pieces.length
  // "Quote from the printer. Badges. Seating plan.": each is named, and nothing is said of any.
  if (sentences.length >= 3 && (gathered.section === 'tasks' || gathered.section === 'topic' && !gathered.isNotes) && sentences.every((sentence) => isNamedOnly(sentence, reading) && !words.goesOn.test(sentence) && !ofAll.test(sentence))) {
    for (const sentence of sentences) add(gathered, { lead: sentence, ask: readAsk(sentence, reading), passage: paragraph })
    return
  }
  // "Website relaunch: the form is broken. And …": what all of the paragraph is about.
  const [about = ''] = aboutWhich.exec(sentences[0] ?? '') ?? []
  if (about !== '' && sentences.length > 1 && isProject(about, reading)) {
    gathered.introduction = about.replace(/[:\s–—-]+$/, '')
    sentences[0] = (sentences[0] ?? '').slice(about.length)
  }
  let pending: string[] = []
  /** Told since the last that was asked for. */
  let told: string[] = []
  let handed: Who | null = /^@/.test(sentences[0] ?? '') ? calledIn(sentences[0] ?? '', reading) : null
  /** Behind "Action items:", to the end of the paragraph. */
  let inTasks = gathered.section === 'tasks'
  /** Says who does what. */
  let gives = false
  for (const [n, whole] of sentences.entries()) {
    // "News on the office move: …": what all of the mail is about.
    const topic = n === 0 && gathered.pieces.length === 0 ? newsOn.exec(whole)?.[0] : undefined
    if (topic !== undefined && findProjects(topic, reading.request.projects).length === 1) gathered.titles.push({ text: topic.replace(/[.:,\s]+$/, ''), level: 7 })
    let sentence = inNameOf(whole, sentences.slice(0, n).join(' '), reading)
    const isLast = n === sentences.length - 1
    // What announces a list is no task of its own, unless the list says what is in it.
    const named = sectionOf(/^([\p{L} ]{3,30}):\s+(?=\S)/u.exec(sentence)?.[1] ?? '')
    const isAbove = !['people', 'decisions', 'notes'].includes(named) && next?.kind === 'list' && next.items.length > 1 && sentence.length <= 60 && /[\p{L}\d]$/u.test(sentence) && sentences.length === 1
    if (isLast && (next?.kind === 'list' || next?.kind === 'table') && (isAbove || /:\s*$/.test(sentence) || announces.test(sentence))) {
      const ask = readAsk(sentence.replace(/:\s*$/, ''), reading)
      const isTask = (ask.kind === 'order' || ask.kind === 'want') && next.kind === 'list' && listsParts(sentence, ask, next.items, reading)
      if (!isTask) {
        gathered.introduction = sentence.replace(/[:\s]+$/, '')
        if (pending.length > 0) gathered.background.push(...pending)
        pending = []
        continue
      }
    }
    // "Some things for the office move": what all of it is for.
    if (sentence.length <= 60 && announces.test(sentence) && readAsk(sentence, reading).kind === 'none' && findProjects(sentence, reading.request.projects).length === 1 && !isLast) {
      gathered.introduction = sentence.replace(/[:.\s]+$/, '')
      continue
    }
    // "Both by Friday, please.": when all that was asked for above is due.
    const above = gathered.pieces.slice(sentences.length > 1 ? from : 0)
    if (above.length > 0 && ofAll.test(sentence) && contentOf(sentence).length <= 4 && findDue(sentence, reading.today, words).day !== null) {
      for (const piece of above.filter(({ lead }) => findDue(lead, reading.today, words).day === null)) {
        piece.details.push(sentence)
        piece.cells = { due: sentence, ...piece.cells }
      }
      continue
    }
    // "Office move: ask the removal firm …"
    const [ofProject = ''] = aboutWhich.exec(sentence) ?? []
    const jotted = jottedUnder(sentence, reading)
    const isOfProject = jotted === null && ofProject !== '' && isProject(ofProject, reading) && (readAsk(sentence.slice(ofProject.length), reading).kind !== 'none' || splitTasks(sentence.slice(ofProject.length), reading).length > 1)
    if (isOfProject) sentence = sentence.slice(ofProject.length)
    if (jotted) {
      under(gathered, jotted.label, () => {
        for (const part of jotted.parts.flatMap((one) => splitTasks(one, reading))) add(gathered, { lead: part, ask: jotted.isWork ? asWanted(askInMinutes(part, reading), jotted.label, reading) : askInMinutes(part, reading, false), passage: paragraph })
      })
      inTasks ||= sectionOf(jotted.label) === 'tasks'
      continue
    }
    const label = /^([\p{L} ]{3,30}):\s+(?=\S)/u.exec(sentence)
    const own = label ? sectionOf(label[1] ?? '') : 'topic'
    if (label && (own === 'decisions' || own === 'people' || own === 'notes')) {
      if (own !== 'people') gathered.leftOut.push({ text: sentence, why: 'tells' })
      gathered.isNotes = true
      inTasks = false
      continue
    }
    // "Suppliers: Chloe compares two of them", in minutes.
    const behind = label && own === 'topic' && gathered.isNotes ? askInMinutes(sentence.slice(label[0].length), reading, false) : null
    const isOver = label !== null && own === 'topic' && (behind?.kind === 'order' && behind.who !== null || givenOut(sentence.slice(label[0].length), reading) !== null)
    if (label && isOver) sentence = sentence.slice(label[0].length)
    if (label && own === 'tasks') {
      inTasks = true
      sentence = sentence.slice(label[0].length)
    }
    if (label && own === 'good' && gathered.pieces.length > 0) {
      gathered.pieces.at(-1)?.good.push(sentence.slice(label[0].length))
      continue
    }
    const current = gathered.pieces.length > from ? gathered.pieces.at(-1) : undefined
    const announced = announcedBy(sentence, reading)
    if (announced) sentence = announced.rest
    handed = announced?.who ?? handed
    const scope = isOfProject ? ofProject : announced?.said ?? (label && isOver ? label[0] : prefixOf(sentence, reading))
    const wrong = asksAtTheEnd(sentence, reading)
    if (wrong?.isTrouble) {
      add(gathered, { lead: wrong.before, ask: { ...readAsk(wrong.ask, reading), kind: 'trouble', task: readAsk(wrong.before, reading).task }, before: pending, details: [wrong.ask], passage: paragraph, scope })
      pending = []
      continue
    }
    // "Mara, can you take this? Please answer them and file it": who it is handed to does what comes next.
    const over = readAsk(sentence, reading)
    if (over.kind === 'order' && over.who !== null && handsOver.test(over.task) && (gathered.pieces.length === from || gathered.pieces.at(-1)?.ask.who !== null) && sentences.slice(n + 1).some((later) => readAsk(later, reading).kind === 'order')) {
      handed = over.who
      pending.push(sentence)
      continue
    }
    const given = givenOut(sentence, reading) ?? handedOut(sentence, reading)
    gives ||= given !== null
    const stages = given ? null : stagesOf(sentence, reading)
    if (stages) add(gathered, { lead: stages.lead, ask: stages.ask, before: pending.splice(0), passage: paragraph, scope })
    const before = sentences[n - 1] ?? ''
    const calledBefore = calledIn(before, reading)
    const sameAsBefore = ofYou.test(before) || calledBefore !== null && isSame(calledBefore, gathered.called)
    /** Whoever the sentence has do something goes on doing what comes behind it without a name. */
    let subject: Who | null = null
    for (const [part, task] of (given ?? wantsOf(sentence.slice(scope.length), reading) ?? [stages?.then ?? sentence]).flatMap((one) => splitTasks(one, reading)).entries()) {
      const isNext = stages !== null && part === 0
      // "Window cleaner quote by Friday.": a thing alone, with its day.
      const isDated = !gathered.isNotes && !meeting.test(task) && !/^(?:the|der|die|das|le|la|el)\s/i.test(task) && findActors(task, reading).length === 0 && isNamedOnly(task, reading) && findDue(task, reading.today, words, true).day !== null
      const wanted = (announced?.isDay || isDated) && given === null && part === 0 && readAsk(task, reading).kind === 'none'
      const does = part > 0 ? askInMinutes(thenIs.exec(task)?.[1] ?? task, reading, false) : null
      const said: Ask = does?.kind === 'order' && does.who !== null ? does : wanted ? { ...readAsk(task, reading), kind: 'want' } : inTasks || given ? askInMinutes(task, reading) : gives || gathered.isNotes || isPlanned(task, reading) ? askInMinutes(task, reading, false) : readAsk(task, reading)
      // What is told before it, in the same sentence, is why; whoever it speaks to does it.
      if (wrong && part === 0) {
        pending.push(task)
        continue
      }
      const to = said.who === null && said.kind === 'order' ? (wrong ? calledIn(sentence, reading) : null) ?? handed ?? (ofYou.test(task) || isAlso.test(whole) && sameAsBefore ? gathered.called : null) ?? (isOfAnybody.test(sentence.replace(besides, '')) ? null : gathered.mailTo) : null
      const carried: Who | null = part > 0 && (subject?.kind === 'asker' || !passesOn.test(task)) && said.who === null && said.kind === 'order' && said.task === task ? subject : null
      const own: Ask = to ?? carried ? { ...said, who: to ?? carried } : said
      subject = own.who
      gives ||= own.kind === 'order' && (own.who?.kind === 'actors' || own.who?.kind === 'asker' && words.own.test(task))
      // What was split off is a task, whatever its own words are.
      const ask: Ask = part > 0 && own.kind !== 'want' && own.kind !== 'decide' && own.kind !== 'trouble' ? { ...own, kind: 'order', task: own.task.replace(/\?+$/, '') } : own
      const now = gathered.pieces.length > from ? gathered.pieces.at(-1) : undefined
      if (ask.kind !== 'none') told = ask.kind === 'order' && deliberates.test(ask.task) ? told : []
      // "The licence runs out, please renew it": what it refers to stands in the same sentence.
      const continues = now !== undefined && !isNext && !(wrong && part > 0) && !(part > 0 && /^(?:tell|show|send) (?:me|us)\b/i.test(task)) && goesOn(task, ask, now, reading)
      if (ask.kind === 'order' || ask.kind === 'want' || ask.kind === 'decide') {
        // "The till is wrong. It began on Tuesday. Jonas, look into it": he is to mend it.
        const mends = now !== undefined && !isNext && now.ask.who === null && ask.kind === 'order' && (now.ask.kind === 'trouble' && mendsIt(ask.task) || ask.who !== null && takesIt.test(ask.task) || now.ask.kind === 'want' && getsOne.test(ask.task))
        // "Nobody did that. We need to discuss it": what is to be talked over is what was told last, and no part of the task before.
        const talkedOver = now !== undefined && ask.kind === 'order' && deliberates.test(ask.task) ? told.splice(0) : []
        if (now && talkedOver.length > 0) {
          now.details = now.details.filter((detail) => !talkedOver.includes(detail))
          add(gathered, { lead: task, ask, before: talkedOver, passage: paragraph, scope })
        } else if (mends && now) {
          now.details.push(task)
          now.ask = { ...now.ask, who: ask.who ?? now.ask.who }
          if (findDue(task, reading.today, words).day !== null) now.cells = { due: task, ...now.cells }
        } else if (continues && now) now.details.push(task)
        else {
          const at = now === undefined ? mendedBy(ask, pending, reading) : -1
          const lead = pending[at] ?? task
          add(gathered, { lead, ask: at < 0 ? ask : { ...ask, kind: 'trouble', task: lead, who: ask.who ?? givenTo(task, reading)?.who ?? null }, before: at < 0 ? [...pending] : pending.slice(0, at), details: at < 0 ? [] : [...pending.slice(at + 1), task], passage: paragraph, scope, isNext })
          pending = []
        }
      } else if (now && now === current && ask.kind === 'none' && told.push(task) > 0) now.details.push(task)
      else if (now && now === current && !(ask.kind === 'trouble' && isAnother(task, now, reading))) now.details.push(task)
      else if (ask.kind === 'trouble' && !nextRefers(sentences, n, reading, gathered.isNotes) && !(gathered.isNotes && gathered.listsTasks && !inTasks) && !(isPast(task) && asksFor(reading))) {
        add(gathered, { lead: task, ask, before: [...pending], passage: paragraph, scope })
        pending = []
      } else pending.push(task)
    }
  }
  if (pending.length === 0) return
  if (gathered.isNotes && gathered.section !== 'topic') gathered.leftOut.push(...pending.map((sentence): LeftOut => ({ text: sentence, why: /\?$/.test(sentence) ? 'asks' : 'tells' })))
  else if (gathered.pieces.length > from) gathered.pieces.at(-1)?.details.push(...pending)
  else gathered.background.push(...pending)
}

const notesOf = /(?<!\p{L})(?:rough |my |some |kurze )?(?:notes|notizen|notas)[:.]?$/iu

const newsOn = /^(?:(?:an?|just|some|quick|short|small|brief) )*(?:news|update|question|word|note|info)s? (?:on|about|regarding|from|for) [^.:,;]{3,40}[.:,;]/iu

/** What a sentence begins with, up to a colon or a dash. */
const aboutWhich = /^[^:.]{3,50}?(?::|\s[–—-])\s+(?=\S)/

/** "For the website relaunch:" */
const isProject = (label: string, reading: Reading) => isGroup(label.replace(/[:\s–—-]+$/, '').replace(/^(?:for|about|re|regarding|project|für|zum|zur|pour|para)\s+(?:the\s+)?/i, ''), reading) && findProjects(label, reading.request.projects).length === 1

/** Whether a name that several people have may be the one that is known to be meant. */
const isAmong = (one: Who | null, named: Who | null) => one?.kind === 'actors' && named?.kind === 'actors' && named.ids.length > 1 && one.ids.every((id) => named.ids.includes(id))

/** "Bo mends the window by Wednesday", "ich rufe morgen an": who does what on which day is a plan, also outside of minutes. */
const isPlanned = (told: string, reading: Reading) =>
  !/\?["”)]*\s*$/.test(told) && findDue(told, reading.today, reading.words).day !== null && ['actors', 'asker'].includes(askInMinutes(told, reading, false).who?.kind ?? '')

/** "And please …": asked of whoever was asked right before. */
const isAlso = /^(?:and|also|then|und|außerdem|dann|et|aussi|puis|y|también|luego)[, ]+(?:also |then |auch |noch )?(?:please|pls|plz|bitte|s'il (?:te|vous) pla[iî]t|merci de|por favor)\b|^(?:und|et|y) \p{Ll}+ (?:bitte|mal|noch|aussi|también)(?!\p{L})/iu

/** "… while I'm away" */
const besides = /\s(?:that|while|when|until|so that|because|since|after|before|if|während|bis|damit|weil|wenn|pendant que|parce que|quand|mientras|porque|cuando)\s.*$/iu

/** Asked of others than whom a mail is to. */
const isOfAnybody = /(?<!\p{L})(?:someone|somebody|anyone|anybody|everyone|everybody|we|let's|one of|all of|i|jemand|wir|alle|man|ich|quelqu'un|nous|je|alguien|nosotros|todos)(?!\p{L})/iu

/** "The shop was down on Tuesday": wrong then, and not said to be so now. */
const isPast = (told: string) => /(?<!\p{L})(?:was|were|had|war|waren|était|étaient|estaba|estaban)(?!\p{L})/iu.test(told) && !/(?<!\p{L})(?:is|are|am|isn't|aren't|has|have|still|again|now|keeps?|ist|sind|noch|wieder|immer|est|sont|encore|toujours|está|están|sigue|siguen|todavía)(?!\p{L})/iu.test(told)
const asksFor = (reading: Reading) => sentencesOf(reading.request.text).some((sentence) => readAsk(withoutGreeting(sentence), reading).kind === 'order')

/** "…, then Ann decides" */
const thenIs = /^(?:then|dann|puis|ensuite|luego|finally|after that|danach|schließlich),?\s+(?=\p{Lu})(.+)$/iu

/** "Let Ann know …", "tell the others": asked of whoever was asked first, and not of who was told to do something before. */
const passesOn = /^(?:let|tell|remind|inform|ask|have|get)\s+@?(?:\p{L}+)\s/iu

/** "We need: aprons, a till roll": each of what is only named is wanted. */
const asWanted = (ask: Ask, label: string, { words }: Reading): Ask => ask.kind === 'none' && words.want.test(`${label} `) ? { ...ask, kind: 'want' } : ask
