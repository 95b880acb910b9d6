import { isBoardSeat, officeOf, OFFICES } from './office.ts';
import { isPersonName, isShortForm, PERSON, personName, surnameOf } from './person-name.ts';
import { sentencesOf, type Sentence } from './sentences.ts';
import { dateIn } from './text-date.ts';

export type LeadershipMove = {
  direction: 'leaves' | 'arrives';
  name: string;
  /** As filed: `Chief Financial Officer and Treasurer`; null where no office is named near. */
  role: string | null;
  isBoardSeat: boolean;
  /** ISO day; null where none is named near. */
  effectiveOn: string | null;
  /** The sentence that says so, and where it starts in the text given (characters). */
  quote: string;
  quoteStart: number;
  /** Somebody who worked there before takes a new office. */
  isInternal: boolean;
};

const pattern = (text: string): RegExp => new RegExp(text.replaceAll('PERSON', `(?<who>${PERSON})`), 'gu');
const AUX =
  '(?:will|has|had|have|would|shall|is|was|were|did|intends?\\s+to|plans?\\s+to|decided\\s+to|agreed\\s+to|elected\\s+to|chose\\s+to)';
const ASIDE = '(?:,[^.;]{1,160}?,|\\s*\\([^)]{1,120}\\))?';

/** Who leaves: the person before the verb, or after the noun. */
const LEAVES = [
  `PERSON${ASIDE}\\s+(?:${AUX}\\s+){0,2}(?:also\\s+|voluntarily\\s+|formally\\s+){0,2}(?:resign(?:ed|s)?|retire[ds]?|step(?:s|ped)?\\s+down|step(?:ping)?\\s+down|depart(?:ed|s)?|left|leave[s]?|ceased?\\b|separate[ds]?\\s+from|pass(?:ed)?\\s+away|died|vacate[ds]?|relinquish(?:ed|es)?|transition(?:ed|s)?\\s+(?:from|out))`,
  `PERSON${ASIDE}\\s+(?:was|has\\s+been|were|is\\s+being|will\\s+be)\\s+(?:terminated|removed|dismissed|relieved|separated|placed\\s+on\\s+(?:administrative\\s+)?leave|departing|retiring|resigning|stepping\\s+down|leaving)`,
  `PERSON${ASIDE}\\s+(?:is|are)\\s+(?:departing|retiring|resigning|stepping\\s+down|leaving)`,
  `PERSON${ASIDE}\\s+(?:${AUX}\\s+)?(?:provided|gave|delivered|submitted|tendered|notified|informed|advised|announced|communicated)\\b[^;]{0,200}?\\b(?:resign|retire|step\\s+down|not\\s+(?:to\\s+)?stand\\s+for|leave|depart|resignation|retirement|departure)`,
  `PERSON${ASIDE}\\s+(?:${AUX}\\s+)?(?:not|no\\s+longer)\\s+(?:stand|be\\s+standing|seek|serve|be\\s+employed|be\\s+nominated|continue|be\\s+renominated)`,
  `PERSON[’']s?\\s+employment\\b[^;]{0,240}?\\b(?:will\\s+terminate|terminated|was\\s+terminated|ended|will\\s+end|will\\s+cease|ceased|has\\s+been\\s+terminated|will\\s+be\\s+terminated)`,
  `PERSON[’']s?\\s+(?:resignation|retirement|departure|separation|termination)(?=\\s+(?:is|was|as|from|will|becomes?|became|,))`,
  `(?:[Dd]eparture|[Rr]esignation|[Rr]etirement|[Ss]eparation|[Dd]ismissal|[Rr]emoval|[Dd]eath|[Pp]assing|[Tt]ermination)s?\\s+of\\s+(?:the\\s+employment\\s+of\\s+)?PERSON`,
  `(?:terminated|removed|dismissed|accepted\\s+the\\s+resignation\\s+of|terminate\\s+the\\s+employment\\s+of)\\s+(?:the\\s+employment\\s+of\\s+)?PERSON`,
  `resignation[^.;]{0,30}\\s+(?:letter\\s+)?from\\s+PERSON`,
].map(pattern);

