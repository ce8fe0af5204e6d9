import type { Words } from './words.ts'

const verbs = `absorb accept accompany achieve acquire activate adapt add address adjust advance advertise agree aim align allow amend analyse analyze anchor annotate announce answer apologise apologize
  apply appoint appraise approve archive arrange ask assemble assess assign assure attach attend attract audit authorise authorize automate avoid back bake balance ban be bind blend block book
  bookmark borrow brainstorm breathe brew brief bring broadcast broaden brush build bump bundle bury buy cache calculate calibrate call campaign cancel capture carry catch categorise
  categorize cater celebrate certify chair change chase chat check choose chop circulate cite claim clarify clean clear close coach collaborate collect combine come comment commission compare
  compensate compile complete compose compress compute concentrate conduct configure confirm congratulate connect conserve consider consolidate construct consult contact continue contribute
  convert convince cook coordinate copy correct count cover create cross cultivate curate customise customize cut cycle dance deactivate deal debug decide declare decline decorate dedicate
  deepen defend define delay delegate delete deliver demo demolish demonstrate deploy derive describe design detach detect determine develop diagnose dig digitise digitize dim direct disable
  disassemble disconnect discover discuss dismantle display dispose distribute divide do document donate double download draft drain draw drill drive drop dry dust e-mail earn edit educate
  elaborate elect email embed employ empower empty enable encourage end enforce engage enhance enlarge enrich enter entertain equip erase erect escalate establish estimate evaluate examine
  exchange execute exhibit expand expedite experiment explain explore export extend extract facilitate familiarise familiarize feed fence fetch figure file fill filter finalise finalize
  finance find finish fit fix flag flatten float fly focus fold follow force forecast form format forward foster frame freeze fry fuel fund furnish gather gauge generate get give glue go grab
  grade grant grease greet grill grind group grow guard guide hack halt hammer hand handle hang harden harvest heat highlight hire hold hook host hunt identify illustrate implement import
  improve include incorporate increase index influence inform initiate innovate insert inspect inspire install instruct insulate insure integrate interpret interview introduce invent inventory
  invest investigate invite invoice involve iron isolate issue itemise itemize join justify keep knock label laminate launch lay lead learn lease let leverage license lift limit link list
  listen litter load locate lock log look lower lubricate mail maintain make manage manufacture map mark market match measure mediate meet mend mention mentor merge migrate mine minimise
  minimize mix model modify monitor motivate mount move mow multiply name negotiate neutralise nominate normalise normalize note notify nurture obtain offer offset oil onboard open operate
  oppose optimise optimize order organise organize orient outline outsource oversee pack paint park participate pass paste patch pay peel penetrate perfect perform permit persuade phone
  photograph pick pilot pin pipe pitch place plan plant play plot plug polish pool post postpone pour practice practise predict prepare prescribe present preserve preset press prevent price
  prime print prioritise prioritize probe proceed process procure produce profile program promote proof proofread propagate propose protect prototype prove provide prune publish pull punch
  purchase purge pursue push put qualify quantify quarantine query question quit quote raise rake rally ramp rank rate ration reach read rearrange reassess reassign reassure reboot rebuild
  recalculate recall recap receive recheck recognise recognize recommend reconcile reconfigure reconnect reconsider reconstruct record recover recruit recycle redecorate redeploy redesign
  redirect redo reduce reenable reestablish reevaluate refactor refill refine reframe refresh refund regain regenerate register regroup rehearse reheat reimburse reinforce reinstall reinstate
  reinvent reject rekey relabel relaunch relax relay release relieve relist reload relocate remake remeasure remind remodel remount remove rename renew renovate rent reopen reorder reorganise
  reorganize repack repaint repair repay repeat rephrase replace reply report reposition repot represent reprint reproduce reprogram republish request require requisition reschedule rescue
  research resend reserve reset reshape reshoot resize resolve respond restart restock restore restructure resubmit resume retain retake retest rethink retire retrain retrieve return reuse
  revamp reveal reverse revert review revise revisit revive rewire rework rewrite rinse rip roast roll rotate run sample sand sanitise satisfy save scale scan schedule scout scrap scrape
  screen screw scrub seal search seat secure seed segment select sell send separate serve service set settle share sharpen shelve shield ship shoot shorten show showcase shuffle shut sign
  simplify sketch skim slice smooth snap solve sort source sow spec specify speed spell spend splice split sponsor spray spread stabilise stack stamp standardise standardize staple start steam
  steer sterilise stir stitch stock stop store straighten streamline strengthen strip study submit subscribe substitute suggest sum summarise summarize summon supervise supply support survey
  suspend swap sweep swipe switch sync synchronise synchronize synthesise synthesize tackle tag tailor take talk target taste tax teach tear tell tend terminate test thank think tidy tie
  tighten tile tint toss tow trace track trade train transcribe transfer transform transition translate transplant transport trap treat trial trim troubleshoot try tune turn tweak twist type
  unblock understand undo unify uninstall unite unload unlock unpack unpin unplug unsubscribe upcycle update upgrade upload use usher utilise utilize vacate vacuum validate varnish vary verify
  vet visit vote wait walk warm warn wash watch water weed weigh weld whip whitelist whiten widen win wind wipe wire withdraw work wrap write`

