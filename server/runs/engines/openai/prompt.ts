import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions'
import { plainText } from '../../../files/extract/file-text.ts'
import type { Attachment, Fitted, Part, RunContext } from '../../engine.ts'
import type { Picture } from '../../tools/tool.ts'
import { fenced, fenceRule } from './fence.ts'
import { isSeen, showing } from './pictures.ts'
import { tokensOf, withinTokens } from './tokens.ts'

/** How much of the prompt's room each part may take at most; what one leaves over goes to the attachments. */
const shares = { mission: 0.2, woken: 0.08, reviews: 0.12, brief: 0.15, comments: 0.15, docs: 0.2, earlier: 0.05, given: 0.25, found: 0.12 } as const
const mostPictures = 8

export type Prompt = { messages: ChatCompletionMessageParam[]; fitted: Fitted }

/** What an attachment says, as far as it can be read as text; `null` where it cannot, such as a picture. */
async function textOf(attachment: Attachment): Promise<string | null> {
  const read = await attachment.text?.()
  if (!read) return null
  return read.ok ? plainText(read.text) : `[This file ${read.reason}.]`
}

const day = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ')

/**
 * What the model is told first: who it is and how runs go on, then all that the run may know, fitted into `room` tokens. What is long is cut
 * at its end, and the model is told with which tool it reads on; talk is cut at its oldest.
 */
