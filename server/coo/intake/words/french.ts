import type { Words } from './words.ts'

const list = (text: string) => new Set(text.split(/\s+/))

export const french: Words = {
  code: 'fr',
  name: 'French',
  common: 'le la les de des du et est pour nous il une un pas avec sur dans que vous au aux ce cette peux pouvez faut merci je avant par qui ou à'.split(' '),
  verbs: list(`passer rajouter apporter acheter ajouter analyser appeler apporter archiver commander comparer confirmer contacter corriger créer décider demander distribuer écrire effacer envoyer faire fixer
    imprimer installer inviter lancer lire louer mettre nettoyer organiser payer planifier préparer présenter publier ranger rappeler rassembler rédiger relire remplacer
    renvoyer réparer répondre réserver résumer réviser supprimer tester traduire trouver vérifier vider envoyez préparez vérifiez réservez écrivez rédigez organisez traduisez
    corrigez appelez achetez prépare envoie vérifie réserve écris rédige organise traduis corrige appelle achète accrocher accueillir actualiser adapter afficher aller
    annoncer annuler arroser assembler attribuer avertir balayer bloquer boucler changer charger chercher chiffrer choisir classer coller compléter compter concevoir conclure
    convoquer copier couper cuire cuisiner dessiner dresser débarrasser déboucher décorer déménager déplacer déposer détartrer emballer embaucher emprunter encaisser enlever
    enregistrer entretenir examiner expédier facturer faxer fermer finir fournir graver indiquer informer inscrire laver livrer mener mesurer modifier monter noter négocier
    ouvrir peindre photographier plier poser poster prendre programmer proposer prévenir prévoir racheter recevoir rechercher regarder relancer relever remettre remplir
    rendre repasser repeindre reporter restituer retirer retrouver récupérer régler résilier réunir sortir stocker suivre surveiller tailler tenir terminer transférer
    transmettre trier télécharger téléphoner vendre venir virer visiter voir établir étiqueter évaluer`),
  nounToo: list('louer réserve'),
  article: /^(?:le|la|les|l'|un|une|des|du|notre|nos|mon|ma|mes|tous|toutes|\d+|\p{Lu})(?!\p{L})/u,
  infinitive: /^(?:\p{Ll}|\p{Lu})\p{Ll}+(?:er|ir|re)\s+(?:le|la|les|l'|un|une|des|du|au|aux|à|nos|notre|mon|ma|mes|tous|toutes|\d|\p{Lu})/u,
  parts: /(?<!\p{L})(?:avec|sur|comprenant|contenant)$/iu,
  filler: /^(?:moi(?=\s*,)|est-ce que(?= \p{Lu}\p{Ll})|et|aussi|par ailleurs|en outre|de plus|sinon|(?:deux|trois|quelques|plusieurs) (?:choses|points|questions|demandes)(?=\s*[:–—-])|ensuite|puis|après|alors|enfin|donc|d'abord|premièrement|deuxièmement|s'il (?:te|vous) pla[iî]t|svp|stp|au fait|à faire)(?:\s*[,:;–—]+\s*|\s+[-–—]+\s+|\s+)/iu,
  leadIn: /^(?:(?:peux|pourrais|veux)[- ]tu |(?:pouvez|pourriez|voulez)[- ]vous |(?:est-ce que |est-ce qu')?(?:tu peux|tu pourrais|vous pouvez|vous pourriez|on peut|on pourrait|quelqu'un peut|quelqu'un pourrait|quelqu'un doit|quelqu'un devrait) |(?:pourrait|peut|devrait)-on |(?:serait-il|est-il|il serait) possible de |merci de |il (?:faut|faudrait|faudra) (?:(?:aussi |également )?que quelqu'un (?:vienne |aille )?)?|(?:on|nous) (?:doit|devons|devrait|devrions) |veuillez |pense[zs]? (?:bien |aussi )?(?:à |d')|n'oublie(?:z)? pas (?:de |d'))(?:s'il (?:te|vous) pla[iî]t,? |aussi |également )*/i,
  own: /^(?:je (?:vais|dois|peux|devrais)\s+|je (?:m'occupe|me charge) d(?:e(?:s| la| l'| )?|u)\s*)/i,
  want: /^(?:(?:nous avons|on a|j'ai) besoin (?:de |d'|du |des )|il (?:nous |me )?manque(?: encore| toujours| aussi)*|il (?:nous|me) faut|(?:je|nous) (?:voudrais|voudrions|veux|voulons))\s*/i,
  trouble: /(?<!\p{L})(?:est|sont) (?:\p{L}+ )?(?:cassée?s?|en panne|périmée?s?|obsolètes?|lente?s?|vides?)(?!\p{L})|(?<!\p{L})ne (?:fonctionne|marche|s'ouvre)(?:nt)? (?:pas|plus)(?!\p{L})|^il n'y a (?:pas|plus) d|^(?:nous n'avons|on n'a) (?:pas|plus) d/iu,
  does: /^\s*(?:(?:peut|pourrait|doit|devrait|va)-(?:il|elle)|doit|doivent|devront|devra|vont|iront|peuvent|pourront|pourraient|va|ira|peut|pourra|pourrait|devrait|,? (?:peux|pourrais)[- ]tu|,? merci de|,? s'il te pla[iî]t,?)\s+(?:aussi )*|^\s*,? merci d'/i,
  given: /(?:(?<!\p{L})(?:responsable|qui|confier à|attribuer à)[:\s]+|(?:→|->|=>)\s*)$/iu,
  handed: { before: /(?<!\p{L})demande[rz]? à\s+$|^(?:ce |il )?serait (?:bien|super|génial|sympa|utile)(?: si| que)\s+$/iu, after: /^\s+(?:de |d'|pouvait |puisse )/i },
  goesOn: /^(?:il (?!faut|faudr|nous|me|manque|n'y a)|elle |cela |ça |ils |elles |assure[z-]|veille[z ]|sans |par exemple|si possible)/i,
  refers: /(?<!\p{L})(?:celui-ci|celle-ci|ceux-ci)(?!\p{L})|-(?:le|la|les)(?!\p{L})|(?:^|(?:faut|faudrait|faudra|peux|peut|pourrait|pourriez-vous|pouvez-vous|doit|devrait) )(?:(?:la|le|les) |l')(?:faire|\p{L}+(?:er|ir|re))(?!\p{L})/iu,
  good: /^(?:(?:critères d'acceptation|terminé quand)[:\s]+|(?:il|elle|le résultat|le rapport|la page|le texte) (?:doit|devrait) |assure-toi que |assurez-vous que )/i,
  including: /,?\s+(?:y compris|incluant|comprenant)\s*:?\s+/i,
  first: /^(?:d'abord|premièrement|tout d'abord|en premier)(?!\p{L})/iu,
  then: /^(?:(?:et )?ensuite|puis|après (?:cela|ça)|une fois (?:cela|ça) fait|enfin)(?!\p{L})/iu,
  once: /(?<!\p{L})(?:une fois que|dès que|après que|quand)\s+(.+?)\s+(?:est|sont|sera|seront)\s+(?:prêt|terminé|fini|confirmé|réservé|validé)\p{L}*(?=[,.;)!?]|$)/iu,
  urgent: /(?<!\p{L})(?:urgent[es]?|d'urgence|immédiatement|tout de suite|au plus vite|dès que possible|asap)(?!\p{L})|!!+/iu,
  high: /(?<!\p{L})(?:important[es]?|prioritaire|priorité haute)(?!\p{L})/iu,
  low: /(?<!\p{L})(?:quand (?:quelqu'un (?:a|aura)|tu as|vous avez|on a|il y a) (?:le |du )?temps|pas (?:urgent|pressé)|un jour|sans urgence|à l'occasion)(?!\p{L})/iu,
  small: /(?<!\p{L})(?:rapide(?:ment)?|petite?s?|court[es]?|vite fait)(?!\p{L})/iu,
  large: /(?<!\p{L})(?:grand[es]?|complète?(?:ment)?|entière?(?:ment)?|refonte|migration|stratégie)(?!\p{L})/iu,
  due: /(?:(?<!\p{L})(?:avant|pour|d'ici(?: à)?|jusqu'(?:au|à)|au plus tard|le|échéance|dans|à rendre)|[:(–—-])\s*(?:le |la |au )*$/iu,
  notDue: /(?<!\p{L})(?:depuis|du|de|dès|après|dernière?s?|chaque|entre|à partir)\s*(?:le |la |de |du )*$/iu,
}
