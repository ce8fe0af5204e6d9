const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** Ends with a full stop that ends no sentence. */
const goesOn = /(?:\b(?:e\.g|i\.e|etc|approx|incl|excl|vs|(?<!oh )no|nr|dr|mr|mrs|ms|prof|st|ca|bzw|z\.\s?b|d\.\s?h|u\.\s?a|p\.\s?ex|resp|fig|inc|ltd|v|ver|max|min|tel|dept|est)\.|(?<![\p{L}\p{N}])\p{Lu}\.)\s*$/iu
/** "3. Dezember": a number whose full stop makes it the third. */
const ordinal = /(?<![\p{L}\p{N}:.,])\d{1,2}\.\s*$/u
const afterOrdinal = /^(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[kc]t|nov|de[cz]|stock|etage|og\b|klasse|\d)/iu

/** No person writes a sentence as long as this; what is longer is read in pieces, for how long reading takes. */
const longest = 700
const inReach = (sentence: string): string[] => {
  if (sentence.length <= longest) return [sentence]
  const at = sentence.lastIndexOf(' ', longest)
  const end = at > longest / 2 ? at : longest
  return [sentence.slice(0, end), ...inReach(sentence.slice(end))]
}

const atStops = (sentence: string): string[] => {
  const parts = sentence.split(/(?<=(?:\p{L}{3}|(?<!\p{L})(?:[Nn]o|[Oo]k|[Oo]h|[Jj]a|[Ss][ií]))(?:\.|[?!]+)\s)(?=\p{Ll}\p{L}* )/u)
  return parts.reduce<string[]>((whole, part) => {
    const last = whole.at(-1)
    if (last !== undefined && goesOn.test(last)) whole[whole.length - 1] = last + part
    else whole.push(part)
    return whole
  }, [])
}

/** The sentences of a paragraph. A line break ends one. */
export function sentencesOf(paragraph: string): string[] {
  return paragraph.split('\n').flatMap((line) => {
    const sentences: string[] = []
    for (const { segment } of segmenter.segment(line)) {
      const last = sentences.at(-1)
      if (last !== undefined && (goesOn.test(last) || /\S$/.test(last) && /^\p{L}/u.test(segment) || ordinal.test(last) && (afterOrdinal.test(segment) || /^\p{Ll}/u.test(segment) || /^\s*\d{1,2}\.\s*$/.test(last)) || /^[\p{Ll}\d]/u.test(segment) && /\.\s*$/.test(last) && !/\p{L}{3,}\.\s+$/u.test(last))) sentences[sentences.length - 1] = last + segment
      else sentences.push(segment)
    }
    // Three dots join thoughts that people would otherwise begin anew; who writes without capitals ends sentences all the same.
    return sentences.flatMap((sentence) => sentence.split(/(?<=\p{L}(?:\.{3,}|…))(?<!\.\.\.(?=\.))\s*(?=\p{L}{2})/u)).flatMap(atStops)
  }).flatMap(inReach).map((sentence) => sentence.trim()).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
}