export async function composePrompt(context: RunContext, { room, mark, reads }: { room: number; mark: string; reads: { attachments: boolean; artifacts: boolean } }): Promise<Prompt> {
  const cuts: Part[] = []
  const takes: (Part & { tokens: number })[] = []
  const parts: string[] = []
  let left = room
  const put = (text: string, part?: Part) => {
    const tokens = tokensOf(text)
    parts.push(text)
    left -= tokens
    if (part) takes.push({ ...part, tokens })
  }
  const fitted = (text: string, most: number, cut: Part, readOn = '') => {
    const kept = withinTokens(text, Math.min(most, left))
    if (kept.length === text.length) return text
    cuts.push(cut)
    return `${kept}\n[Cut here: ${text.length - kept.length} more characters.${readOn}]`
  }

  const { mission, project, staff } = context
  put(`# Mission: ${JSON.stringify(mission.title.slice(0, 500))}`)
  const about: Part = { kind: 'mission', name: mission.title }
  if (mission.description) put(fenced(mark, 'description of the mission', fitted(mission.description, room * shares.mission, about)), about)
  else put('The mission has no description: its title is all that was said.')

  if (context.wokenBy) {
    const { author, body, createdAt } = context.wokenBy
    put(`# What woke you\n\n${author} mentioned you in this comment, at ${day(createdAt)}. Do what it asks first.\n\n${fenced(mark, `comment by ${author}`, withinTokens(body, room * shares.woken))}`)
  }
  if (context.handedOver) put(`# Handed over to you\n\n${context.handedOver.from} handed the mission to you.\n\n${fenced(mark, `note by ${context.handedOver.from}`, withinTokens(context.handedOver.note, room * shares.woken))}`)
  if (context.note.trim()) put(`# Said when this run was started\n\n${fenced(mark, 'note of whoever started the run', withinTokens(context.note, room * shares.woken))}`)

  // The newest review is what this run is for; older ones may go.
  const reviews = newestWithin(context.reviews.map(({ author, verdict, note, quotes, createdAt }) =>
    `${author}, ${day(createdAt)}: ${verdict === 'changes_requested' ? 'asked for changes' : 'approved'}\n${note}${quotes.map(({ text, where }) => `\n> ${text.replace(/\n/g, '\n> ')}\n(from ${where})`).join('')}`), Math.min(left, room * shares.reviews))
  if (reviews.dropped) cuts.push({ kind: 'reviews', name: '' })
  if (reviews.kept.length > 0) put(`# Reviews of earlier runs, newest last\n\n${context.reviews.at(-1)?.verdict === 'changes_requested' ? 'The last one is what this run has to do.\n\n' : ''}${fenced(mark, 'reviews', reviews.kept.join('\n\n'))}`, { kind: 'reviews', name: '' })

  const comments = newestWithin(context.comments.map(({ author, body, createdAt }) => `${author}, ${day(createdAt)}:\n${body}`), Math.min(left, room * shares.comments))
  if (comments.dropped) cuts.push({ kind: 'comments', name: '' })
  if (comments.kept.length > 0) put(`# Comments, newest last\n\n${fenced(mark, 'comments on the mission', comments.kept.join('\n\n'))}`, { kind: 'comments', name: '' })

  if (project) {
    put(`# Project: ${JSON.stringify(project.name)}`)
    const brief: Part = { kind: 'brief', name: project.name }
    if (project.brief) put(fenced(mark, `brief of the project`, fitted(project.brief, room * shares.brief, brief)), brief)
    let docs = room * shares.docs
    for (const { title, text } of project.docs) {
      if (!text) continue
      const told = fitted(text, Math.max(0, docs), { kind: 'doc', name: title })
      docs -= tokensOf(told)
      put(fenced(mark, `doc “${title}”`, told), { kind: 'doc', name: title })
    }
  }

  const pictures: Picture[] = []
  const remembered = await Promise.all(context.memory.map(async (piece) => ({ ...piece, seen: piece.file !== null && isSeen(piece.file), read: piece.file !== null && isSeen(piece.file) ? null : await piece.text() })))
  if (remembered.length > 0) {
    put('# Earlier work\n\nIt is of other missions. What people gave you matters for this one; what was found for you may, or may not.')
    const rooms = { given: room * shares.given, found: room * shares.found }
    const toCome = { given: remembered.filter(({ given }) => given).length, found: remembered.filter(({ given }) => !given).length }
    for (const { kind, label, reason, given, file, seen, read } of remembered) {
      const of = given ? 'given' : 'found'
      const head = `${JSON.stringify(label)} (${kind}${file ? ` ${file.id}, version ${file.version}, ${file.type}` : ''}): ${reason}`
      if (seen && file && pictures.length < mostPictures) {
        pictures.push({ file: file.id, version: file.version, name: label, type: file.type })
        put(`- ${head}. A picture, shown below.`)
      } else if (!read?.ok) {
        cuts.push({ kind, name: label })
        put(`- ${head}. It ${read?.reason ?? 'is a picture too many'}.`)
      } else {
        const told = fitted(read.text, rooms[of] / toCome[of], { kind, name: label }, file && reads.artifacts ? ' read_artifact reads on.' : '')
        rooms[of] -= tokensOf(told)
        put(`- ${head}:\n${fenced(mark, label, told)}`, { kind, name: label })
      }
      toCome[of] -= 1
    }
  }

  const earlier = newestWithin(context.earlier.map(({ summary, endedAt }) => `${day(endedAt)}: ${summary}`), Math.min(left, room * shares.earlier))
  if (earlier.dropped) cuts.push({ kind: 'earlier run', name: '' })
  if (earlier.kept.length > 0) put(`# Summaries of earlier runs\n\n${fenced(mark, 'summaries of earlier runs', earlier.kept.join('\n'))}`, { kind: 'earlier run', name: '' })

  if (context.artifacts.length > 0) {
    put(`# What earlier runs left on the mission\n\n${context.artifacts.map(({ id, name, type, size, version }) => `- ${JSON.stringify(name)} (artifact ${id}, version ${version}, ${type}, ${size} bytes)`).join('\n')}${reads.artifacts ? '\n\nread_artifact reads them.' : ''}`)
  }

  if (context.attachments.length > 0) {
    put('# Files on the mission')
    const texts = await Promise.all(context.attachments.map(async (file) => ({ file, seen: isSeen(file), text: isSeen(file) ? null : await textOf(file) })))
    let toCome = texts.filter(({ text }) => text !== null).length
    for (const { file: { id, name, type, size, version }, seen, text } of texts) {
      const head = `${JSON.stringify(name)} (attachment ${id}, ${type}, ${size} bytes)`
      if (seen && pictures.length < mostPictures) {
        pictures.push({ file: id, version, name, type })
        put(`- ${head}: a picture, shown below.`)
      } else if (text === null) {
        cuts.push({ kind: 'attachment', name })
        put(`- ${head}: there is no text to be read in it.`)
      } else {
        // Each gets its part of what is left, and what short ones leave goes to those after them.
        const told = fitted(text, Math.max(200, left / toCome), { kind: 'attachment', name }, reads.attachments ? ' read_attachment reads on.' : '')
        toCome -= 1
        put(`- ${head}:\n${fenced(mark, name, told)}`, { kind: 'attachment', name })
      }
    }
  }

  if (context.colleagues.length > 0) put(`# Other staff of the workspace\n\n${context.colleagues.map(({ id, name, role }) => `- ${name} (${id})${role ? `: ${role}` : ''}`).join('\n')}`)

  return {
    fitted: { cuts, takes, tokens: room - left, room },
    messages: [
      { role: 'system', content: instructionsFor(staff, context.startedAt, mark) },
      { role: 'user', content: parts.join('\n\n') },
      ...pictures.length > 0 ? [showing(pictures, `Pictures on the mission, in this order: ${pictures.map(({ name }) => JSON.stringify(name)).join(', ')}.`)] : [],
    ],
  }
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
