import type { Words } from './words.ts'

/** What stands apart from its verb: "ruft … an". */
export const separable = 'auf|an|ab|aus|ein|vor|zu|mit|nach|um|durch|zusammen|weg|her|hin|los|fest|frei'

const list = (text: string) => new Set(text.split(/\s+/))
const soft = '(?:(?:bitte|vielleicht|noch|mal|auch|kurz|eben|mir|uns) )*'

export const german: Words = {
  code: 'de',
  name: 'German',
  common: 'der die das und zu ist für wir es nicht mit auf ein eine den dem bis bitte kannst ich auch von noch soll muss müssen wer was sich im am bei oder alle'.split(' '),
  verbs: list(`bedanken melden treffen kümmern aktualisiere aktualisieren analysiere analysieren antworten baue beantworten bereite bestelle bestellen besorge besorgen buche buchen bringe bringen drucke drucken
    einladen entferne entfernen entscheiden erstelle erstellen entwerfen entwirf finde finden frage fragen führe füge hole holen informieren informiere installieren klären
    kläre kaufe kaufen kontaktiere kontaktieren korrigiere korrigieren lade leere leeren lies liste mache mach machen melden miete mieten organisiere organisieren plane
    planen prüfe prüfen putze putzen räume rufe reparieren repariere reserviere reservieren sammle sammeln schicke schicken schreibe schreib schreiben sende senden starte
    stelle suche suchen teste testen übersetze übersetzen überprüfe überprüfen vereinbare vereinbaren vergleiche vergleichen veröffentliche veröffentlichen verschicke
    verschicken versende vorbereiten wechsle wechseln zahle zahlen zeichne zusammenfassen bezahlen abholen anrufen aufräumen ausdrucken absagen bearbeiten abgeben abklären
    abmelden abrechnen abschicken absprechen abstimmen anbieten anfordern anfragen anlegen anmelden annehmen anpassen anschauen ansehen aufbauen auffüllen aufhängen aufnehmen
    aufstellen ausfüllen aushängen ausleihen ausmessen austauschen auswerten backen basteln bauen beauftragen begrüßen belegen benachrichtigen beraten berechnen bereithalten
    bereitstellen beschaffen beschriften besichtigen besprechen bestätigen besuchen betreuen dekorieren dokumentieren durchführen durchgehen einholen einkaufen einpflegen
    einreichen einrichten einräumen einsammeln einsetzen einstellen eintragen entkalken entsorgen erfassen erfragen ergänzen erinnern erledigen ermitteln erneuern ersetzen
    fahren fertigstellen fotografieren freigeben freischalten füllen gestalten gießen herausfinden hochladen kalkulieren kochen kopieren kündigen laminieren lassen liefern
    löschen malen markieren messen mitbringen montieren nachbestellen nachfragen nachschauen notieren packen pflanzen pflegen posten recherchieren reinigen renovieren rufen
    räumen schließen schmücken schneiden sortieren sperren spülen stellen stornieren streichen tauschen telefonieren umbuchen ummelden umstellen unterschreiben unterstützen
    verabschieden verkaufen verlegen verlängern vermieten verpacken verschieben verteilen verwalten vorschlagen vorstellen waschen wegbringen weiterleiten zeigen zurückgeben
    zurückrufen zurückschicken zusagen zusammenstellen zuschicken zählen öffnen überarbeiten übergeben übernehmen überweisen`),
  nounToo: list('frage liste plane messen essen fahren waschen'),
  article: /^(?:der|die|das|den|dem|ein|eine|einen|alle|zwei|drei|vier|fünf|sechs|zehn|neue|neuen|unsere?n?|meine?n?|\d+|\p{Lu})(?!\p{L})/u,
  infinitive: /\s\p{Ll}+(?:en|ern|eln)(?=\s+(?:bis|am|vor|für|zum|zur|ab|um|mit|bei|in|an)(?!\p{L})|[.!]*$)/u,
  parts: /(?<!\p{L})(?:mit|über|aus|für)$/iu,
  filler: /^(?:und|(?:kurze|kleine|eine) (?:bitte|frage)(?=\s*[:–—-])|also|ansonsten|des weiteren|(?:zwei|drei|ein paar|einige) (?:sachen|dinge|punkte|fragen|bitten)(?=\s*[:–—-])|dann|außerdem|ausserdem|zudem|danach|anschließend|bitte|ok|okay|ach ja|übrigens|noch was|zuerst|als erstes|erstens|zweitens|drittens|schließlich|zum schluss|todo|aufgabe)(?:\s*[,:;–—]+\s*|\s+[-–—]+\s+|\s+)/i,
  leadIn: new RegExp('^(?:' + [
    `(?:kannst|könntest|magst|würdest) du ${soft}`, `(?:könnt|könntet|würdet) ihr ${soft}`, `(?:können|könnten|würden) sie ${soft}`, `(?:kann|könnte) (?:jemand|bitte jemand|einer) ${soft}`,
    `(?:können|könnten|sollen|sollten|wollen) wir ${soft}`, `(?:müssen|müssten|sollten|sollen) wir ${soft}`, `(?:muss|müsste|sollte|soll) (?:jemand|man|einer) ${soft}`, `(?:es )?wäre (?:es )?möglich, (?:dass (?:jemand|ihr|du|sie) )?${soft}`, `wir (?:müssen|sollten|sollen|wollen|könnten) ${soft}`, `(?:man|jemand|du) (?:muss|müsste|sollte|musst|solltest) ${soft}`, `ich (?:möchte|hätte gerne?), dass ${soft}`, `lasst uns ${soft}`, `denk(?:e|t|en sie)? (?:bitte )?an `, `denk(?:e|t|en sie)? (?:bitte )?daran,? (?:dass )?`, `(?:es wäre|wäre es) (?:gut|schön|toll|super|klasse|nett|prima|hilfreich),? (?:wenn|dass) (?:du|ihr|wir|jemand) ${soft}`,
  ].join('|') + ')', 'i'),
  own: /^(?:ich kümmere mich (?:[^,.;:]{1,30}? )?um|ich (?:werde|muss|sollte|will|kann|möchte)|erinnere mich daran,)\s+(?:noch |auch )*/i,
  want: /^(?:(?:brauchen|bräuchten|benötigen) wir(?: noch| auch| dringend)*|(?:wir|ich) (?:brauchen?|bräuchten?|benötigen?|hätten? gerne?|wünschen? (?:uns|mir))|(?:ich|wir) suchen?(?: noch| auch| dringend)*|gebraucht wird|es braucht|gesucht:?)\s+/i,
  trouble: /\b(?:ist|sind) (?:\p{L}+ )?(?:kaputt|defekt|veraltet|falsch|langsam|leer|undicht)(?!\p{L})|\b(?:funktioniert|geht|lädt|startet|druckt) (?:\p{L}+ )?nicht(?!\p{L})|\bfehler (?:in|im|auf|bei)(?!\p{L})|(?<!\p{L})zeigt (?:\p{L}+ ){0,3}falsch|(?<!\p{L})(?:muss|müssen|soll|sollte|sollen|sollten)(?!\p{L})|^es gibt (?:noch |immer noch )?kein|^(?:hier |es )?fehl(?:t|en)(?!\p{L})|^(?:im|in der|am|an der|auf der|auf dem) [^,]{2,40}? fehl(?:t|en)(?!\p{L})|^wir haben (?:noch )?kein/iu,
  does: /^\s*(?:möchte(?= bitte)|soll(?:te|ten|en)?|müssen|können|könnten|werden|muss|kann|wird|könnte|darf|übernimmt|macht|,? (?:kannst|könntest) du(?: bitte)?|,? bitte)\s+(?:noch |auch |bitte )*/i,
  given: /(?:[,;]\s*(?:und )?das (?:macht|übernimmt|erledigt)\s+|\b(?:zuständig|verantwortlich|wer)[:\s]+|(?:→|->|=>)\s*)$/i,
  handed: { before: /(?:^(?:es )?wäre (?:es )?(?:\p{L}+ )?(?:gut|schön|toll|super|klasse|nett|prima|hilfreich|möglich),? (?:wenn|dass)\s+|^(?:kann|könnte|soll|sollte|muss|müsste|darf|vielleicht kann)\s+)$/iu, after: /^\s+(?:bitte |noch |auch |das )*/i },
  goesOn: /^(?:achte|achtet|(?:es|sie|er|das) (?=ist|sind|soll|sollte|muss|müssen|wäre|wird|werden|kann|darf|hat|geht)|dies|dabei|nicht |denn|weil|falls|wenn (?:möglich|es)|am besten|zum beispiel)/i,
  refers: /(?<!\p{L})(?:ihn|sie|es|dies(?:e[nrs]?)?)(?!\p{L})/iu,
  good: /^(?:(?:fertig,? wenn|akzeptanzkriterien|ein gutes ergebnis hat)[:\s]+|(?:es|sie|er|das ergebnis|der bericht|die seite|der text) (?:soll(?:te)?|muss) |achte darauf, dass )/i,
  including: /,?\s+(?:inklusive|einschließlich|mit folgendem inhalt)\s*:?\s+/i,
  first: /^(?:zuerst|als erstes|zunächst|erst)(?!\p{L})/iu,
  then: /^(?:(?:und )?dann|danach|anschließend|im anschluss|wenn das (?:fertig|erledigt) ist|sobald das (?:fertig|erledigt) ist|zum schluss|schließlich)(?!\p{L})/iu,
  once: /(?<!\p{L})(?:sobald|nachdem|erst wenn|wenn)\s+(.+?)\s+(?:fertig|da|erledigt|bestätigt|geklärt|gebucht|freigegeben)(?: (?:ist|sind|wurde))?(?=[,.;)!?]|$)/iu,
  urgent: /(?<!\p{L})(?:dringend|sofort|eilt|eilig|asap|so schnell wie möglich|schnellstmöglich|umgehend)(?!\p{L})|!!+/iu,
  high: /(?<!\p{L})(?:wichtig|hohe priorität|prio 1|höchste priorität)(?!\p{L})/iu,
  low: /(?<!\p{L})(?:wenn (?:mal )?zeit ist|wenn du zeit hast|bei gelegenheit|irgendwann|nicht (?:dringend|eilig)|eilt nicht|keine eile|niedrige priorität)(?!\p{L})/iu,
  small: /(?<!\p{L})(?:kurz|schnell|klein(?:e[rsn]?)?|tippfehler)(?!\p{L})/iu,
  large: /(?<!\p{L})(?:groß(?:e[rsn]?)?|komplett(?:e[rsn]?)?|gesamte[rsn]?|von grund auf|umzug|neu aufbauen|strategie)(?!\p{L})/iu,
  due: /(?:(?<!\p{L})(?:bis(?: zum| spätestens| spät\. )?|spätestens(?: am| bis)?|vor(?: dem)?|am|fällig(?: am)?|frist|deadline|zum|für)|[:(–—-])\s*(?:den |dem |zum )*$/iu,
  notDue: /(?<!\p{L})(?:seit|von|vom|ab|nach|letzte[nrsm]?|vergangene[nrsm]?|jede[nrsm]?|zwischen|war|im)\s*(?:dem |den )*$/iu,
}
