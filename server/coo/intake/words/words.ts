/** What a language's requests are made of. Patterns are tried without regard to case, against text whose apostrophes are straight. */
export type Words = {
  code: 'en' | 'de' | 'fr' | 'es'
  name: string
  /** Small words that give a language away. */
  common: readonly string[]
  /** Verbs that begin a task: as an order, or as what a list of tasks says. */
  verbs: ReadonlySet<string>
  /** Of those, what is a noun as well: after "and" it begins another task only where an article or a name follows. */
  nounToo: ReadonlySet<string>
  article: RegExp
  /** A task by its form, whatever its verb: an infinitive where this language has it. */
  infinitive: RegExp
  /** At the end of what names a thing: its parts follow. */
  parts: RegExp
  /** Before a task, and no part of it: "so", "by the way". */
  filler: RegExp
  /** What makes a sentence a request: "can you", "we need to". Stripped, the task is left. */
  leadIn: RegExp
  /** A lead-in by which whoever asks takes it on: "I'll". */
  own: RegExp
  /** Says what is wanted as a thing: "we need a plan". */
  want: RegExp
  /** Something is wrong, which is work unless the request says more. */
  trouble: RegExp
  /** What comes after a name that is to do something: "to", "will". */
  does: RegExp
  /** What comes before a name that is to do something: "can", "assigned to". */
  given: RegExp
  /** Before the name that something is handed to: "ask", and after it "to". */
  handed: { before: RegExp; after: RegExp }
  /** Goes on about the task before it. */
  goesOn: RegExp
  /** Refers to what was said before. */
  refers: RegExp
  /** Says what a good result has; what it says is what is left. */
  good: RegExp
  /** Names parts of the result within the sentence that asks: "including". */
  including: RegExp
  first: RegExp
  then: RegExp
  /** `once X is done`, with X as its first group. */
  once: RegExp
  urgent: RegExp
  high: RegExp
  low: RegExp
  small: RegExp
  large: RegExp
  /** Before a day by which something is due. */
  due: RegExp
  /** Before a day that is none: "since", "from". */
  notDue: RegExp
}