const nounToo = `practice practise address answer audit back balance block book brief bundle call campaign change chat check claim clean clear close coach comment commission complete contact copy correct count cover cut cycle
  dance delay demo design display document double draft drive drop dry dust e-mail email empty end estimate exchange experiment export feed fence file fill filter finance fit fix flag focus
  fold form format forward frame freeze fuel fund glue grade grant grease grill group guard guide hammer hand harvest heat highlight hire hold hook host hunt import increase index interview
  inventory invite invoice iron issue label launch lead lease license lift limit link list litter load lock log look lower mail map mark market measure mentor mix model name note offer oil
  open order outline pack paint park pass patch pay phone pick pilot pin pipe pitch place plan plant play plot plug polish pool post pour present press price prime print probe process produce
  profile program proof prototype punch question quote raise rake rally ramp rank rate ration recall recap record refund relay release rent repeat report reprint request rescue research
  reserve reset return reverse review rework roast roll run sample scale scan schedule scout screen screw seal search seat secure seed segment separate service set share shelve shield ship
  show sign sketch slice sort source split sponsor spray spread stack stamp staple start steam stitch stock stop store strip study substitute support survey switch tackle tag talk target tax
  tear test tie tile tint trace track trade train transfer transport trap trial trim try tune turn tweak twist type update upgrade use visit vote wait walk warm wash watch water weed win wind
  wipe wire work wrap`

const list = (text: string) => new Set(text.split(/\s+/))
const people = '(?:you(?: all| guys| two| three| both)?|u|ya|everyone|everybody|all of (?:you|us)|each of (?:you|us)|someone|somebody|sb|sbdy|anyone|anybody|one of you|the team)'
const soft = '(?:(?:please|really|definitely|finally|maybe|perhaps|probably|also|just|kindly|possibly|quickly) )*'