/** Who arrives: the person after the verb, or before its passive. */
const ARRIVES = [
  `(?:[Aa]ppointed|[Ee]lected|[Nn]amed|[Hh]ired|[Pp]romoted|[Ss]elected|[Dd]esignated)\\s+(?:(?:each\\s+of|both|as\\s+a\\s+director)\\s+)?(?:(?:its|our|the\\s+Company[’']s)\\s+[^.;]{3,80}?,\\s+)?PERSON`,
  `(?:to\\s+)?(?:appoint|elect|promote|hire)\\s+PERSON`,
  `PERSON${ASIDE}\\s+(?:was|has\\s+been|were|had\\s+been|is|will\\s+be)\\s+(?:also\\s+|unanimously\\s+|duly\\s+){0,2}(?:appointed|elected|named|promoted|hired|selected|designated)(?!\\s+(?:to|as\\s+a\\s+member\\s+of|as)\\s+(?:the\\s+)?[^.;]{0,40}Committee)`,
  `PERSON${ASIDE}\\s+(?:will|has\\s+agreed\\s+to|is\\s+expected\\s+to|agreed\\s+to)\\s+(?:also\\s+|then\\s+)?(?:become|assume|succeed|join|take\\s+over|serve\\s+as\\s+(?:the\\s+Company[’']s\\s+|our\\s+|its\\s+)?(?:new|interim|acting|[Cc]hief|[Pp]resident))`,
  `PERSON${ASIDE}\\s+(?:assumed|succeeded|succeeds|joined\\s+the\\s+Company\\s+as|became)\\b`,
  `(?:[Aa]ppointment|[Ee]lection|[Pp]romotion|[Hh]iring)s?\\s+of\\s+(?:(?:each\\s+of|both)\\s+)?PERSON`,
].map(pattern);

/** The same words in a contract's conditions, a life story or a pay decision say nothing of a move. */
const SAYS_NOTHING = [
  /\b(?:if|in the event|in case|unless|should|would|upon (?:a|any|his|her|the|such) (?:\w+ )?termination|whether or not|for purposes of)\b[^.]*\b(?:terminat|resign|employment|leave|retire)/i,
  /\bwithout (?:good reason|cause)\b|\bfor good reason\b|\bother than for cause\b/i,
  /^(?:prior to|before) (?:joining|his|her|that|this|being|becoming)|^(?:previously|earlier|from \d{4}|from [A-Z]\w+ \d{4}|between \d{4})/i,
  /\bage \d\d\b.*\bserved\b/i,
  /\bno (?:family relationship|arrangements?|understandings?|transactions?)\b|\bnot (?:a |the )?party to any\b/i,
  /\bappointed to (?:serve on )?the [^.]{0,60}committee\b(?![^.]*\bboard\b)/i,
];
/** Years ago is no news: a life story. */
const LIFE_STORY =
  /\b(?:previously|formerly|prior to that|earlier in (?:his|her)|began (?:his|her) career|where (?:he|she)|from \d{4} (?:to|until|through)|in \d{4}, )/i;

/**
 * Who leaves and who arrives according to item 5.02, read in its sentences; decisions on pay, terms of contracts and life
 * stories give nobody. Each person once per direction, with the first office and day named for the move.
 * @param text the item's text, a line per block
 */
export function readLeadershipMoves(text: string): LeadershipMove[] {
  const sentences = sentencesOf(text);
  const people = fullNames(sentences);
  const moves = new Map<string, LeadershipMove>();
  for (const sentence of sentences) {
    if (SAYS_NOTHING.some((silence) => silence.test(sentence.text))) continue;
    for (const found of movesIn(sentence, people)) {
      const key = `${found.direction}/${found.name.toLowerCase()}`;
      const known = moves.get(key);
      if (known === undefined) moves.set(key, found);
      else {
        // A heading names the move, the sentence below it the office and the day.
        known.role ??= found.role;
        known.isBoardSeat = known.role !== null && isBoardSeat(known.role);
        known.effectiveOn ??= found.effectiveOn;
        if (known.quote.length < 90 && found.quote.length > known.quote.length)
          Object.assign(known, { quote: found.quote, quoteStart: found.quoteStart });
      }
    }
  }
  const named = [...moves.values()];
  for (const move of named) {
    if (move.direction === 'arrives') move.isInternal = isInternal(move.name, sentences);
  }
  return named;
}

