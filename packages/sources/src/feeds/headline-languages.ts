import type { HeadlineLanguage } from './headline-grammar.ts';

/** Words as a whole, wherever they stand. */
const says = (words: string, flags = 'iu'): RegExp =>
  new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])`, flags);

const GERMAN: HeadlineLanguage = {
  code: 'de',
  before:
    /^(?:(?:Der|Die|Das|Den|Dem|Exklusiv|Offiziell)\s)?(?:(?:\p{Lu}\p{L}+er\s)?(?:\p{Lu}[\p{L}-]*)?(?:[Ss]tart-?[Uu]p|[Ff]irma|[Uu]nternehmen|[Hh]ersteller|[Kk]onzern|[Aa]nbieter|[Ff]intech|[Ss]pezialist|[Dd]ienstleister|[Hh]ändler|[Rr]iese|[Gg]ruppe)\s)?/u,
  doubted: says(
    'nicht|nichts|kein\\p{L}*|nie|niemals|ohne|könnten?|dürften?|würden?|sollen?|wollen|will|möchten?|plant|planen|möglicherweise|vielleicht|angeblich|offenbar|gerüchte?|erwägt|erwägen|prüft|prüfen|verhandelt|verhandeln|dementiert|bestreitet|scheitert|gescheitert|abgesagt|abgeblasen|vor dem aus',
  ),
  otherMoney: says(
    'umsatz|gewinn|verlust|auftrag|aufträge|vertrag|strafe|bußgeld|klage|schadenersatz|fördermittel|kredit',
  ),
  funding: [
    '<name> sammelt (?:weitere |rund |fast |über |mehr als |frische )*<money>(?: [^,.;:]{0,40})? ein',
    '<name> (?:erhält|bekommt|sichert sich|holt sich|schließt) (?:weitere |rund |fast |über |mehr als |eine )*(?:[\\p{L}-]*[Ff]inanzierungsrunde (?:über|von|in Höhe von) )?<money>',
    '<name> schließt (?:seine |ihre )?[\\p{L}\\d -]*(?:[Rr]unde|[Ff]inanzierung) (?:über|von|in Höhe von|mit) <money>',
  ],
  acquires: [
    '<name> übernimmt (?!(?:[Dd]en |[Dd]ie |[Dd]as )?(?:Verantwortung|Haftung|Kosten|Vorsitz|Leitung|Führung|Rolle|Regie|Steuer|Amt|Aufgaben?|Kontrolle|Schirmherrschaft|Patenschaft|Garantie|Betrieb|Vertrieb|Service|Wartung|Mandat|Auftrag))(?:[\\p{L}-]+ ){0,4}?<they>',
    '<name> kauft (?:den |die |das )?(?:[\\p{Ll}-]+ )?(?:[\\p{L}-]*(?:[Kk]onkurrent|[Ww]ettbewerber|[Rr]ivalen?|[Ss]tart-?[Uu]p|[Ff]irma|[Hh]ersteller|[Aa]nbieter|[Dd]ienstleister|[Ss]pezialist)(?:en|in)?) <they>',
    '<name> schließt (?:die )?Übernahme von <they>',
  ],
  acquired: ['<name> wird (?:von|durch) <rest> (?:übernommen|gekauft)'],
  layOffs: [
    '<name> (?:streicht|baut|kürzt) (?:weltweit |rund |etwa |bis zu |fast |über |mehr als |weitere )*<count> (?:der |seiner |ihrer )?(?:Stellen|Arbeitsplätze|Jobs|Belegschaft)',
    '<name> (?:entlässt|kündigt) (?:weltweit |rund |etwa |bis zu |fast |über |mehr als |weitere )*<count> (?:der |seiner |ihrer )?(?:Mitarbeiter\\p{L}*|Beschäftigten?|Angestellten?|Belegschaft|Leute)',
  ],
  hires: [
    '<name> (?:beruft|ernennt|holt|macht|bestellt) <rest> (?:zum|zur|als) (?:[\\p{Ll}]+ )?<role>',
    '(?:wird|übernimmt als) (?:[\\p{Ll}]+ )?<role> (?:bei|von|der|des) <name>',
  ],
  leaves: [
    '<name>-?(?: )?<role>(?: [\\p{Lu}][\\p{L}’-]+){0,3} (?:tritt (?:\\p{Ll}+ )?zurück|geht|verlässt|scheidet|legt)',
    '<role>(?: [\\p{Lu}][\\p{L}’-]+){0,3} verlässt <name>',
    '<role> (?:von|der|des) <name> (?:tritt (?:\\p{Ll}+ )?zurück|geht|scheidet)',
  ],
  expands: [
    '<name> expandiert (?:nach|in) (?:die |den |das )?<place>',
    '<name> eröffnet (?:[\\p{L}-]+ ){0,5}?(?:in|im) (?:der |den |dem )?<place>',
    '<name> startet in (?:der |den |dem )?<place>',
  ],
  roles: [
    [
      'CEO|Vorstandschef(?:in)?|Vorstandsvorsitzende[rn]?|Geschäftsführer(?:in)?|Firmenchef(?:in)?|Chef(?:in)?',
      'CEO',
    ],
    ['CFO|Finanzchef(?:in)?|Finanzvorst(?:and|ändin)', 'CFO'],
    ['CRO|Vertriebschef(?:in)?|Vertriebsleiter(?:in)?|Vertriebsvorst(?:and|ändin)', 'head of sales'],
    ['CTO|Technikchef(?:in)?|Technikvorst(?:and|ändin)', 'CTO'],
    ['CMO|Marketingchef(?:in)?|Marketingleiter(?:in)?', 'CMO'],
    ['COO|Betriebschef(?:in)?', 'COO'],
    ['CHRO|Personalchef(?:in)?|Personalvorst(?:and|ändin)', 'CHRO'],
    ['CIO|IT-Chef(?:in)?|CISO|CPO', 'CIO'],
  ],
};

const FRENCH: HeadlineLanguage = {
  code: 'fr',
  before:
    /^(?:(?:Le|La|Les|Exclusif|Officiel)\s|L['’])?(?:(?:[Ss]tart-?[Uu]p|[Gg]roupe|[Ss]ociété|[Ff]intech)\s)?/u,
  doubted: says(
    "ne|n['’]\\p{L}+|pas|aucune?s?|jamais|sans|pourrait|pourraient|aurait|auraient|serait|seraient|devrait|devraient|envisage\\p{L}*|étudie\\p{L}*|négocie\\p{L}*|veut|souhaite\\p{L}*|espère\\p{L}*|dément\\p{L}*|rumeurs?|échoue\\p{L}*|renonce\\p{L}*|abandonne\\p{L}*|peut-être",
  ),
  otherMoney: says(
    "chiffre d['’]affaires|bénéfices?|pertes?|contrats?|commandes?|amendes?|procès|prêt|subventions?|ventes",
  ),
  funding: [
    '<name> (?:lève|a levé|boucle|réussit|annonce|obtient|sécurise|récolte) (?:près de |plus de |environ |un tour de table de |une levée de fonds de |une levée de )*<money>',
  ],
  acquires: [
    "<name> (?:rachète|acquiert|absorbe|s[’']offre|met la main sur|reprend) (?:(?:le|la|les|l[’']|son|sa) ?)?(?:[\\p{Ll}’'-]+ ){0,4}?<they>",
    "<name> (?:annonce|finalise|boucle) (?:le rachat|l[’']acquisition) d(?:e |[’'])(?:[\\p{Ll}’'-]+ ){0,4}?<they>",
  ],
  acquired: [
    '<name> (?:est |a été )?(?:rachetée?|acquise?|absorbée?|reprise?) par <they>',
    "<name> passe (?:sous le contrôle|dans le giron) d(?:e |[’'])<they>",
  ],
  layOffs: [
    "<name> (?:supprime|va supprimer|licencie|va licencier|annonce la suppression de|se sépare de) (?:près de |plus de |environ |jusqu[’']à )*<count> (?:d(?:e |[’']))?(?:ses |son |de ses )?(?:postes|emplois|salariés|employés|collaborateurs|effectifs?|personnes)",
  ],
  hires: [
    '<name> (?:nomme|recrute|embauche|promeut|choisit) <rest>,? (?:comme |au poste de |en tant que |à la tête comme )?<role>',
    "(?:nommée?|devient|rejoint comme) (?:nouveau |nouvelle )?<role> (?:de |d[’']|chez )<name>",
  ],
  leaves: [
    "<role> (?:de |d[’']|chez )<name>(?:, \\p{Lu}[\\p{L}’ -]{2,60},)? (?:démissionne|quitte|s[’']en va|part)",
    '<role>(?: [\\p{Lu}][\\p{L}’-]+){1,3} quitte <name>',
  ],
  expands: [
    "<name> (?:s[’']implante|s[’']installe|s[’']étend|se développe|se lance|débarque) (?:[\\p{L}]+ )?(?:en|au|aux) <place>",
    "<name> ouvre (?:[\\p{L}’'-]+ ){0,6}?(?:en|au|aux) <place>",
  ],
  roles: [
    ['(?:CEO|PDG|[Pp]résidente?-directr?(?:eur|ice) générale?|[Dd]irect(?:eur|rice) générale?|DG)', 'CEO'],
    ['(?:CFO|DAF|[Dd]irect(?:eur|rice) (?:administrati(?:f|ve) et )?financi(?:er|ère))', 'CFO'],
    ['(?:CRO|[Dd]irect(?:eur|rice) (?:commerciale?|des ventes))', 'head of sales'],
    ['(?:CTO|[Dd]irect(?:eur|rice) technique)', 'CTO'],
    ['(?:CMO|[Dd]irect(?:eur|rice) (?:du )?marketing)', 'CMO'],
    ['(?:COO|[Dd]irect(?:eur|rice) des opérations)', 'COO'],
    ['(?:DRH|CHRO|[Dd]irect(?:eur|rice) des ressources humaines)', 'CHRO'],
    ['(?:DSI|CIO)', 'CIO'],
  ],
};

const SPANISH: HeadlineLanguage = {
  code: 'es',
  before:
    /^(?:(?:El|La|Los|Las|Exclusiva|Oficial)\s)?(?:(?:[Ss]tart-?[Uu]p|[Gg]rupo|[Ee]mpresa|[Ff]intech)\s)?/u,
  doubted: says(
    'no|ni|nunca|ningún|ninguna|sin|podría|podrían|habría|habrían|sería|debería|estudia|baraja|negocia|quiere|planea|prevé|espera|niega|desmiente|rumor|rumores|descarta|fracasa|cancela|renuncia a|posible|quizá|quizás',
  ),
  otherMoney: says(
    'ingresos|beneficios?|pérdidas|ganancias|facturación|contratos?|pedidos?|multas?|demanda|préstamo|ventas|subvención|subvenciones',
  ),
  funding: [
    '<name> (?:levanta|capta|cierra|recauda|consigue|obtiene|logra) (?:casi |más de |unos |cerca de |una ronda (?:de financiación )?(?:de|por) |una inversión de )*<money>',
  ],
  acquires: [
    '<name> (?:compra|adquiere|absorbe|se hace con) (?:a )?(?:(?:el|la|los|las|su) )?(?:[\\p{Ll}-]+ ){0,4}?<they>',
    '<name> (?:cierra|completa|anuncia) la (?:compra|adquisición) de (?:[\\p{Ll}-]+ ){0,4}?<they>',
  ],
  acquired: ['<name>(?:,| es| ha sido| fue)? (?:comprada?|adquirida?|absorbida?) por <they>'],
  layOffs: [
    '<name> (?:despide|despedirá|recorta|recortará|elimina|eliminará|suprime|suprimirá) (?:a |al |el |casi |más de |unos |unas |cerca de |hasta )*<count> (?:de (?:su|la|sus|los) )?(?:empleos|empleados|puestos|trabajadores|personas|plantilla|trabajo)',
  ],
  hires: [
    '<name> (?:nombra|ficha|contrata|designa|elige) <rest> (?:como |para )?(?:nuevo |nueva |su nuevo |su nueva )?<role>',
    '(?:nuevo|nueva|nombrado|nombrada) <role> (?:de|en) <name>',
  ],
  leaves: [
    '(?:[Dd]imite|[Rr]enuncia|[Aa]bandona|[Ss]ale) (?:el |la )?<role> de <name>',
    '<role> de <name>(?:, \\p{Lu}[\\p{L}’ -]{2,60},)? (?:dimite|renuncia|abandona|deja)',
  ],
  expands: [
    '<name> (?:se expande|se instala|aterriza|desembarca|llega|entra) (?:a|en) <place>',
    '<name> abre (?:[\\p{L}-]+ ){0,6}?en <place>',
  ],
  roles: [
    ['(?:CEO|[Cc]onsejer[oa] delegad[oa]|[Dd]irector(?:a)? general|[Pp]resident[ea] ejecutiv[oa])', 'CEO'],
    ['(?:CFO|[Dd]irector(?:a)? financier[oa])', 'CFO'],
    ['(?:CRO|[Dd]irector(?:a)? (?:comercial|de ventas))', 'head of sales'],
    ['(?:CTO|[Dd]irector(?:a)? (?:técnic[oa]|de tecnología))', 'CTO'],
    ['(?:CMO|[Dd]irector(?:a)? de marketing)', 'CMO'],
    ['(?:COO|[Dd]irector(?:a)? de operaciones)', 'COO'],
    ['(?:CHRO|[Dd]irector(?:a)? de (?:recursos humanos|personas))', 'CHRO'],
    ['(?:CIO|[Dd]irector(?:a)? de sistemas)', 'CIO'],
  ],
};

const DUTCH: HeadlineLanguage = {
  code: 'nl',
  before:
    /^(?:(?:De|Het|Een|Exclusief)\s)?(?:(?:\p{Lu}\p{L}+se\s)?(?:\p{Lu}[\p{L}-]*)?(?:[Ss]tart-?up|[Bb]edrijf|[Cc]oncern|[Ff]intech|[Ss]cale-?up)\s)?/u,
  doubted: says(
    'niet|niets|geen|nooit|zonder|zou|zouden|wil|willen|kan|kunnen|mogelijk|misschien|overweegt|overwegen|onderzoekt|onderhandelt|ontkent|ontkennen|gerucht|geruchten|ziet af|afgeketst|mislukt|hoopt|van plan',
  ),
  otherMoney: says('omzet|winst|verlies|contract|contracten|order|orders|boete|rechtszaak|lening|subsidie'),
  funding: [
    '<name> haalt (?:bijna |ruim |meer dan |zo’n |nog eens )*<money>(?: [^,.;:]{0,40})? (?:op|binnen)',
    '<name> (?:krijgt|ontvangt|sluit|verzekert zich van) (?:bijna |ruim |meer dan |een )*(?:[\\p{L}-]*(?:investering|financieringsronde|ronde) van )?<money>',
  ],
  acquires: [
    '<name> neemt (?:[\\p{Ll}-]+ ){0,3}?<they>(?: <they>){0,3} over',
    '<name> koopt (?:[\\p{Ll}-]*(?:concurrent|branchegenoot|rivaal|start-?up|bedrijf|softwarebedrijf|maker) )<they>',
    '<name> rondt (?:de )?overname van (?:[\\p{Ll}-]+ ){0,3}?<they>',
  ],
  acquired: ['<name> (?:is |wordt )?overgenomen door <they>', '<name> in handen van <they>'],
  layOffs: [
    '<name> (?:schrapt|ontslaat|snijdt in) (?:wereldwijd |ruim |bijna |ongeveer |zo’n |meer dan |nog eens )*<count> (?:van (?:de|zijn|haar|het) )?(?:banen|arbeidsplaatsen|medewerkers|werknemers|mensen|personeel|personeelsbestand)',
  ],
  hires: [
    '<name> (?:benoemt|haalt|stelt) <rest> (?:tot|als|aan als|binnen als) (?:nieuwe |nieuw )?<role>',
    '(?:wordt|benoemd tot|aan de slag als) (?:de )?(?:nieuwe |nieuw )?<role> (?:van|bij) <name>',
  ],
  leaves: [
    '<role> (?:van |bij )?<name>(?:, \\p{Lu}[\\p{L}’ -]{2,60},)? (?:stapt op|vertrekt|treedt af|legt)',
    '<name>-(?:topman|topvrouw|<role>)(?: [\\p{Lu}][\\p{L}’-]+){0,3} (?:stapt op|vertrekt|treedt af)',
    '<role>(?: [\\p{Lu}][\\p{L}’-]+){1,3} verlaat <name>',
  ],
  expands: [
    '<name> (?:breidt uit|gaat) naar (?:de |het )?<place>',
    '<name> opent (?:[\\p{L}-]+ ){0,6}?in (?:de |het )?<place>',
  ],
  roles: [
    [
      '(?:[Cc][Ee][Oo]|[Dd]irecteur|[Aa]lgemeen directeur|[Bb]estuursvoorzitter|[Tt]opman|[Tt]opvrouw)',
      'CEO',
    ],
    ['(?:CFO|cfo|[Ff]inancieel directeur)', 'CFO'],
    ['(?:CRO|cro|[Cc]ommercieel directeur|[Ss]alesdirecteur|[Vv]erkoopdirecteur)', 'head of sales'],
    ['(?:CTO|cto|[Tt]echnisch directeur)', 'CTO'],
    ['(?:CMO|cmo|[Mm]arketingdirecteur)', 'CMO'],
    ['(?:COO|coo|[Oo]perationeel directeur)', 'COO'],
    ['(?:CHRO|chro|[Hh]r-directeur|[Pp]ersoneelsdirecteur)', 'CHRO'],
  ],
};

/** In which headlines are understood by their verb, beside English. */
export const HEADLINE_LANGUAGES: readonly HeadlineLanguage[] = [GERMAN, FRENCH, SPANISH, DUTCH];
