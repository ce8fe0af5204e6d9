import type { Words } from './words.ts'

const verbs = `accept achieve activate adapt add address adjust advertise agree align allow analyse analyze announce answer apply appoint approve archive arrange ask assemble assess assign attach attend audit automate
back ban be block book bring broaden brush build bump buy calculate call cancel capture carry catch categorise categorize celebrate change chase check choose circulate clarify clean clear close collect combine come comment
compare compile complete compress compute conduct configure confirm connect consider consolidate consult contact continue convert convince coordinate copy correct count cover create cross cut
deactivate deal debug decide decline decorate define delegate delete deliver demo deploy describe design determine develop digitise digitize disable discuss distribute do document double download draft draw drive drop dry
edit email e-mail empty enable encourage end enforce engage enter escalate establish estimate evaluate examine exchange expand experiment explain explore export extend extract
fetch figure file fill filter finalise finalize find finish fix flag fly follow force form format forward freeze fund gather generate get give go grab grant greet group grow hand handle hang hire hold host
identify implement import improve include increase inform inspect install integrate interview introduce investigate invite invoice issue join keep label launch lay lead learn lease let lift limit link list load locate lock log look lower
mail maintain make manage map mark market measure meet mend mention merge migrate minimise minimize model modify monitor mount move mow name negotiate note notify obtain offer onboard open optimise optimize order organise organize outline
pack paint paste pay perform phone photograph pick pilot pitch place plan plant play plot plug polish post postpone prepare present preserve prevent price print prioritise prioritize process procure produce program promote proofread propose
protect prototype prove provide prune publish pull purchase push put query question raise rank reach read reboot rebuild recalculate receive reconcile record recruit redesign redo reduce refactor refill refine refresh refund register reinstall reject
release reload relocate remind remove rename renew reopen reorder reorganise reorganize repaint repair replace reply report reproduce request require reschedule research reserve reset resolve respond restart restock restore restructure retest retire return
reuse reverse revert review revise revisit rewrite roll rotate run sanitise save scan schedule scrap screen search secure select sell send separate serve service set settle share ship shoot shorten show shut sign simplify sketch solve sort source specify
split spread stabilise standardise standardize start stop store straighten streamline strengthen study submit suggest sum summarise summarize supply support survey suspend swap sweep switch sync tag take talk teach tell terminate test thank think tidy
tighten track train transcribe transfer translate transport treat trial trim try tune turn tweak type unblock understand undo unify update upgrade upload use vacuum validate verify visit wait walk warn wash watch water weed whitelist widen wipe wire withdraw work wrap write`

const nounToo = `address answer audit back block book call change check comment contact copy count cover cut demo design document double draft drive drop email e-mail empty end estimate exchange experiment export file fill filter fix
flag form format forward freeze fund grant group hand hire hold host import increase interview invite invoice issue label launch lead lease lift limit link list load lock log look mail map mark market measure model name note offer open order outline pack
paint pay phone pick pilot pitch place plan plant play plot plug polish post present price print process produce program prototype question raise rank record refund release report request research reserve reset return reverse review roll run scan schedule
screen search secure separate service set share ship show sign sketch sort source split spread start stop store study support survey switch tag talk test track train transfer transport trial trim try tune turn tweak type update upgrade use visit wait walk
wash watch water weed wire work wrap clean clear complete correct dry lower close group`

const list = (text: string) => new Set(text.split(/\s+/))
const people = '(?:you(?: all| guys)?|someone|somebody|anyone|anybody|one of you|the team)'
const soft = '(?:(?:please|maybe|perhaps|probably|also|just|kindly|possibly|quickly) )*'

