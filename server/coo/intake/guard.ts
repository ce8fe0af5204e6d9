import { sentencesOf } from './sentences.ts'

/** Text that speaks to the COO about approving, rights or rules. It is data, and has no effect. */
const instructing = [
  /\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:previous|prior|above|earlier|all|your|these)\b.{0,30}\b(?:instructions?|rules?|prompts?|polic(?:y|ies)|guidelines?)\b/i,
  /\b(?:approve|accept)\b.{0,20}\b(?:(?:it|this|that|them|these|all|every|everything|your|the)\b.{0,12}\b(?:proposals?|yourself|automatically|immediately)|yourself|yourselves)\b/i,
  /\b(?:auto-?approve|self-?approve|pre-?approved|skip (?:the )?(?:review|approval)|without (?:any )?(?:approval|review|asking))\b/i,
  /\b(?:you are|you're|act as|pretend to be) (?:now )?(?:an? |the )?(?:admin|administrator|owner|root|system|developer mode)\b/i,
  /\b(?:make|give|grant)\b.{0,20}\b(?:me|yourself|user|him|her)\b.{0,15}\b(?:admin|owner|administrator|full (?:access|rights)|root)\b/i,
  /^\s*(?:system|assistant)\s*:/im,
  // German, French, Spanish
  /(?<!\p{L})(?:genehmig\p{L}*|bestätig\p{L}*|akzeptier\p{L}*|gib|freigeben|freizugeben)(?!\p{L}).{0,40}(?<!\p{L})(?:vorschl[aä]\p{L}*|selbst|automatisch|dir selbst)(?!\p{L})|(?<!\p{L})(?:vorschl[aä]\p{L}*|selbst|automatisch)(?!\p{L}).{0,30}(?<!\p{L})(?:genehmig\p{L}*|freigeben|freizugeben)(?!\p{L})/iu,
  /(?<!\p{L})ignorier\p{L}*(?!\p{L}).{0,30}(?<!\p{L})(?:anweisung\p{L}*|regeln?|vorgaben?)(?!\p{L})|(?<!\p{L})du bist (?:jetzt|nun|ab sofort) (?:ein |der )?(?:admin|administrator|besitzer|eigentümer)/iu,
  /(?<!\p{L})approuve[zr]?(?!\p{L}).{0,40}(?<!\p{L})(?:propositions?|toi-même|vous-même|automatiquement)(?!\p{L})|(?<!\p{L})ignore[zr]?(?!\p{L}).{0,40}(?<!\p{L})(?:instructions|règles|consignes)(?!\p{L})|(?<!\p{L})(?:tu es|vous êtes) (?:maintenant|désormais) (?:un |l')?(?:admin|propriétaire)/iu,
  /(?<!\p{L})(?:aprueb\p{L}*|aprobar)(?!\p{L}).{0,40}(?<!\p{L})(?:propuestas?|tú mismo|automáticamente)(?!\p{L})|(?<!\p{L})apruébal[oa]s?(?!\p{L})|(?<!\p{L})ignora\p{L}*(?!\p{L}).{0,40}(?<!\p{L})(?:instrucciones|reglas)(?!\p{L})|(?<!\p{L})(?:ahora eres|eres ahora) (?:el |un )?(?:admin|propietario)/iu,
  /\bmark (?:all|every|this|it|them)(?: \w+){0,2} (?:as )?(?:done|approved)\b/i,
]
export const instructsUs = (text: string) => instructing.some((pattern) => pattern.test(text))

/** The text without its sentences that do, and without lines that pose as somebody with more rights. */
export const withoutInstructions = (text: string) => text.split('\n').flatMap((line) => {
  if (!instructsUs(line)) return [line]
  if (/^\s*(?:system|assistant)\s*:/i.test(line)) return []
  const kept = sentencesOf(line).filter((sentence) => !instructsUs(sentence)).join(' ')
  return kept === '' ? [] : [kept]
}).join('\n')

const harm = [
  /\b(?:build|make|construct|assemble|plant|buy)\b.{0,20}\b(?:bombs?|explosives?|pipe bomb|nerve gas|bioweapons?|chemical weapons?)\b/i,
  /\b(?:kill|murder|poison|stab|shoot|assassinate|kidnap|hurt|beat up)\b.{0,20}\b(?:him|her|them|someone|somebody|people|our|my|the (?:boss|neighbou?r|ceo|customers?)|wife|husband|colleague|employee)\b/i,
  /\b(?:poison|contaminate|spike)\b.{0,20}\b(?:water|food|drinks?|wells?|air|coffee|supply|reservoir)\b/i,
  /\b(?:sabotage|tamper with)\b.{0,30}\b(?:brakes?|cars?|alarms?|machines?|lifts?|trains?|planes?|railways?|power|grid|equipment|work of)\b/i,
  /(?<!\p{L})(?:umbringen|ermorden|vergiften|bombe(?:n)? bauen|empoisonner|assassiner|fabriquer une bombe|envenenar|asesinar|fabricar una bomba)(?!\p{L})/iu,
  /\b(?:hack|break) into\b.{0,40}\b(?:account|email|server|bank|database|house|office|network|phone|system)s?\b/i,
  /\b(?:steal|phish|exfiltrate|leak)\b.{0,30}\b(?:passwords?|credentials?|credit cards?|customer data|data|identit(?:y|ies)|money|secrets?)\b/i,
  /\b(?:ransomware|keylogger|malware|spyware|ddos|denial of service attack)\b.{0,40}\b(?:write|create|install|deploy|send|launch|against|on)\b|\b(?:write|create|install|deploy|send|launch)\b.{0,20}\b(?:ransomware|a keylogger|malware|spyware|ddos|phishing)\b/i,
  /\b(?:forge|fake|falsify|launder)\b.{0,20}\b(?:signature|invoices?|passport|documents?|money|receipts?|accounts|books|evidence)\b/i,
  /\b(?:bribe|blackmail|extort|threaten|stalk|dox)\b/i,
  /\b(?:threaten(?:s|ing)?|blackmail(?:s|ing)?|intimidat(?:e|es|ing)|beat(?:ing)?)\s+(?:up\s+)?(?:(?:our|my|the|his|her|their|a|some) (?:\w+ )?(?:landlord|neighbou?r|boss|customers?|colleagues?|employees?|competitors?|witness(?:es)?|owner|tenants?|ex|supplier|judge|inspector)|him|her|them|someone|somebody)\b/i,
  /\bbeat \w+ up\b/i,
  /\b(?:get|log|sneak|look) into\b.{0,40}\b(?:e-?mails?|accounts?|phone|computer|mailbox|laptop|messages)\b.{0,40}\b(?:without|secretly|unnoticed|behind (?:his|her|their) back)\b/i,
  /\b(?:write|post|buy|make|create|get)\b.{0,30}\bfake\b.{0,30}\breviews?\b/i,
  /\b(?:pregnan\w+|religio\w+|race|disabled|disability|gay|muslims?|jews?)\b.{0,40}\b(?:fire|sack|dismiss|get rid of)\b|\b(?:fire|sack|dismiss)\b.{0,40}\b(?:pregnan\w+|because of (?:her|his|their) (?:religion|race|age|gender|disability))\b/i,
  // German, French, Spanish
  /(?<!\p{L})(?:stehlen|stehle|stiehlt|klauen|klaut|ausspähen|ausspäht|hacken|hackt)(?!\p{L}).{0,60}(?:passw|daten|kont|geld)|(?:passw\p{L}*|daten|kont\p{L}*|geld).{0,60}(?<!\p{L})(?:stehlen|stiehlt|klauen|ausspähen|hacken)(?!\p{L})/iu,
  /(?:bremsen|alarm\p{L}*|auto|maschine\p{L}*|wahl).{0,40}(?<!\p{L})(?:manipulieren|sabotieren)(?!\p{L})|(?<!\p{L})(?:erpressen|bedrohen|bestechen|verprügeln|drohbrief)(?!\p{L})|(?:rechnung|unterschrift|ausweis|beleg|dokument)\p{L}*.{0,30}(?<!\p{L})fälschen(?!\p{L})/iu,
  /(?<!\p{L})(?:voler|vole[sz]?|pirater|pirate[sz]?)(?!\p{L}).{0,40}(?:mots? de passe|données|argent|identité|comptes?)|(?<!\p{L})(?:lettre de menaces?|menacer|saboter|soudoyer|faire chanter|chantage|falsifier)(?!\p{L})/iu,
  /(?<!\p{L})(?:robar|roba|robe|hackear|hackea|piratear)(?!\p{L}).{0,40}(?:contraseñas?|datos|dinero|identidad|cuentas?)|(?<!\p{L})(?:carta de amenazas?|amenazar|sabotear|sobornar|chantajear|falsificar)(?!\p{L})/iu,
  /(?<!\p{L})(?:virus|trojan\p{L}*|troyano|cheval de troie)(?!\p{L}).{0,40}(?<!\p{L})(?:schreiben|programmieren|installieren|verschicken|computer|rechner|ordinateur|ordenador)(?!\p{L})|(?<!\p{L})(?:write|create|schreib\p{L}*|programmier\p{L}*|écri\p{L}*|crée\p{L}*|escrib\p{L}*|crea\p{L}*) (?:a|an|einen?|un|une) (?:\p{L}+ )?(?:virus|trojan\p{L}*|troyano)(?!\p{L})/iu,
]
/** A rough net, on purpose: what it catches is left to a person. Work against such things ("protect us from phishing") passes. */
export const asksForHarm = (text: string) => harm.some((pattern) => pattern.test(text)) && !/\b(?:prevent|protect|against (?:phishing|ransomware|malware|fraud)|training|awareness|policy|detect|how to avoid|defend)\b|(?<!\p{L})(?:schütz\p{L}*|schutz|vorbeug\p{L}*|schulung|prévenir|prévention|protég\p{L}*|formation|prevenir|prevención|proteger\p{L}*|formación|antivirus)(?!\p{L})/iu.test(text)
