/** How a mood is said in languages other than English: own short lists of words that leave little doubt. Pure. */
export type MoodWords = {
  /** Words of which so many sentences of the language are made that they tell it apart. */
  common: ReadonlySet<string>;
  /** −5 to 5, as the lexicon for English. */
  words: ReadonlyMap<string, number>;
  /** Go before single words. */
  phrases: readonly (readonly [RegExp, number])[];
  negations: ReadonlySet<string>;
  more: ReadonlySet<string>;
  but: RegExp;
  /** What is asked, wished or supposed is not felt. */
  supposed: RegExp;
  /** Of the day, of others, or of themselves. */
  notAboutUs: RegExp;
};

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const valued = (bad: string, good: string): ReadonlyMap<string, number> =>
  new Map([
    ...bad.split(' ').map((word) => [word, -3] as const),
    ...good.split(' ').map((word) => [word, 3] as const),
  ]);
/** As whole words, whatever letters they have. */
const whole = (source: string, flags = 'gu'): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${source})(?!\\p{L})`, flags);
const supposing = (first: string, within: string): RegExp =>
  new RegExp(`\\?\\s*$|^\\P{L}*(?:${first})(?!\\p{L})|(?<!\\p{L})(?:${within})(?!\\p{L})`, 'u');

const GERMAN: MoodWords = {
  common: set(
    'der die das und ist sind wir ihr sie ich nicht ein eine einen mit von zu für auf im den dem es so sehr war haben hat auch aber wie uns unser unsere euer eure schon noch bei wirklich mich mir seit',
  ),
  words: valued(
    'katastrophe katastrophal schrecklich furchtbar enttäuscht enttäuschend frustriert frustrierend unzufrieden inakzeptabel unzumutbar verärgert wütend albtraum alptraum unbrauchbar zeitverschwendung geldverschwendung genervt miserabel',
    'begeistert großartig fantastisch hervorragend ausgezeichnet zufrieden beeindruckt perfekt genial wunderbar toll',
  ),
  phrases: [
    [
      whole(
        'nicht (?:sehr |wirklich |ganz |besonders )?(?:zufrieden|glücklich|begeistert|überzeugt|beeindruckt)',
      ),
      -3.5,
    ],
    [whole('nicht (?:schlecht|unzufrieden)'), 0],
    [whole('funktionier(?:t|en) (?:immer noch |einfach |schon wieder |leider )?nicht'), -3],
    [whole('(?:überlegen|wollen|werden)(?: \\p{L}+){0,4} (?:zu )?(?:kündigen|wechseln)'), -3.5],
    [whole('(?:viel )?zu (?:teuer|langsam|kompliziert|spät|umständlich)'), -2.5],
    [whole('(?:verlieren|verliere)(?: \\p{L}+)? die geduld'), -3.5],
    [whole('genau das,? was wir (?:brauchen|gebraucht haben)'), 3],
    [whole('(?:läuft|funktioniert) (?:sehr |richtig |wirklich )gut'), 3],
    [whole('keine (?:probleme|beschwerden|zweifel)'), 1],
  ],
  negations: set('nicht kein keine keinen keiner nie niemals nichts ohne kaum'),
  more: set('sehr wirklich extrem total absolut echt richtig'),
  but: whole('aber|jedoch|allerdings|obwohl', 'u'),
  supposed: supposing(
    'wenn|falls|angenommen|würden?|wäre|könnten?|sollten?',
    '(?:wenn|falls) (?:wir|sie|ihr|es|das|man|jemand)',
  ),
  notAboutUs: whole(
    'wetter|verkehr|stau|wochenende|krank|wirtschaft|markt|tut mir leid|entschuldigung|mitbewerber|(?:alte[rsn]?|frühere[rsn]?|vorige[rsn]?|letzte[rsn]?) (?:anbieter|tool|system|lieferant|software|crm|quartal|jahr|woche)|(?:schlechtes|schwieriges) (?:quartal|jahr)',
    'u',
  ),
};

const FRENCH: MoodWords = {
  common: set(
    "le la les un une des et est sont nous vous je il elle on ne pas que qui de du en dans pour avec sur mais très c'est ce cette notre votre nos vos mon ma a ont été plus vraiment d'être au aux suis",
  ),
  words: valued(
    'catastrophe catastrophique terrible horrible déçu déçus déçue déçues décevant décevante frustré frustrés frustrant frustrante mécontent mécontents inacceptable inadmissible furieux cauchemar inutilisable lamentable énervé énervés',
    'ravi ravis ravie ravies excellent excellente fantastique formidable impressionné impressionnés satisfait satisfaits satisfaite parfait parfaite génial géniale enchanté enchantés adorent adorons',
  ),
  phrases: [
    [
      whole(
        'pas (?:très |vraiment |du tout |tout à fait )?(?:contents?|satisfaite?s?|ravie?s?|convaincus?|impressionnée?s?)',
      ),
      -3.5,
    ],
    [whole('pas (?:mal|mécontents?)'), 0],
    [whole('(?:ne )?(?:marche|fonctionne)(?:nt)? (?:toujours |vraiment )?pas'), -3],
    [whole('(?:pensons|envisageons|allons|voulons)(?: \\p{L}+){0,3} (?:résilier|partir|changer)'), -3.5],
    [whole('(?:beaucoup )?trop (?:cher|chère|lent|lente|compliquée?|long)'), -2.5],
    [whole('perte de (?:temps|argent)'), -3.5],
    [whole('(?:perdons|perds) patience'), -3.5],
    [whole("exactement ce (?:qu'il nous faut|dont nous avons besoin|qu'il nous fallait)"), 3],
    [whole('(?:marche|fonctionne) (?:très |vraiment )bien'), 3],
    [whole('(?:aucun|pas de) problème'), 1],
  ],
  negations: set("pas jamais aucun aucune rien sans n'est ne plus guère"),
  more: set('très vraiment extrêmement tellement totalement absolument'),
  but: whole('mais|cependant|pourtant|bien que', 'u'),
  supposed: supposing(
    'si|supposons|imaginons|serait|pourriez|pourrait|faudrait',
    "si (?:nous|vous|on|ça|cela|quelqu'un)|s'il",
  ),
  notAboutUs: whole(
    'météo|trafic|embouteillages|week-end|malade|économie|marché|désolée?s?|concurrents?|(?:ancien|ancienne|précédente?|dernière?) (?:fournisseur|outil|système|logiciel|solution|crm|trimestre|année|semaine)|mauvais trimestre',
    'u',
  ),
};

const SPANISH: MoodWords = {
  common: set(
    'el la los las un una y es son estamos está están nosotros ustedes yo no que de del en con para por muy pero su sus nuestro nuestra nos me lo se ha hemos han fue más también como esto este realmente ser al',
  ),
  words: valued(
    'desastre desastroso terrible horrible pésimo pésima decepcionado decepcionados decepcionada decepcionante frustrado frustrados frustrada frustrante insatisfechos insatisfecho inaceptable furioso furiosos pesadilla inservible lamentable hartos harto',
    'encantados encantado encantada encanta excelente fantástico fantástica estupendo impresionados impresionado satisfechos satisfecho satisfecha perfecto perfecta genial maravilloso contentos contento contenta',
  ),
  phrases: [
    [
      whole(
        'no (?:estamos |estoy |quedamos )?(?:muy |nada |del todo )?(?:contentos?|satisfechos?|convencidos?|impresionados?)',
      ),
      -3.5,
    ],
    [whole('no (?:está|es) mal'), 0],
    [whole('no funciona(?:n)?(?: bien)?'), -3],
    [whole('(?:pensando en|vamos a|queremos)(?: \\p{L}+){0,2} (?:cancelar|cambiar|irnos)'), -3.5],
    [whole('demasiado (?:caro|cara|lento|lenta|complicado|complicada|tarde)'), -2.5],
    [whole('pérdida de (?:tiempo|dinero)'), -3.5],
    [whole('(?:perdiendo|perdemos) la paciencia'), -3.5],
    [whole('exactamente lo que (?:necesitamos|necesitábamos)'), 3],
    [whole('funciona (?:muy |realmente )bien'), 3],
    [whole('(?:ningún|sin) problema'), 1],
  ],
  negations: set('no nunca jamás nada ningún ninguna sin apenas tampoco'),
  more: set('muy realmente extremadamente totalmente absolutamente tan'),
  but: whole('pero|sin embargo|aunque', 'u'),
  supposed: supposing('si|supongamos|sería|podrían?|deberían?|¿.*', 'si (?:nosotros|ustedes|eso|alguien|no)'),
  notAboutUs: whole(
    'clima|tráfico|fin de semana|enfermo|enferma|economía|mercado|perdón|lo siento|competidores?|(?:antiguo|antigua|anterior|viejo|vieja|último|última) (?:proveedor|herramienta|sistema|software|crm|trimestre|año|semana)|(?:proveedor|sistema|herramienta) anterior|mal trimestre',
    'u',
  ),
};

const DUTCH: MoodWords = {
  common: set(
    'de het een en is zijn wij we jullie ik niet met van voor op in dat die er maar heel erg ook nog al om te hebben heeft was ons onze jullie mijn bij zo echt ben naar aan dit wel',
  ),
  words: valued(
    'ramp rampzalig verschrikkelijk vreselijk teleurgesteld teleurstellend gefrustreerd frustrerend ontevreden onacceptabel boos nachtmerrie onbruikbaar tijdverspilling geldverspilling waardeloos',
    'enthousiast geweldig fantastisch uitstekend tevreden perfect prachtig fantastische indrukwekkend blij',
  ),
  phrases: [
    [
      whole('niet (?:erg |echt |heel |helemaal )?(?:tevreden|blij|enthousiast|overtuigd|onder de indruk)'),
      -3.5,
    ],
    [whole('niet (?:slecht|ontevreden)'), 0],
    [whole('werk(?:t|en) (?:nog steeds |gewoon |weer |helaas )?niet'), -3],
    [
      whole(
        '(?:overwegen|willen|gaan)(?: \\p{L}+){0,4} (?:te )?(?:opzeggen|zeggen we op|overstappen|stappen)',
      ),
      -3.5,
    ],
    [whole('(?:veel )?te (?:duur|traag|ingewikkeld|laat|langzaam)'), -2.5],
    [whole('(?:verliezen|verlies)(?: \\p{L}+)? (?:het|ons|mijn) geduld'), -3.5],
    [whole('precies wat we (?:nodig hebben|nodig hadden|zochten)'), 3],
    [whole('werkt (?:heel |erg |echt )goed'), 3],
    [whole('geen (?:problemen|klachten|twijfel)'), 1],
  ],
  negations: set('niet geen nooit niets zonder nauwelijks'),
  more: set('heel erg echt ontzettend enorm zeer absoluut'),
  but: whole('maar|echter|hoewel', 'u'),
  supposed: supposing('als|stel|zou|zouden|kunnen|kun', '(?:als|indien) (?:we|wij|jullie|het|dat|iemand|je)'),
  notAboutUs: whole(
    'weer was|verkeer|file|weekend|ziek|economie|markt|sorry|concurrenten?|(?:oude|vorige|vroegere|laatste) (?:leverancier|tool|systeem|software|crm|kwartaal|jaar|week)|slecht kwartaal',
    'u',
  ),
};

export const MOOD_LANGUAGES: readonly MoodWords[] = [GERMAN, FRENCH, SPANISH, DUTCH];