export const english: Words = {
  code: 'en',
  name: 'English',
  common: 'the and to of is for we it that you with this on be have are our not can will please need by should from who what i as at was'.split(' '),
  verbs: list(verbs),
  nounToo: list(nounToo),
  article: /^(?:the|a|an|our|my|your|his|her|their|all|some|any|every|each|both|another|new|with|to|for|on|up|out|off|into|at|about|\d+|\p{Lu})(?!\p{L})/u,
  filler: /^(?:and|so|also|then|next|finally|lastly|last(?= but| thing)|ok|okay|well|oh|hey|plus|maybe|perhaps|probably|just|actually|basically|but|btw|by the way|oh and|in addition|additionally|besides|on top of that|another thing|one more thing|one thing|please|pls|plz|kindly|ideally|if possible|if you can|when you get a chance|for now|meanwhile|in the meantime|afterwards|after that|once that is done|first(?:ly| of all)?|second(?:ly)?|third(?:ly)?|to ?do|action(?: item)?|task|ai|ap|note to self|reminder|quick one|heads up)(?:\s*[,:;–—-]+\s*|\s+)/i,
  leadIn: new RegExp('^(?:' + [
    `(?:can|could|would|will) ${people} ${soft}(?:be so kind (?:as )?to |be able to |mind )?`,
    `(?:can|could|shall|should) we ${soft}`,
    `(?:i|we)(?:'d| would) (?:really )?(?:like|love|want|appreciate it if|be grateful if) (?:${people} )?(?:to |could |would )?(?=[a-z]+ )(?!a |an |the |some |more )`,
    `(?:i|we|you) (?:still |also |really |just |urgently )*(?:need|want) ${people} to ${soft}`,
    `(?:we|you|someone|somebody|${people}) (?:still |also |really |just |urgently |probably )*(?:should|must|have to|has to|need to|needs to|ought to|gotta|want to|will|'ll|are going to) ${soft}(?:all )?`,
    `we'll ${soft}`,
    `(?:let's|lets|let us) ${soft}(?:also )?`,
    `(?:it would|it'd|would) be (?:great|nice|good|helpful|useful|cool|awesome|lovely) (?:if|to) (?:${people} |we |i )?(?:could |can |would )?`,
    `(?:don't|do not|never) forget to `,
    `(?:remember|be sure|try|make sure|need|needs|want|have) to `,
    `(?:is it|would it be) possible to `,
    `(?:i was|i'm|i am) wondering (?:if|whether) (?:${people} |we )(?:could |can )?`,
    `any chance (?:that )?(?:${people} |we )(?:could |can )?`,
    `(?:the|your) (?:task|goal|job|plan|idea|aim) is to `,
    `it(?:'s| is) time to `,
  ].join('|') + ')', 'i'),
  own: /^(?:i'll|i will|i'm going to|i am going to|i (?:still |also |really |just )*(?:need to|have to|must|should|can|could|gotta|ought to)|let me|remind me to|me to|i want to|i plan to)\s+(?:also |just |then |probably |quickly )*/i,
  want: /^(?:(?:i|we|you|they) (?:still |also |really |just |urgently |desperately )*(?:need|want|require|lack|are missing|are lacking)|(?:i|we)(?:'d| would) (?:really )?(?:like|love)(?: to have)?|there (?:should|must) be|it(?:'d| would) be (?:great|nice|good) to have|(?:looking for|needed|wanted|missing):?)\s+/i,
  trouble: /\b(?:is|are|was|keeps?|seems?) (?:\w+ )?(?:broken|down|wrong|missing|outdated|out of date|slow|failing|crashing|stuck|leaking|empty|late|unclear|confusing)\b|\b(?:does not|doesn't|do not|don't|no longer|won't|cannot|can't) (?:work|load|open|print|start|sync|save|match|show|add up|understand|find)\b|\b(?:bug|crash|error|problem|leak) (?:in|on|with|when)\b|\bcomplain(?:s|ed|ing)?\b|\bneeds? (?:a |an |to be |some |more |fixing|updating|cleaning|replacing)/i,
  does: /^\s*(?:to|will|should|could|can|must|has to|needs to|is going to|is to|would|'ll|shall|please|,? (?:can|could|would) you(?: please)?|,? please)\s+(?:also |please |then |probably )*/i,
  given: /(?:\b(?:assign(?:ed)?(?: (?:this|it|that))? to|assignee|owner|owned by|responsible|dri|lead|who|give (?:this|it|that) to|handled by|done by|over to|up to)[:\s]*|(?:→|->|=>)\s*)$/i,
  handed: { before: /(?:\b(?:ask|tell|have|get|let|want|need|would like|'d like|for)\s+|^(?:can|could|would|will|should|maybe|perhaps|i think|i guess|and)\s+)$/i, after: /^\s+(?:(?:can|could|should|will|please|to)\s+)*/i },
  goesOn: /^(?:make sure|ensure|keep (?:it|them|this|that)|make (?:it|them|this|that)\b|include|mention|use |avoid|don't|do not|no need|it |it's|its |they|this |that |these |those |ideally|otherwise|for example|e\.g\.|because|since|if (?:it|they|that|possible|not|so|yes|no)|same (?:for|goes)|nothing fancy|not (?:too|more))/i,
  refers: /\b(?:it|them|him|this|those|these)\b(?!\s+(?:week|month|year|quarter|morning|afternoon|evening|friday|monday|tuesday|wednesday|thursday|saturday|sunday|\w+s\b))/i,
  good: /^(?:(?:a good result|acceptance(?: criteria)?|definition of done|done (?:when|if)|success)(?: has| is| means)?[:\s]+|(?:it|this|that|they|the (?:result|report|document|page|text|plan|list|draft|deck|summary|post|letter|site|tool|app|output|table|slides?|note))\s+(?:should|must|has to|have to|needs? to)\s+|make sure (?:that )?|ensure (?:that )?|keep it )/i,
  including: /,?\s+(?:including|which (?:should|must) (?:have|include|contain|cover)|that (?:covers|includes|contains|has)|(?:it )?(?:should|must) (?:include|contain|cover|have))\s*:?\s+/i,
  first: /^(?:first(?:ly)?|first of all|to begin with|start by|step 1|before anything else)\b/i,
  then: /^(?:(?:and )?then|after (?:that|this|which)|afterwards|next|once (?:that|this|it)(?:'s| is| has been) (?:done|finished|ready|through|approved|in place|live|decided)|when (?:that|this|it)(?:'s| is) (?:done|finished|ready|approved)|finally|lastly|step \d+|subsequently|following that)\b/i,
  once: /\b(?:once|after|as soon as|when|depends on|blocked by|only after|not before|waiting for)\s+(.+?)(?:\s+(?:is|are|has been|have been|was)\s+(?:done|finished|ready|complete|completed|in|out|through|live|approved|signed|there|in place|decided|sent|published|fixed|confirmed|booked|back|over|merged|agreed|written|set up))?(?=[,.;)!?]|$)/i,
  urgent: /\b(?:urgent(?:ly)?|asap|a\.s\.a\.p\.?|as soon as possible|immediately|right (?:away|now)|emergency|critical|drop everything|p0|showstopper)\b|!!+/i,
  high: /\b(?:important|high(?:est)? prio(?:rity)?|top prio(?:rity)?|prio(?:rity)? (?:high|1|one)|priority: high|p1|must not slip|crucial)\b/i,
  low: /\b(?:when(?:ever)? (?:there(?:'s| is) |you (?:have|find|get) |we (?:have|find) |i (?:have|find) )?(?:some |a bit of |the |a )?(?:time|chance|moment)|no (?:rush|hurry)|not urgent|isn't urgent|is not urgent|low prio(?:rity)?|prio(?:rity)?:? low|nice to have|some ?day|eventually|at some point|if there(?:'s| is) time|p3|whenever)\b/i,
  small: /\b(?:quick(?:ly)?|small|tiny|little|minor|typos?|short|simple|five minutes|5 minutes|one-liner|just)\b/i,
  large: /\b(?:big|huge|large|major|complete(?:ly)?|entire|whole|from scratch|overhaul|rewrite|redesign|migrat(?:e|ion)|relaunch|strategy|end.to.end|rebuild)\b/i,
  due: /(?:\b(?:by|before|until|till|til|due(?: date| on| by| in| is)?|deadline(?: is| on)?|no later than|not later than|at the latest(?: by)?|latest|on|in time for|for|ready (?:by|for|on)|needed (?:by|on)|within|come|not after)|[:(–—-])\s*(?:the |about |around |latest |end of |close of )*$/i,
  notDue: /\b(?:since|from|after|of|starting|beginning|last|past|between|as of|dated|until now|was|were|had|every|each|per|than|'s|’s|in the|for the|during|on the)\s*(?:on |the )*$/i,
}
