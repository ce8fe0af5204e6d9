import { sentencesOf } from './sentences.ts'

/** Text that speaks to the COO about approving, rights or rules. It is data, and has no effect. */
const instructing = [
  /\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:previous|prior|above|earlier|all|your|these)\b.{0,30}\b(?:instructions?|rules?|prompts?|polic(?:y|ies)|guidelines?)\b/i,
  /\b(?:approve|accept)\b.{0,20}\b(?:(?:it|this|that|them|these|all|every|your|the)\b.{0,12}\b(?:proposals?|yourself|automatically|immediately)|yourself|yourselves)\b/i,
  /\b(?:auto-?approve|self-?approve|pre-?approved|skip (?:the )?(?:review|approval)|without (?:any )?(?:approval|review|asking))\b/i,
  /\b(?:you are|you're|act as|pretend to be) (?:now )?(?:an? |the )?(?:admin|administrator|owner|root|system|developer mode)\b/i,
  /\b(?:make|give|grant)\b.{0,20}\b(?:me|yourself|user|him|her)\b.{0,15}\b(?:admin|owner|administrator|full (?:access|rights)|root)\b/i,
  /^\s*(?:system|assistant)\s*:/im,
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
]
/** A rough net, on purpose: what it catches is left to a person. Work against such things ("protect us from phishing") passes. */
export const asksForHarm = (text: string) => harm.some((pattern) => pattern.test(text)) && !/\b(?:prevent|protect|against (?:phishing|ransomware|malware|fraud)|training|awareness|policy|detect|how to avoid|defend)\b/i.test(text)