function movesIn(sentence: Sentence, people: ReadonlyMap<string, string>): LeadershipMove[] {
  return (['leaves', 'arrives'] as const).flatMap((direction) =>
    (direction === 'leaves' ? LEAVES : ARRIVES).flatMap((cue) =>
      [...sentence.text.matchAll(cue)].flatMap((match) => {
        const who = match.groups?.['who'] ?? '';
        const name = fullNameOf(who, people);
        if (name === null || LIFE_STORY.test(sentence.text.slice(0, match.index + match[0].length)))
          return [];
        const role = roleNear(sentence.text, match.index, match.index + match[0].length);
        return [
          {
            direction,
            name,
            role,
            isBoardSeat: role !== null && isBoardSeat(role),
            effectiveOn: dateIn(sentence.text, match.index),
            quote: sentence.text,
            quoteStart: sentence.start,
            isInternal: false,
          },
        ];
      }),
    ),
  );
}

/** The office after the cue (`as Chief Financial Officer`), else within it, else just before. */
function roleNear(text: string, from: number, to: number): string | null {
  const after = text.slice(to, to + 260);
  const office = new RegExp(OFFICES, 'u');
  const stated = new RegExp(
    `^[^.;]{0,120}?\\b(?:as|from|to|position[s]?\\s+of|role[s]?\\s+of|become|office\\s+of|joins?|on)\\s+(?:(?:his|her|their)\\s+(?:role|position|office|service|duties|employment)s?\\s+(?:as|of|on)\\s+)?(?:an?\\s+|the\\s+|its\\s+|our\\s+)?(?:(?:Company|Corporation|Bank|Registrant)[’']s\\s+)?(?:new\\s+|next\\s+)?(${OFFICES})`,
    'u',
  ).exec(after)?.[1];
  const within = office.exec(text.slice(from, to))?.[0];
  const close = office.exec(after.slice(0, 90))?.[0];
  const before = office.exec(text.slice(Math.max(0, from - 80), from))?.[0];
  const found = stated ?? within ?? close ?? before ?? null;
  return found === null ? null : officeOf(found);
}

/** Full names by surname, as introduced in the text. */
function fullNames(sentences: readonly Sentence[]): ReadonlyMap<string, string> {
  const people = new Map<string, string>();
  for (const { text } of sentences) {
    for (const match of text.matchAll(new RegExp(PERSON, 'gu'))) {
      const name = personName(match[0]);
      if (isShortForm(match[0]) || !isPersonName(name) || name.split(/\s+/).length < 2) continue;
      if (!people.has(surnameOf(name))) people.set(surnameOf(name), name);
    }
  }
  return people;
}

function fullNameOf(who: string, people: ReadonlyMap<string, string>): string | null {
  const name = personName(who);
  if (!isPersonName(name)) return null;
  if (isShortForm(who)) return people.get(surnameOf(name)) ?? name;
  const words = name.split(/\s+/);
  return words.length > 1 ? name : null;
}

function isInternal(name: string, sentences: readonly Sentence[]): boolean {
  const surname = name.split(/\s+/).at(-1) ?? name;
  return sentences.some(
    ({ text }) =>
      text.includes(surname) &&
      /\bpromot(?:ed|ion)\b|\bjoined (?:the|our) (?:Company|Corporation|Bank) in\b|\bhas (?:been|served as|worked|held)\b[^.]*\b(?:of the Company|the Company[’']s|with the Company|at the Company|our)\b|\bcurrently (?:serves|is|serving)\b[^.]*\bCompany/i.test(
        text,
      ),
  );
}
