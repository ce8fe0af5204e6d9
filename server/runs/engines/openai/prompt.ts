import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import { plainText } from '../../../files/extract/file-text.ts'
import type { Attachment, Fitted, Part, RunContext } from '../../engine.ts'
import type { Picture } from '../../tools/tool.ts'
import { fenced, fenceRule } from './fence.ts'
import { isSeen, showing } from './pictures.ts'
import { perPicture, tokensOf, tokensOfAll, withinTokens } from './tokens.ts'

/** How much of the prompt's room each part may take at most; what one leaves over goes to the attachments. */
const shares = { mission: 0.2, woken: 0.08, reviews: 0.12, brief: 0.15, comments: 0.15, docs: 0.2, earlier: 0.05, given: 0.25, found: 0.12 } as const
const mostPictures = 8
/** What the words take that say that something was cut, or why it is not here. */
const cutWords = 30
const absentWords = 20
/** Of a passage less than this is not worth its frame. */
const leastShown = 20

export type Prompt = { messages: ChatCompletionMessageParam[]; fitted: Fitted }

/** What an attachment says, as far as it can be read as text; `null` where it cannot, such as a picture. */
async function textOf(attachment: Attachment): Promise<string | null> {
  const read = await attachment.text?.()
  if (!read) return null
  return read.ok ? plainText(read.text) : `[This file ${read.reason}.]`
}

const day = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ')

/**
 * What the model is told first: who it is and how runs go on, then all that the run may know, fitted into `room` tokens with whatever is said
 * around it. What is long is cut at its end, and the model is told with which tool it reads on; talk is cut at its oldest.
 */