const noise = [
  // Greetings
  /^yo(?:\s+(?:all|guys|team|everyone|folks|people))?\s*[,!.]*$/iu,
  /^(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening|day)|morning|hallo|guten (?:tag|morgen|abend)|moin|servus|liebe[rs]?|sehr geehrte\p{L}*|bonjour|salut|bonsoir|ch(?:er|ère)s?|hola|buen[oa]s (?:días|tardes|noches)|estimad[oa]s?)(?:\s+[\p{L}.@-]+){0,4}\s*[,!.:–-]*$/iu,
  /^(?:(?:hi|hello|hey|dear|hallo|liebe[rs]?|bonjour|ch(?:er|ère)s?|hola|querid[oa]s?)\s+[\p{L}.-]+(?:\s\p{Lu}[\p{L}.-]+)?(?:,|\s(?:and|und|et|y|&))\s+)+(?:dear |liebe[rs]? |ch(?:er|ère) |querid[oa] )?[\p{L}.-]+\s*[,!.:]*$/iu,
  /^coucou\b[^.!?]{0,20}[,!.]*$/iu,
  // What somebody answers in a chat
  /^(?:\p{Lu}[\p{L} .'-]{1,30}:\s+)?(?:(?:sure(?: thing)?|ok(?:ay)?|yes|yeah|yep|will do|on it|done|agreed|sounds good|perfect|great|nice|cool|super|lovely|awesome|brilliant|excellent|np|no problem|got it|makes sense|good (?:point|idea)|me too|same here|\+1|lol|haha)[,.!\s]*)+(?:(?:after|before) \p{L}+|later|today|tomorrow|now|then|this \p{L}+)?[.!]*$/iu,
  /^(?:k|kk|ack|roger|(?:ok(?:ay)?|sounds good|great|perfect|agreed|yes)[,!. ]+(?:let's|lets) (?:do|go (?:for|with)) (?:it|this|that)|which one[^.!?]*\?)[.!?]*$/iu,
  /^(?:\p{Lu}[\p{L} .'-]{1,30}:\s+)?(?:oh (?:no|dear|wow|man|well)|oh|ugh|argh|brr+|ouch|wow|yay|hurray|oje|ach|oh là là|vaya)[,.!\s]*$/iu,
  // What is to be made of what stands elsewhere
  /^(?:please |can you |could you )*(?:(?:turn|make|convert|split|break)\s+(?:this|these|it|that|the|my|our|them)\b[^.!?]{0,40}?\b(?:in|up |down )?to (?:missions?|tasks?|proposals?|cards?|to-?dos?)|(?:make|create|propose) (?:missions|tasks|proposals|cards)(?: (?:of|from|out of) [^.!?]{0,40})?)[.!?]*$/iu,
  // Thanks and endings
  /^(?:\p{Lu}[\p{L} .'-]{1,30}:\s+)?(?:many |thank you|thanks|thx|ty|cheers|much appreciated|appreciate it|danke|vielen dank|merci(?! de)|gracias|muchas gracias|mille mercis)(?:[^.!?\n]{0,60})[.!]*$/iu,
  /^(?:best|best regards|kind regards|regards|warm regards|all the best|yours|sincerely|viele grüße|liebe grüße|beste grüße|mit freundlichen grüßen|lg|mfg|vg|gruß|cordialement|bien à vous|à bientôt|saludos|un saludo|atentamente|talk soon|see you|bis bald|xx?)(?:\s+\p{L}+){0,3}[,!.]*$/iu,
  /^(?:sorry|sorry,? (?:everyone|all|guys|folks)|apologies|no worries|hope (?:you|this|that|all|everyone)[^.!?]*|i hope [^.!?]*|how are you[^.!?]*|let me know(?: if| what| when)?[^.!?]*|(?:any |if you have )?questions\?[^.!?]*|just ask|sent from my [^.]*|have a (?:nice|great|good) [^.!?]*|see you [^.!?]*|happy (?:monday|friday)[^.!?]*|long time no see|great (?:meeting|work|job|call)[^.!?]*|(?:that's|thats|that is) (?:all|it)(?: for now)?|(?:ok|okay|alright|sure|great|perfect|cool|yes|no|right|so|well))[.!?,]*$/iu,
]

/** Greetings, thanks, farewells: no part of what is asked for. */
export const isNoise = (sentence: string) => noise.some((pattern) => pattern.test(sentence.trim()))

/** "See below, …": points to what stands there. */
const pointer = /^(?:please )?(?:see|siehe|voir|ver) (?:below|above|attached|the (?:mail|message|attachment)(?: below)?|unten|oben|anhang|ci-dessous|abajo)\s*[,;:–-]+\s*(?=\S)/iu

/** "Hi team, can you …": the greeting before a request. */
export const withoutGreeting = (sentence: string) =>
  sentence.replace(pointer, '').replace(/^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|morning|hallo|guten (?:tag|morgen)|moin|liebe[rs]?|bonjour|salut|hola|buen[oa]s (?:días|tardes))(?: (?:there|all|everyone|everybody|team|folks|guys|coo|zusammen|leute|à tous|a todos|equipo|\p{Lu}\p{L}+)){0,3}(?:\s*[,!–:]+|\s+-+)\s*(?=\S)/iu, '')
    // Who types without commas greets without them.
    .replace(/^(?:[Hh](?:i|ello|ey|allo|ola)|[Mm]oin|[Bb]on(?:jour|soir)|[Cc]oucou|[Ss]alut|[Bb]uenas)(?: (?:there|all|everyone|team|folks|guys|zusammen|leute|à tous|a todos))?\s+(?=(?!all|there|team|everyone)\p{Ll})/u, '')

const closing = /^(?:(?:lots of )?love|hugs|greetings|bis bald|bises|bisous|abrazos|un abrazo|best|best regards|kind regards|regards|warm regards|cheers|thanks|thank you|many thanks|thx|yours|sincerely|viele grüße|liebe grüße|beste grüße|mit freundlichen grüßen|lg|mfg|vg|cordialement|merci(?: d'avance| beaucoup)?|saludos|(?:muchas )?gracias(?: de antemano)?|danke(?: im voraus)?|vielen dank(?: im voraus)?|herzliche grüße|thanks in advance|best wishes|have a (?:nice|great|good|lovely) (?:day|evening|weekend|week|one)|(?:ein )?schönes wochenende|schönen (?:tag|abend)(?: noch)?|bon(?:ne)? (?:week-end|journée|soirée|semaine)|buen (?:fin de semana|día)|with kind regards|atentamente)\s*[,!.]*$/i

const aboutLine = /^(?:(?:subject|betreff|objet|asunto):\s*)?(?:(?:re|fwd?|aw|wg|tr|rv):\s*)*(?<=^.*:\s*)(?=\S)/i

const headLine = /^(?:from|to|cc|bcc|sent|date|subject|von|an|gesendet|datum|betreff|de|à|envoyé|objet|para|enviado|fecha|asunto):\s/i
/** Above the mail that is passed on. */
const forwards = /^\s*-{2,}\s*(?:forwarded message|original message|weitergeleitete nachricht|ursprüngliche nachricht|message transféré|message d'origine|mensaje reenviado)\s*-{2,}\s*$|^begin forwarded message:?\s*$/i

/** A mail without its signature and its head lines. */
export function withoutSignature(text: string): string {
  const lines = text.split('\n')
  const dashes = lines.findIndex((line) => /^--\s*$/.test(line))
  let body = dashes > 0 ? lines.slice(0, dashes) : lines
  const end = body.findLastIndex((line) => closing.test(line.trim()))
  const after = body.slice(end + 1)
  // Whatever stands below the name: a postscript, or the mail that is answered.
  const name = after.findIndex((line) => line.trim() === '')
  const below = name < 0 ? [] : after.slice(name)
  const isBelow = below.find((line) => line.trim() !== '') ?? ''
  if (end > 0 && name > 0 && name <= 5 && /^\s*(?:p\.?\s?s\b|>|on .{5,80} wrote:)/i.test(isBelow)) body = [...body.slice(0, end), ...below]
  else if (end > 0 && after.length <= 8 && after.every((line) => line.trim().length <= 60 && !/[?]$|^\s*[-*\d]/.test(line))) body = body.slice(0, end)
  const forwarded = body.findIndex((line) => forwards.test(line))
  if (forwarded >= 0) body = [...body.slice(0, forwarded), ...body.slice(forwarded + 1).filter((line, n, all) => n > all.findIndex((other) => other.trim() === '') || !headLine.test(line))]
  // A head within it, of a mail that is passed on without a word about that.
  const head = body.findIndex((line, n) => headLine.test(line) && headLine.test(body[n + 1] ?? ''))
  if (head > 0) body = body.filter((line, n) => n < head || !headLine.test(line) || n > head + 6)
  // A head line of a mail says who and when, not what.
  while (headLine.test(body[0] ?? '') && !aboutLine.test(body[0] ?? '')) body = body.slice(1)
  // What a mail is about is a title of what it says.
  const subject = body.findIndex((line) => aboutLine.test(line))
  if (subject >= 0 && subject < 6) body = body.map((line, n) => n !== subject ? line : `${body.slice(subject + 1).some((other) => other.trim() !== '') ? '# ' : ''}${line.replace(aboutLine, '')}`)
  return body.filter((line) => !/^\s*>[>\s]*(?:from|to|cc|bcc|sent|date|von|an|gesendet|datum|de|à|envoyé|para|enviado|fecha):\s/i.test(line) && !/^\s*(?:sent from my|get outlook for|on .{5,80} wrote:)/i.test(line)).join('\n').trim()
}
