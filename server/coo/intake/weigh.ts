import type { Priority } from '#lib/board/mission.ts'
import type { ProposalSize } from '#lib/board/proposal.ts'
import { tokensOf } from './tokens.ts'
import type { Words } from './words/words.ts'

/** `null` where the text says nothing of it. */
export function priorityOf(text: string, words: Words): Priority | null {
  if (words.low.test(text)) return 'low'
  if (/\b(?:not|isn't|nicht|pas|no es) (?:that |so |very |really )?(?:urgent|dringend|important|wichtig|critical)\w*/i.test(text)) return 'low'
  if (words.urgent.test(text)) return 'urgent'
  if (words.high.test(text)) return 'high'
  return null
}

/** What a cell says: "high", "P1", "2". */
export function priorityIn(cell: string): Priority | null {
  const word = cell.trim().toLowerCase()
  if (/^(?:urgent|critical|highest|p0|dringend|urgente|blocker)/.test(word)) return 'urgent'
  if (/^(?:high|p1|1|hoch|haute?|alta)/.test(word)) return 'high'
  if (/^(?:medium|normal|mid|p2|2|mittel|moyenne?|media)/.test(word)) return 'medium'
  if (/^(?:low|p3|3|niedrig|basse?|baja)/.test(word)) return 'low'
  return null
}

/** By what it says of itself, and else by how much there is to say about it. `null`: a line does not tell. */
export function sizeOf(lead: string, details: readonly string[], words: Words): ProposalSize | null {
  const all = [lead, ...details].join('\n')
  const parts = details.join('\n').split('\n').filter((line) => /^\s*- /.test(line)).length
  if (words.large.test(lead) || parts >= 8) return 'large'
  if (words.small.test(lead) && parts <= 2) return 'small'
  const count = tokensOf(all).length
  if (count > 180) return 'large'
  if (count > 45 || parts >= 3) return 'medium'
  return null
}

export function sizeIn(cell: string): ProposalSize | null {
  const word = cell.trim().toLowerCase()
  if (/^(?:s|xs|small|klein|petite?|pequeñ[oa]|\d+ ?h(?:ours?)?)$/.test(word)) return 'small'
  if (/^(?:m|medium|mittel|moyenne?|median[oa])$/.test(word)) return 'medium'
  if (/^(?:l|xl|large|big|groß|grande?)$/.test(word)) return 'large'
  return null
}
