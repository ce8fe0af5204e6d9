/** What a client may write, in characters; the gate refuses more and the inputs stop there. */
export const limits = {
  title: 500,
  rank: 200,
  labels: 50,
  label: 100,
  name: 200,
  comment: 50_000,
  comments: 20_000,
  note: 20_000,
  quote: 4_000,
  logEntry: 20_000,
  /** What lies behind an entry of a run's log, as JSON. */
  entryData: 60_000,
  draft: 2_000_000,
  missions: 20_000,
  docs: 5_000,
  proposals: 5_000,
  /** Of one chat. */
  messages: 20_000,
  message: 100_000,
  /** Questions of one proposal, each with so many choices. */
  questions: 20,
  choices: 12,
  /** Documents, files and missions that one proposal or message refers to. */
  references: 50,
  /** Passages in one review, and files that it names. */
  quotes: 50,
  judgedFiles: 500,
} as const

/** One message over the socket, in bytes. */
export const maxMessageBytes = 4 * 1024 * 1024
