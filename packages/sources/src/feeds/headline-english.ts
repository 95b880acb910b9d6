import { countryCodeOf } from '@penstock/kernel/country-code';
import type { NewsClaim } from '@penstock/signals/source-port';

import { acquisition, executive, expansion, funding, layOffs, type Claim } from './headline-claims.ts';

/** A run of words that begin with a capital or a digit, as headlines write companies. */
const WORD = "[\\p{Lu}\\d][\\p{L}\\d_&.'’+-]*";
export const NAME = `(?<![\\p{L}\\d])(?<name>${WORD}(?: (?:${WORD}|&|and(?= \\p{Lu})|of(?= \\p{Lu}))){0,5})`;
const MONEY =
  '(?:[A-Z]{2,3})?(?<sign>[$€£])\\s?(?<figure>\\d{1,3}(?:,\\d{3})+|\\d+(?:[.,]\\d+)?)\\s?(?<unit>[Kk]|[Mm]|[Mm]n|mln|[Mm]illion|[Bb]|[Bb]n|[Bb]illion)?\\b';
const ABOUT = anyCase('(?:about |around |some |over |nearly |up to |more than |at least |an additional )?');
const COUNT = `(?:(?<share>\\d{1,2}(?:\\.\\d+)?) ?(?:%|percent|per cent)|(?<people>\\d{1,3}(?:,\\d{3})+|\\d+)|(?<part>(?:a|one)[ -](?:third|quarter|half)|half|two[ -]thirds))`;
const STAFF = anyCase(
  '(?:workforce|staff|jobs|employees|workers|people|positions|roles|headcount|team members|staffers)',
);
const ROLE =
  '(?<role>(?:[Ii]nterim |[Gg]lobal |[Gg]roup )?(?:Chief [A-Z][\\w&-]*(?: [A-Z&][\\w&-]*){0,3} Officer|C[EFORTMIP]O|CHRO|CISO|President|(?:[SE]?VP|(?:[SE]\\w+ )?Vice President)(?:,? (?:of |for )?[A-Z][\\w&-]*){0,4}|General Counsel|Head of [A-Z][\\w&-]*(?: [A-Z][\\w&-]*){0,3}))';
const PERSON = '[\\p{Lu}][\\p{L}.’-]*(?: [\\p{Lu}][\\p{L}.’-]*){1,3}';
const PLACE = '(?<place>[A-Z][\\w.’-]*(?: [A-Z][\\w.’-]*){0,3})';
const ASIDE = '(?:, [^,]{3,80},)?';
const DEAL =
  '(?:signs?|enters?|reach(?:es)?|strikes?|inks?)(?: into)?(?: an?| the)?(?: definitive| merger| binding)? (?:agreement|deal|pact)';