export const english: Words = {
  code: 'en',
  name: 'English',
  common: 'the and to of is for forget we it that you with this on be have are our not can will please need by should from who what i as at was a an in if all me my us or but so new there they don\'t let\'s i\'ll we\'ll i\'m'.split(' '),
  verbs: list(verbs),
  nounToo: list(nounToo),
  article: /^(?:the|a|an|our|my|your|his|her|their|all|some|any|every|each|both|another|whatever|what|how|this|that|it|them|everything|everyone|anything|people|new|one|two|three|four|five|six|ten|twelve|several|more|with|to|for|on|up|out|off|into|at|about|\d+|\p{Lu})(?!\p{L})/u,
  infinitive: /(?!)/,
  parts: /\b(?:with|including|of|about|on)$/i,
  filler: /^(?:while (?:(?:you|we)(?:'re| are)|s?he(?:'s| is)|i(?:'m| am)) at it|not sure (?:if|whether) [^,.]{3,40}? but|and|so|also|then|when(?:ever)? \p{L}+ ha(?:s|ve) (?:(?:some |a bit of |the )?time|a (?:minute|moment|chance))(?=\s*[:,])|next(?! thing)|finally|lastly|last(?= but| thing)|ok|okay|well|oh|hey|plus|maybe|perhaps|probably|just|actually|basically|but|btw|by the way|oh and|great|sure|perfect|no worries|sounds good|in addition|additionally|besides|on top of that|another thing|(?:the )?(?:next|first|last|other) thing(?: is)?|(?:the )?only (?:other )?thing (?:left|missing|open|remaining|to do)(?: is)?(?=\s*:)|(?:one|a|another)(?: \w+)? (?:thing|issue|point|request)|(?:last|small|tiny|quick|final) (?:thing|one|request)|(?:two|three|four|a few|a couple of|some|several)(?: \w+)? (?:things|points|questions|requests|asks)(?=\s*[:–—-])|i (?:think|guess|suppose|believe)(?: that)?|either|what (?:still |really )?(?:bugs|bothers|worries|annoys) me(?: is(?: that)?)?|in my opinion|(?:(?:even |more |most )*important(?:ly)?|urgent|nice to have|must have|optional)(?=\s*:)|please|pls|plz|kindly|ideally|if possible|if you can|when you get a chance|for now|meanwhile|in the meantime|afterwards|after that|once that is done|first(?! (?:thing|aid|floor|class|team|half|grade|year|prize|page|round|impression|quarter|semester|term)\b)(?:ly| of all)?|second(?:ly)?|third(?:ly)?|to ?do|action(?: item)?|task|ai|ap|(?:note|reminder|memo) to self|reminder|heads up|(?:bug|open|still open)(?=\s*:))(?:\s*[,:;–—]+\s*|\s+[-–—]+\s+|\s+)/iu,
  leadIn: new RegExp('^(?:' + [
    `(?:does|do|would|will|can|could) ${people} have (?:the |any |some )?(?:time|a (?:minute|moment)|capacity) to `,
    `(?:is )?${people} (?:up for|willing to|able to|happy to|free to) `,
    `(?:can|could|would|will) ${people} ${soft}(?:be so kind (?:as )?to |be able to |mind )?`,
    `(?:can|could|shall|should) we ${soft}`,
    `(?:\\p{L}+ and i|i|we)(?:'d| would) (?:really )?(?:like|love|want|appreciate it if|be grateful if) (?:(?:${people}|us) )?(?:to |could |would )?(?=[a-z]+ )(?!a |an |the |some |more )`,
    `(?:i|we|you) (?:still |also |really |just |urgently )*(?:need|want) ${people} to ${soft}`,
    `(?:we|you|someone|somebody|${people}) (?:still |also |really |just |only |urgently |probably )*(?:should|must|have to|has to|need to|needs to|ought to|gotta|want to|will|'ll|are going to) ${soft}(?:all )?`,
    `we'll ${soft}`,
    `(?:have|get) (?:someone|somebody|one of you) (?:to )?`,
    `we could (?!only |still |barely |hardly |always |never |not )${soft}`,
    `${people} please (?:also )?`,
    `(?:what|all) (?:i|we)(?:'d)? (?:really |still )?(?:need|want|like) is (?:for )?${people} (?:who (?:can|could) |to )`,
    `(?:let's|lets|let us) ${soft}(?:also )?`,
    `(?:it would|it'd|would) be (?:great|nice|good|helpful|useful|cool|awesome|lovely) (?:if|to) (?!something|nothing|things|it\\b|this|that)(?:${people} |we |i )?(?:could |can |would )?`,
    `(?:i|we)(?:'d| would) be (?:glad|happy|grateful|delighted) if ${people} (?:could |would |can )?`,
    `(?:don't|do not|never) forget to `,
    `(?:remember|be sure|try|make sure|need|needs|want|have) to `,
    `it (?:would|might|could) (?:make sense|be worth(?:while| it)?|be an idea)(?: at some point| maybe| perhaps)? to `,
    `(?:is it|would it be) possible to `,
    `(?:i was|i'm|i am) wondering (?:if|whether) (?:${people} |we )(?:could |can )?`,
    `any chance (?:that )?(?:${people} |we )(?:could |can )?`,
    `(?:the|your) (?:task|goal|job|plan|idea|aim) is to `,
    `it(?:'s| is) time to `,
  ].join('|') + ')', 'iu'),
  own: /^(?:i(?:'ll| will)? (?:take care of|look after|see to)|i'll|i'd(?= (?:do|take|make|bring|buy|handle) )|i will|i'm going to|i am going to|i (?:still |also |really |just )*(?:need to|have to|must|should|can|could|gotta|ought to)|let me|remind me to|me to|i want to|i plan to)\s+(?:also |just |then |probably |quickly )*/i,
  want: /^(?:what(?:'s| is) (?:still )?missing is|(?:they|he|she|the (?:client|customer|landlord|school|council))(?:'d| would) like(?= (?:an?|some|the|new) )|(?:what|all) (?:i|we) (?:really |still )?need is|(?:i|we)(?:'d| would) (?:really |still |also )*need|i wish (?:we|i|there) (?:had|was|were)|(?:i|we|you|they) (?:still |also |really |just |urgently |desperately )*(?:(?:need|want)(?! to\b)|require|lack|are missing|are lacking)|(?:i|we)(?:'d| would) (?:(?:really|also|still) )*(?:like|love|appreciate)(?: to have| to get)?|(?:does )?(?:anyone|anybody|someone|somebody) knows?(?= an? )|there (?:should|must) be|need(?:s|ed)?(?=\s+(?:someone|somebody|a|an|the|our|new|more|some|better|another|\d+)\b)|nice to have:?|(?:don't|do not) forget(?: about)?(?!\s+(?:to|that)\b)|it(?:'d| would) be (?:great|nice|good) to have|(?:looking for|needed|wanted|missing):?)\s+/i,
  trouble: /\b(?:has not|hasn't|have not|haven't) (?:been )?\w+(?:ed|ent|en)\b|\b(?:is|are|was|keeps?|seems?) (?:\w+ )?(?:broken|down(?! (?:from|to|by)\b)|wrong|missing|outdated|out of date|out of order|slow|failing|crashing|stuck|blocked|clogged|jammed|dead|leaking|overflowing|empty|late|unclear|confusing)\b|\b(?:is|are)(?:n't| not) (?:there|here|ready|written)(?: yet)?(?=[.!,;]|\s*$)|(?:\b(?:is|are)|'s|'re) (?:nearly|almost) (?:gone|empty|out|used up)\b|\bshows? (?:the |a )?wrong\b|\b(?:fails|crashes|freezes|hangs|breaks)\b(?! (?:to|the|a|up|out)\b)|\bway too \w+|\bstill (?:says?|shows?|lists?|points? to|links? to)\b|^there(?:'s| is| are)(?: still| currently)? no (?!rush|hurry|problem|need|doubt|way|reason|point|time|budget|one\b|change|news|result|question|other|longer|more\b|action)|^there(?:'s| is| are) (?:an? |some |still |another )*(?:typos?|mistakes?|errors?|bugs?|holes?|leaks?|cracks?|problems?)\b|^(?:we are|we're|we) (?:still )?(?:(?:running|getting) (?:low|short) (?:on|of)|running out of|(?:nearly |almost )?out of|ran out of|have run out of|have no)\b|^(?:nobody|no one) (?:has|have)\b(?! (?:\w+ )?complained)|\b(?:does not|doesn't|do not|don't|no longer|won't|cannot|can't) (?:work|load|open|print|start|sync|save|match|show|add up|understand|find)\b|\b(?:broken|outdated|missing)\W*$|\b(?:bug|crash|error|problem|leak) (?:in|on|with|when)\b|(?<!\b(?:nobody|no one)(?: has| have)? )\bcomplain(?:s|ed|ing)?\b|\bneeds? (?:a |an |to be |some |more |new |fixing|updating|cleaning|replacing)/i,
  does: /^\s*(?:said (?:that )?(?:she|he|they)(?:'d|'ll| would| will| can| could)|,?\s*(?:can|could|would|will) you(?: please| maybe)?|to|will|should|could|can|must|has to|needs to|is going to|are going to|'s (?:going|supposed) to|is to|would(?! (?:like|love|prefer)\b)|'ll|shall|please|pls|plz|(?:(?:has|have|'s) )?(?:kindly )?(?:offered to|agreed to|promised to|volunteered to)|wants to|only (?:needs|has) to|just (?:needs|has) to|is supposed to|,? (?:can|could|would) you(?: please)?|,? please)\s+(?:also |please |then |probably )*/i,
  given: /(?:\b(?:assign(?:ed)?(?: (?:this|it|that))? to|assignee|owner|owned by|responsible|dri|lead|who|give (?:this|it|that) to|handled by|done by|over to|up to)[:\s]*|(?:→|->|=>)\s*)$/i,
  handed: { before: /(?:^(?:i|we)(?:'ve| have)? (?:already |just )*(?:asked|told)\s+|^(?:i|we)(?: (?:still |also )?(?:need|want|would like)|'d like)\s+|^it(?:'s| is) (?:on|up to)\s+|^(?:is it|would it be|it would be (?:great|nice|good|possible)|it'd be (?:great|nice|good))(?: possible)? (?:for|if)\s+|\b(?:ask|tell|have|get|let|want|need|would like|'d like|for)\s+|^(?:can|could|would|will|should|maybe|perhaps|i think|i guess|and)\s+)(?:(?:the|our) )?$/i, after: /^\s+(?:(?:can|could|should|will|please|to)\s+)*/i },
  goesOn: /^(?:due (?:on|by|date)\b|deadline\b|(?:an? |as an? )?(?:list|table|spreadsheet|summary|overview) with\b|make sure|ensure|keep (?:it|them|this|that)|make (?:it|them|this|that)\b|include|mention|use |avoid|(?:don't|do not)(?! forget)|no need|it |it's|its |they|this |that |these |those |ideally|otherwise|for example|e\.g\.|because|since|if (?:it (?!rains|snows)|they|that|possible|not|so|yes|no)|same (?:for|goes)|nothing fancy|not (?:too|more)|the new one |nothing |(?:and )?(?:tell|show|send) (?:me|us)\b(?! (?:the|an?|our|your|some|two|three|\d+) (?!results?|summary|numbers?|total|outcome|list|draft|answer)\p{L})|(?:it |this |they )?(?:would |will )?(?:needs?|has|have) to be (?!\p{L}+ed\b)|recommend (?:one|the best|which)|(?:max(?:imum)?|no more than|at most)\.? |(?:and )?\p{L}+ each (?:of them|one|at|once)\b|(?:customers|guests|users|people|everyone|everybody|nobody) |let me know|report back|get back to me)/iu,
  refers: /(?<!\b(?:if|whether|that|because|when|how|until|so|once|as|where|why|what) )\b(?:it|them|(?<!for )him|this|those|these)\b(?!'s)(?!\s+(?:week|month|year|quarter|morning|afternoon|evening|friday|monday|tuesday|wednesday|thursday|saturday|sunday|\w+s\b))/i,
  good: /^(?:(?:a good result|acceptance(?: criteria)?|definition of done|done (?:when|if)|success)(?: has| is| means)?[:\s]+|(?:it|this|that|they|the (?:result|report|document|page|text|plan|list|draft|deck|summary|post|letter|site|tool|app|output|table|slides?|note))\s+(?:should|must|has to|have to|needs? to)\s+|make sure (?:that )?|ensure (?:that )?|keep it )/i,
  including: /,?\s+(?:including|which (?:should|must) (?:have|include|contain|cover)|that (?:covers|includes|contains|has)|(?:it )?(?:should|must) (?:include|contain|cover|have))\s*:?\s+/i,
  first: /^(?:first(?:ly)?|first of all|to begin with|start by|step 1|before anything else)\b/i,
  then: /^(?:(?:and )?then|after (?:that|this|which)|afterwards|next|once (?:that|this|it)(?:'s| is| has been) (?:done|finished|ready|through|approved|in place|live|decided)|when (?:that|this|it)(?:'s| is) (?:done|finished|ready|approved)|finally|lastly|step \d+|subsequently|following that)\b/i,
  once: /\b(?:once|after|as soon as|when|if)\s+(.+?)\s+(?:is|are|has been|have been|was|were)\s+(?:done|finished|ready|complete|completed|in|out|through|live|approved|signed|there|in place|decided|sent|published|fixed|confirmed|booked|back|over|merged|agreed|written|set up|paid|installed|chosen)(?=[,.;)!?]|\s|$)|\b(?:depends on|blocked by|waiting for|waits for)\s+(.+?)(?=[,.;)!?]|$)/i,
  urgent: /\b(?:urgent(?:ly)?|asap|a\.s\.a\.p\.?|as soon as possible|immediately|right away|emergency(?=\s*(?:[:!.,)]|$))|critical|drop everything|p0|showstopper)\b|(?<!important\W*)!!+/i,
  high: /\b(?:important|high(?:est)? prio(?:rity)?|top prio(?:rity)?|prio(?:rity)? (?:high|1|one)|priority: high|p1|must not slip|crucial)\b/i,
  low: /\b(?:when(?:ever)? (?:there(?:'s| is) |you (?:have|find|get) |we (?:have|find) |i (?:have|find) )?(?:some |a bit of |the |a )?(?:time|chance|moment)|no (?:rush|hurry)|not urgent|isn't urgent|is not urgent|low prio(?:rity)?|prio(?:rity)?:? low|(?<!be )nice to have|some ?day|eventually|at some point|if there(?:'s| is) time|p3|whenever)\b/i,
  small: /\b(?:quick(?:ly)?|small|tiny|little|minor|typos?|short|simple|five minutes|5 minutes|one-liner|just)\b/i,
  large: /\b(?:big|huge|large|major|complete(?:ly)?|entire|whole|from scratch|overhaul|rewrite|redesign|migrat(?:e|ion)|relaunch|strategy|end.to.end|rebuild)\b/i,
  due: /(?:\b(?:(?:expires?|runs? out|ends?)(?: on)?|by|before|until|till|til|first thing(?: on| in the morning)?|due(?: date| on| by| in| is)?|deadline(?: for [\w ]{1,30}?)?(?: is| on)?|no later than|not later than|at the latest(?: by)?|latest|on|in time for|for|ready (?:by|for|on)|needed (?:by|on)|within|(?<!\b(?:can|could|will|would|may|might|to) )come|not after)|[:(–—-])\s*(?:the |about |around |latest |end of |close of )*$/i,
  notDue: /\b(?:to|since|from|after|of|starting|beginning|last|past|between|as of|dated|until now|was|were|had|every|each|per|than|'s|’s|in the|for the|during|on the)\s*(?:on |the )*$/i,
}
