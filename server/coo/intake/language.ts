import { isVerb } from './third-person.ts'
import { english } from './words/english.ts'
import { french } from './words/french.ts'
import { german } from './words/german.ts'
import { spanish } from './words/spanish.ts'
import type { Words } from './words/words.ts'

export const languages: readonly Words[] = [english, german, french, spanish]

/** What a text is written in. `known: false`: none of the languages that there are words for; it is then read by its form alone. */
export type Language = { words: Words; known: boolean }

const wordsIn = (text: string) => text.toLowerCase().match(/\p{L}+(?:'\p{L}+)?/gu) ?? []

/** Small words of languages that there are no words for, so that they are not taken for one of the others. */
const others = [
  'het een van voor niet met kun kan je wij moet naar graag dit dat iemand de en ook nog ik op aan zijn', 'il di che per con una puoi entro gli del della sono è anche', 'os um uma para com não você pode até da por isso também precisamos são ao pelo pela nosso equipe reunião', 'och att det som på är för ett vill med till inte jag vi',
  'og at det er på til med ikke jeg vi kan af', 'na się nie jest że proszę oraz dla jak', 'na se je že pro prosím aby jsou', 've bir bu için ile lütfen', 'ja ei että voit mutta kun', 'és az egy hogy nem kell', 'și pe cu să nu este din pentru',
].map((list) => new Set(list.split(' ')))

/** Languages that stand in a text beside the one that most of it is in: those whose own small words are there as well. */
export function othersIn(text: string, main: Words): Words[] {
  const all = new Set(wordsIn(text))
  const begins = text.split(/[\n.!?:]/).map((sentence) => wordsIn(sentence).slice(0, 2))
  return languages.filter((words) => words !== main && (words.common.filter((word) => word.length > 1 && all.has(word) && !main.common.includes(word)).length >= 2
    // "Please print the flyer": a word of its own, and what is to be done.
    || begins.some(([first = '', second = '']) => words.common.includes(first) && !main.common.includes(first) && words.verbs.has(second))))
}

/** Told by its small words, and by what it says is to be done. Few words, or none that are known, pass as English as long as its letters could be. */
export function languageOf(text: string): Language {
  const all = wordsIn(text)
  const letters = [...text.matchAll(/\p{L}/gu)].length
  const latin = [...text.matchAll(/\p{Script=Latin}/gu)].length
  const firsts = text.split(/[\n.!?:]/).flatMap((line) => wordsIn(line).slice(0, 1))
  const scores = languages.map((words) => {
    const common = new Set(words.common)
    const small = all.filter((word) => common.has(word)).length
    const begins = firsts.filter((word) => !common.has(word) && words.verbs.has(word)).length
    const deeds = all.filter((word) => word.length >= 3 && !common.has(word) && isVerb(word, words)).length
    return { words, score: small + begins, deeds }
  }).sort((a, b) => b.score - a.score || b.deeds - a.deeds)
  const best = scores[0]
  if (!best || letters === 0) return { words: english, known: true }
  if (latin < letters / 2) return { words: english, known: false }
  const isEnglish = best.words === english || best.score === (scores.find(({ words }) => words === english)?.score ?? 0)
  if (best.score + best.deeds === 0 || (all.length < 8 && best.score / all.length < 0.12 && /[^\p{ASCII}\p{P}\p{S}\s]/u.test(text))) return { words: english, known: all.length < 6 && /^[\p{ASCII}\p{P}\p{S}\s]*$/u.test(text) }
  const other = Math.max(...others.map((small) => all.filter((word) => small.has(word)).length))
  if (other >= 2 && other > best.score) return { words: english, known: false }
  // A longer text in which hardly any small word is known is in some other language.
  if (all.length >= 8 && (best.score + best.deeds) / all.length < 0.12) return { words: isEnglish ? english : best.words, known: false }
  return { words: isEnglish ? english : best.words, known: true }
}
