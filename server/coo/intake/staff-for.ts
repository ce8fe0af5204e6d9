import type { IntakeRequest } from '../intake.ts'
import { plainLetters } from '#lib/search/plain-letters.ts'
import { tokensOf } from './tokens.ts'

/** What kinds of work are called: by whoever does them, and in requests. Beginnings of words. */
const crafts: readonly { role: readonly string[]; work: readonly string[] }[] = [
  { role: ['analy', 'data', 'number', 'table', 'statist'], work: ['analy', 'data', 'number', 'figure', 'statist', 'csv', 'spreadsheet', 'chart', 'metric', 'survey', 'sales', 'trend', 'forecast', 'zahlen', 'auswert', 'chiffres', 'datos', 'kpi', 'dashboard'] },
  { role: ['research', 'recherch', 'investig', 'scout'], work: ['research', 'recherch', 'investigat', 'compare', 'comparison', 'competitor', 'find out', 'look into', 'sources', 'literature', 'market', 'benchmark', 'vergleich', 'compar'] },
  { role: ['writ', 'editor', 'copy', 'content', 'text', 'autor', 'redakt', 'rédact', 'redact', 'report'], work: ['write', 'draft', 'blog', 'newsletter', 'article', 'announcement', 'press release', 'wording', 'summar', 'schreib', 'entwurf', 'rédig', 'redact', 'escrib', 'letter', 'proofread'] },
  { role: ['review', 'check', 'quality', 'qa', 'prüf'], work: ['review', 'proofread', 'check', 'verify', 'audit', 'double-check', 'prüf', 'relire', 'vérifi', 'revis'] },
  { role: ['plan', 'project manag', 'coordinat', 'break', 'organis', 'organiz'], work: ['plan', 'roadmap', 'timeline', 'milestone', 'schedule', 'break down', 'planung'] },
  { role: ['translat', 'übersetz', 'traduct'], work: ['translat', 'übersetz', 'tradui', 'traduc', 'localis', 'localiz'] },
  { role: ['design', 'illustrat', 'graphic'], work: ['design', 'logo', 'mockup', 'wireframe', 'illustrat', 'layout', 'banner'] },
  { role: ['develop', 'engineer', 'program', 'code', 'coder'], work: ['bug', 'code', 'deploy', 'api', 'refactor', 'script', 'endpoint', 'unit test', 'login', 'database', 'crash'] },
  { role: ['market', 'social', 'campaign'], work: ['campaign', 'social media', 'instagram', 'linkedin', 'tweet', 'advert', 'newsletter', 'seo'] },
  { role: ['support', 'customer', 'help desk'], work: ['customer', 'ticket', 'complaint', 'reply to', 'support', 'refund'] },
  { role: ['account', 'bookkeep', 'financ', 'buchhalt'], work: ['invoice', 'expense', 'budget', 'tax', 'payroll', 'reimburs', 'rechnung', 'facture', 'factura'] },
  { role: ['law', 'legal', 'contract'], work: ['contract', 'legal', 'gdpr', 'terms', 'privacy policy', 'compliance', 'nda'] },
  { role: ['recruit', 'hiring', 'hr'], work: ['candidate', 'job ad', 'hire', 'hiring', 'applicant', 'interview'] },
]

/** What takes hands, a voice or a body: no staff can do it. */
const byHand = /^(?:book|buy|call|send|forward|hand|give|talk|speak|tell|thank|let|grab|order|clean|bring|fetch|pick|drive|carry|water|paint|meet|visit|phone|pay|print|hang|move|take|repair|sign|collect|pack|ship|deliver|invite|ask|remind|install|reserve|rent|hire|interview|anrufen|kaufe|bestelle|appeler|acheter|llamar|comprar)\b/i

export type StaffChoice = { id: IntakeRequest['staff'][number]['id']; why: string } | null

/** The staff member whose role says that this is their work. Two who would do equally well are none. */
export function staffFor(title: string, text: string, staff: IntakeRequest['staff']): StaffChoice {
  // "Write tests" is not for whoever writes texts.
  if (byHand.test(title) || /^(?:write|draft) (?:\p{L}+ )?(?:tests?|code|scripts?|queries|query)(?!\p{L})/iu.test(title)) return null
  const verb = plainLetters(title).split(' ')[0] ?? ''
  const scores = staff.map((one) => {
    const role = plainLetters(`${one.name} ${one.role}`)
    const roleWords = tokensOf(role).map(({ plain }) => plain)
    let score = 0
    let said = ''
    for (const craft of crafts) {
      const isOne = craft.role.filter((word) => roleWords.some((own) => own.startsWith(plainLetters(word))) || (word.includes(' ') && role.includes(word))).length
      if (isOne === 0) continue
      // Its name says more than what stands in its role beside.
      const isName = craft.role.some((word) => tokensOf(one.name).some(({ plain }) => plain.startsWith(plainLetters(word))))
      for (const word of craft.work) {
        const found = wordIn(title, word) ?? wordIn(text, word)
        if (!found) continue
        const weight = (plainLetters(found).startsWith(verb) && verb.length > 2 && wordIn(title, word) ? 4 : wordIn(title, word) ? 2 : 1) * (isName ? 2 : 1)
        if (weight > score) said = found
        score = Math.max(score, weight) + (score > 0 ? 0.1 : 0)
      }
    }
    return { one, score, said }
  }).filter(({ score }) => score >= 2).sort((a, b) => b.score - a.score)
  const [best, second] = scores
  if (!best || (second && second.score >= best.score - 0.05)) return null
  const { one, said } = best
  return { id: one.id, why: one.role ? `The request says “${said}”, and ${one.name}’s role is “${one.role}”.` : `The request says “${said}”, which ${one.name} is named for.` }
}

const wordIn = (text: string, beginning: string): string | null => {
  const at = new RegExp(`(?<![\\p{L}])${beginning.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\p{L}*`, 'iu').exec(text)
  return at?.[0].toLowerCase() ?? null
}