export async function composePrompt(context: RunContext, { room, mark, reads }: { room: number; mark: string; reads: { attachments: boolean; artifacts: boolean } }): Promise<Prompt> {
  const cuts: Part[] = []
  const takes: (Part & { tokens: number })[] = []
  const parts: string[] = []
  const { mission, project, staff } = context
  const system = instructionsFor(staff, context.startedAt, mark)
  // Of each message, of what joins its parts, and of what is rounded.
  let left = room - tokensOf(system) - cutWords
  /** Takes its room for what is told in any case, before what is fitted into the rest. */
  const paid = (text: string) => {
    left -= tokensOf(text) + 1
    return text
  }
  const put = (text: string, part?: Part, head: string | null = null) => {
    if (text === '') return
    parts.push(head === null ? paid(text) : `${head}:\n${paid(text)}`)
    if (part) takes.push({ ...part, tokens: tokensOf(parts.at(-1)!) })
  }
  /** Between its marks; '' where not even those have room. */
  const fitted = (what: string, text: string, most: number, cut: Part, readOn = ''): string => {
    const within = Math.min(most, left - tokensOf(fenced(mark, what, '')) - 1)
    if (tokensOf(text) <= within) return fenced(mark, what, text)
    cuts.push(cut)
    if (within - cutWords < leastShown) return ''
    const kept = withinTokens(text, within - cutWords)
    return fenced(mark, what, `${kept}\n[Cut here: ${text.length - kept.length} more characters.${readOn}]`)
  }
  const talk = (what: string, head: string, entries: readonly string[], share: number, part: Part) => {
    const { kept, dropped } = newestWithin(entries, Math.min(left - tokensOf(head) - tokensOf(fenced(mark, what, '')) - 1, room * share))
    if (dropped) cuts.push(part)
    if (kept.length > 0) put(`${head}\n\n${fenced(mark, what, kept.join('\n\n'))}`, part)
  }

  put(`# Mission: ${JSON.stringify(mission.title.slice(0, 500))}`)
  const about: Part = { kind: 'mission', name: mission.title }
  if (mission.description) put(fitted('description of the mission', mission.description, room * shares.mission, about), about)
  else put('The mission has no description: its title is all that was said.')

  if (context.wokenBy) {
    const { author, body, createdAt } = context.wokenBy
    put(`# What woke you\n\n${author} mentioned you in this comment, at ${day(createdAt)}. Do what it asks first.\n\n${fenced(mark, `comment by ${author}`, withinTokens(body, room * shares.woken))}`)
  }
  if (context.handedOver) put(`# Handed over to you\n\n${context.handedOver.from} handed the mission to you.\n\n${fenced(mark, `note by ${context.handedOver.from}`, withinTokens(context.handedOver.note, room * shares.woken))}`)
  if (context.note.trim()) put(`# Said when this run was started\n\n${fenced(mark, 'note of whoever started the run', withinTokens(context.note, room * shares.woken))}`)

  // What is listed, named and shown whatever else there is.
  const artifacts = context.artifacts.length === 0 ? null
    : paid(`# What earlier runs left on the mission\n\n${context.artifacts.map(({ id, name, type, size, version }) => `- ${JSON.stringify(name)} (artifact ${id}, version ${version}, ${type}, ${size} bytes)`).join('\n')}${reads.artifacts ? '\n\nread_artifact reads them.' : ''}`)
  const colleagues = context.colleagues.length === 0 ? null
    : paid(`# Other staff of the workspace\n\n${context.colleagues.map(({ id, name, role }) => `- ${name} (${id})${role ? `: ${role}` : ''}`).join('\n')}`)
  const files = await Promise.all(context.attachments.map(async (file) => ({
    file, seen: isSeen(file), text: isSeen(file) ? null : await textOf(file), head: paid(`- ${JSON.stringify(file.name)} (attachment ${file.id}, ${file.type}, ${file.size} bytes)`),
  })))
  const remembered = await Promise.all(context.memory.map(async (piece) => {
    const { file, kind, label, reason } = piece
    const seen = file !== null && isSeen(file)
    return { ...piece, seen, read: seen ? null : await piece.text(), head: paid(`- ${JSON.stringify(label)} (${kind}${file ? ` ${file.id}, version ${file.version}, ${file.type}` : ''}): ${reason}`) }
  }))

  const visible = [...remembered.flatMap(({ seen, label }) => (seen ? [label] : [])), ...files.flatMap(({ seen, file }) => (seen ? [file.name] : []))].slice(0, mostPictures)
  left -= visible.reduce((sum, name) => sum + perPicture + tokensOf(name) + 2, (files.length + remembered.length) * absentWords)

  // The newest review is what this run is for; older ones may go.
  talk('reviews', `# Reviews of earlier runs, newest last${context.reviews.at(-1)?.verdict === 'changes_requested' ? '\n\nThe last one is what this run has to do.' : ''}`, context.reviews.map(({ author, verdict, note, quotes, createdAt }) =>
    `${author}, ${day(createdAt)}: ${verdict === 'changes_requested' ? 'asked for changes' : 'approved'}\n${note}${quotes.map(({ text, where }) => `\n> ${text.replace(/\n/g, '\n> ')}\n(from ${where})`).join('')}`), shares.reviews, { kind: 'reviews', name: '' })
  talk('comments on the mission', '# Comments, newest last', context.comments.map(({ author, body, createdAt }) => `${author}, ${day(createdAt)}:\n${body}`), shares.comments, { kind: 'comments', name: '' })

  if (project) {
    put(`# Project: ${JSON.stringify(project.name)}`)
    const brief: Part = { kind: 'brief', name: project.name }
    if (project.brief) put(fitted('brief of the project', project.brief, room * shares.brief, brief), brief)
    let docs = room * shares.docs
    for (const { title, text } of project.docs) {
      if (!text) continue
      const told = fitted(`doc “${title}”`, text, Math.max(0, docs), { kind: 'doc', name: title })
      docs -= tokensOf(told)
      put(told, { kind: 'doc', name: title })
    }
  }

  const pictures: Picture[] = []
  if (remembered.length > 0) {
    put('# Earlier work\n\nIt is of other missions. What people gave you matters for this one; what was found for you may, or may not.')
    const rooms = { given: room * shares.given, found: room * shares.found }
    const toCome = { given: remembered.filter(({ given }) => given).length, found: remembered.filter(({ given }) => !given).length }
    for (const { kind, label, given, file, seen, read, head } of remembered) {
      const of = given ? 'given' : 'found'
      if (seen && file && pictures.length < mostPictures) {
        pictures.push({ file: file.id, version: file.version, name: label, type: file.type })
        parts.push(`${head}. A picture, shown below.`)
      } else if (!read?.ok) {
        cuts.push({ kind, name: label })
        parts.push(`${head}. It ${read?.reason ?? 'is a picture too many'}.`)
      } else {
        const told = fitted(label, read.text, rooms[of] / toCome[of], { kind, name: label }, file && reads.artifacts ? ' read_artifact reads on.' : '')
        rooms[of] -= tokensOf(told)
        if (told) put(told, { kind, name: label }, head)
        else parts.push(`${head}. There was no room for it.`)
      }
      toCome[of] -= 1
    }
  }

  talk('summaries of earlier runs', '# Summaries of earlier runs', context.earlier.map(({ summary, endedAt }) => `${day(endedAt)}: ${summary}`), shares.earlier, { kind: 'earlier run', name: '' })
  if (artifacts) parts.push(artifacts)

  if (files.length > 0) {
    put('# Files on the mission')
    let toCome = files.filter(({ text }) => text !== null).length
    for (const { file: { id, name, type, version }, seen, text, head } of files) {
      if (seen && pictures.length < mostPictures) {
        pictures.push({ file: id, version, name, type })
        parts.push(`${head}: a picture, shown below.`)
      } else if (text === null) {
        cuts.push({ kind: 'attachment', name })
        parts.push(`${head}: there is no text to be read in it.`)
      } else {
        // Each gets its part of what is left, and what short ones leave goes to those after them.
        const told = fitted(name, text, Math.max(200, left / toCome), { kind: 'attachment', name }, reads.attachments ? ' read_attachment reads on.' : '')
        toCome -= 1
        if (told) put(told, { kind: 'attachment', name }, head)
        else parts.push(`${head}: there was no room for it.${reads.attachments ? ' read_attachment reads it.' : ''}`)
      }
    }
  }
  if (colleagues) parts.push(colleagues)

  const messages: ChatCompletionMessageParam[] = [
    { role: 'system', content: system },
    { role: 'user', content: parts.join('\n\n') },
    ...pictures.length > 0 ? [showing(pictures, `Pictures on the mission, in this order: ${pictures.map(({ name }) => JSON.stringify(name)).join(', ')}.`)] : [],
  ]
  return { fitted: { cuts, takes, tokens: tokensOfAll(messages), room }, messages }
}