/** Words of headlines stand in small letters or, as wires write them, with a capital each. */
function anyCase(sentence: string): string {
  return sentence.replaceAll(/(?<=^|[ (|:])[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`);
}

type Parts = Readonly<Record<string, string | undefined>>;
type Rule = { pattern: RegExp; read: (parts: Parts, rest: string) => Claim | null };

const rule = (sentence: string, read: Rule['read']): Rule => ({
  pattern: new RegExp(
    anyCase(sentence)
      .replaceAll('<NAME>', `${NAME}${ASIDE}`)
      .replaceAll('<MONEY>', MONEY)
      .replaceAll('<COUNT>', ABOUT + COUNT)
      .replaceAll('<STAFF>', STAFF)
      .replaceAll('<ROLE>', `${ROLE}(?![\\p{L}])`)
      .replaceAll('<PERSON>', PERSON)
      .replaceAll('<PLACE>', PLACE),
    'u',
  ),
  read,
});

const ROUND =
  /\b(?:series|seed|round|funding|financing|invest\w*|growth|venture|equity|debt|capital|raise|ipo|backing)\b/i;
const OTHER_MONEY =
  /\b(?:revenue|profit|loss|deal|contract|orders?|lawsuit|fine|settlement|guidance|dividend|forecast|outlook|price|stake|buyback|repurchase|fund|funds|acquisition|investment in|expansion|plant|factory|facility|headquarters|charity|food bank|hospital|relief|scholarships?|donat\w*|fundraiser|nonprofit|non-profit)\b/i;
const GIVEN_AWAY = /\b(?:Foundation|Charity|Trust|Church|University|School)$/;

const raised = (
  { name = '', gap = '', sign = '', figure = '', unit = '' }: Parts,
  rest: string,
): Claim | null => {
  // What it is for comes after `to`: `to fuel expansion` is no expansion that the money was for.
  const what = rest.split(/ (?:to|as|led|from|amid|with) /i)[0] ?? '';
  if (OTHER_MONEY.test(gap + what) || GIVEN_AWAY.test(name)) return null;
  const plain = /^\d{1,3}(?:,\d{3})+$/.test(figure) ? figure.replaceAll(',', '') : figure.replace(',', '.');
  const amount = Math.round(Number(plain) * (FACTORS[unit.charAt(0).toLowerCase()] ?? 1));
  return funding(amount, CURRENCIES[sign] ?? '', rest);
};
const raisedInRound = (parts: Parts, rest: string): Claim | null =>
  ROUND.test(rest) ? raised(parts, rest) : null;
const cuts = ({ share, people, part }: Parts): Claim =>
  layOffs(
    part === undefined ? (share === undefined ? null : Number(share)) : partOf(part),
    people === undefined ? null : Number(people.replaceAll(',', '')),
  );
const arrives = ({ role = '' }: Parts): Claim => executive('executive_hire', role.trim());
const leaves = ({ role = '' }: Parts): Claim => executive('leadership_change', role.trim());
const acquires = (): Claim => acquisition('acquired', 'acquires another company');
const isAcquired = (): Claim => acquisition('was_acquired', 'is acquired');

/** Not the whole of a company: shares, customers, land. */
const NO_PART =
  '(?!(?:(?! majority)[^,;:]){0,40} (?:stake|interest|customers|users|patents?|rights|licen[sc]es?|land|shares|property|building|site|assets|talent|contract))';

const RULES: readonly Rule[] = [
  rule(
    '<NAME> (?:raises|raised|secures|secured|closes|closed|lands|landed|bags|nabs|snags|grabs|scores|nets|attracts|garners|hauls in|pulls in|rakes in|brings in|picks up) (?:an? |over |more than |about |nearly )?(?<gap>(?:[\\w-]+ ){0,3}?)<MONEY>',
    raised,
  ),
  rule(
    '<NAME> (?:announces|announced|completes|completed|receives|received|gets|wins|obtains) (?:an? |its |the )?(?<gap>(?:[\\w-]+ ){0,3}?)<MONEY>',
    raisedInRound,
  ),
  rule(
    '<NAME> (?:is |now |hits |reaches )?(?:valued at|valuation) .{2,40}? (?:after|following|in|with) (?:a |an )?(?:new )?<MONEY>',
    raisedInRound,
  ),
  rule('(?:leads|led|co-leads) (?:a |an )?<MONEY> (?:[\\w-]+ ){1,4}?(?:in|into|for) <NAME>', raised),
  rule(
    `<NAME> (?:is |was |to be |has been |will be |being |agrees to be |${DEAL} to be )?(?:acquired|bought|taken over|snapped up) by `,
    isAcquired,
  ),
  rule(
    `<NAME> (?:acquires|acquired|to acquire|will acquire|has acquired|buys|to buy|will buy|agrees to (?:acquire|buy)|${DEAL} to (?:acquire|buy)|(?:completes|announces|closes|finalizes|finalises)(?: its| the)? acquisition of|snaps up|scoops up|takes over)${NO_PART} `,
    acquires,
  ),
  rule(
    '<NAME> (?:lays off|laid off|to lay off|will lay off|is laying off|laying off|plans to lay off|cuts|to cut|will cut|is cutting|cutting|plans to cut|slashes|to slash|axes|to axe|sheds|to shed|to eliminate|eliminates|will eliminate|plans to eliminate|reduces|to reduce|trims) <COUNT>(?: of)? (?:its |the |of its )?(?:global |[\\w-]+ ){0,2}?<STAFF>',
    cuts,
  ),
  rule(
    '<NAME> (?:cuts|to cut|will cut|slashes|to slash|reduces|to reduce|trims|to trim|shrinks|to shrink) (?:its |the )?(?:global )?<STAFF> by <COUNT>',
    cuts,
  ),
  rule(
    '<NAME> (?:announces|announced|plans|confirms|begins|makes) (?:\\w+ )?(?:layoffs|lay-offs|job cuts|staff cuts|redundancies|workforce reduction|reduction in force)(?: affecting| impacting| hitting| of)? <COUNT>',
    cuts,
  ),
  rule('(?:layoffs|job cuts) (?:hit|at|strike|come to) <NAME>.{0,25}? <COUNT>', cuts),
  rule(
    '<NAME> (?:appoints|appointed|names|named|hires|hired|promotes|promoted|taps|welcomes|elevates|selects|picks|recruits|brings on|brings in) .{2,80}? (?:as|to be|to serve as|to)(?: its| the| our| a)?(?: new| first| next)? <ROLE>',
    arrives,
  ),
  rule(
    '<NAME> (?:names|appoints|hires|taps|promotes) (?:[\\w-]+ )?<PERSON>,? (?:its |the )?(?:new )?<ROLE>',
    arrives,
  ),
  rule(
    '<NAME> (?:announces|announced) (?:the )?(?:appointment|hiring|promotion) of .{2,80}? (?:as|to)(?: its| the| our)?(?: new| first)? <ROLE>',
    arrives,
  ),
  rule('<PERSON> (?:joins|rejoins) <NAME> as (?:its |the |a )?(?:new |first )?<ROLE>', arrives),
  rule(
    '<PERSON> (?:is |was )?(?:named|appointed|tapped|hired|promoted to|becomes|takes over)(?: as)?(?: the)?(?: new| next)? <ROLE> (?:of|at|for) <NAME>',
    arrives,
  ),
  rule(
    '<NAME> <ROLE>(?:,? <PERSON>,?)? (?:steps down|to step down|stepping down|is stepping down|will step down|resigns|resigned|departs|departing|to depart|leaves|to leave|leaving|is leaving|is out|exits|retires|to retire|quits|ousted|is ousted|fired|is fired)',
    leaves,
  ),
  rule(
    '<NAME> (?:announces|announced) (?:the )?(?:departure|resignation|retirement|exit) of (?:its )?<ROLE>',
    leaves,
  ),
  rule('<NAME> (?:fires|ousts|parts ways with|dismisses|removes) (?:its )?<ROLE>', leaves),
  rule(
    '<PERSON> (?:steps down|to step down|stepping down|resigns|to resign|retires|to retire|quits|departs|ousted|is out|out) as (?:the )?<ROLE> (?:of|at) <NAME>',
    leaves,
  ),
  rule(
    '<NAME> (?:opens|to open|will open|expands|to expand|expanding|launches|to launch|enters|moves|grows)(?: [\\w-]+){0,5}? (?:in|into|to|across) (?:the )?<PLACE>',
    ({ place }) => placeIn(place),
  ),
  rule(
    '<NAME> (?:opens|to open|will open|establishes|sets up) (?:an? |its )?(?:new |first )?<PLACE> (?:office|headquarters|hub|branch|subsidiary)',
    ({ place }) => placeIn(place),
  ),
  rule('<NAME> (?:enters|to enter|moves into|launches in|breaks into) (?:the )?<PLACE> market', ({ place }) =>
    placeIn(DEMONYMS[place ?? ''] ?? place),
  ),
];

/** Denied, doubted, supposed or only wished: such a headline tells nothing. */
const DOUBTED =
  /\b(?:could|may|might|would|seeks?|seeking|looks? to|looking to|hopes? to|aims? to raise|plans? to raise|to raise|in talks|talks (?:to|with|over|about)|considers?|considering|weighs?|mulls?|rumou?r\w*|reportedly|report says|denies|denied|fails?|failed|abandons?|calls? off|scraps?|rejects?|blocks?|won['’]t|will not|not to|no longer|unlikely|sources say|explor(?:es|ing)|pulls? out|near(?:s|ing)? deal|eyes|eyeing)\b/i;
/** Stands before a company's name and is no part of it. */
const BEFORE =
  /^(?:(?:\p{Lu}[\p{L}’'-]*-(?:based|backed|owned|headquartered))\s+|(?:Exclusive|Breaking|Report|Update|Scoop)\s+|(?:[\p{Lu}\d][\p{L}\d’'&.-]*\s+){0,3}?(?:Startup|Start-[Uu]p|Unicorn|Maker|Giant|Firm|Provider|Scale-[Uu]p)\s+(?=[\p{Lu}\d]))/iu;

/** Verbs with a capital that a name runs into. */
const AFTER = / (?:Enters|Signs|Agrees|Announces|Reaches|Plans|Will|Is|Has|To)(?: .*)?$/;

/** What an English headline says; null where it says nothing to act on. */
export function readEnglish(title: string): NewsClaim | null {
  if (DOUBTED.test(title)) return null;
  for (const { pattern, read } of RULES) {
    const match = pattern.exec(title);
    if (match === null) continue;
    const { name = '', ...parts } = match.groups ?? {};
    const claim = read({ name, ...parts }, title.slice(match.index + match[0].length));
    if (claim !== null)
      return {
        ...claim,
        company: name
          .replace(BEFORE, '')
          .replace(AFTER, '')
          .replace(/['’]s?$/, ''),
      };
  }
  return null;
}

const FACTORS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 };
const CURRENCIES: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP' };

/** In per cent. */
const partOf = (part: string): number =>
  /two/i.test(part) ? 67 : /third/i.test(part) ? 33 : /quarter/i.test(part) ? 25 : 50;

const DEMONYMS: Readonly<Record<string, string>> = {
  American: 'United States',
  US: 'United States',
  'U.S.': 'United States',
  British: 'United Kingdom',
  UK: 'United Kingdom',
  German: 'Germany',
  French: 'France',
  Spanish: 'Spain',
  Italian: 'Italy',
  Dutch: 'Netherlands',
  Belgian: 'Belgium',
  Irish: 'Ireland',
  Swiss: 'Switzerland',
  Austrian: 'Austria',
  Polish: 'Poland',
  Swedish: 'Sweden',
  Danish: 'Denmark',
  Norwegian: 'Norway',
  Finnish: 'Finland',
  Portuguese: 'Portugal',
  Japanese: 'Japan',
  Chinese: 'China',
  Korean: 'South Korea',
  Indian: 'India',
  Canadian: 'Canada',
  Mexican: 'Mexico',
  Brazilian: 'Brazil',
  Australian: 'Australia',
  Turkish: 'Turkey',
  Israeli: 'Israel',
};

/** The longest beginning that is a country's name. */
function placeIn(place = ''): Claim | null {
  const words = place.split(' ');
  for (let count = words.length; count > 0; count -= 1) {
    const beginning = words.slice(0, count).join(' ');
    const country = countryCodeOf(beginning);
    if (country !== null) return expansion(beginning, country);
  }
  return null;
}