/** As many of the newest as there is room for, oldest first. */
function newestWithin(entries: readonly string[], most: number): { kept: string[]; dropped: boolean } {
  const kept: string[] = []
  let room = most
  for (const entry of [...entries].reverse()) {
    const told = withinTokens(entry, Math.max(0, room))
    if (told) kept.unshift(told.length < entry.length ? `${told} […]` : told)
    room -= tokensOf(told)
    if (told.length < entry.length) return { kept, dropped: true }
  }
  return { kept, dropped: false }
}

const instructionsFor = ({ name, role, instructions }: RunContext['staff'], startedAt: number, mark: string) => `You are ${name}${role ? `, ${role}` : ''}: an AI staff member in a workspace where people and staff work on missions of one board. You work on the mission below; people watch your log and your draft live, and review what you leave. Today is ${new Date(startedAt).toISOString().slice(0, 10)}.
${instructions ? `\n# Your instructions, by your workspace\n\n${instructions}\n` : ''}
# How a run goes

- Do the whole mission now, with your tools, without asking for permission in words: where a call needs approval, people are asked for you.
- What people should keep, leave as files with your tools. What you do not leave as a file or say at the end is lost.
- Say only what you found in what you read, and where: name the file, doc or comment. If something is missing or failed, say so.
- Call a tool again only with other arguments. When a call fails, read why, and change something.
- End with your answer, without a call of a tool. Its first paragraph is a summary of one to three plain sentences for the mission’s card: what you found or made. The rest may be as long as it must.
- You cannot move the mission to Done: a person reviews it.

# Material

${fenceRule(mark)}`
