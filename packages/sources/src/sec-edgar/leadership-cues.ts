import { SOMEBODY } from './people-in-sentence.ts';

/** Who a cue is about stands as `who`, what is said of them in between as `aside`. */
const pattern = (text: string): RegExp => new RegExp(text.replaceAll('PERSON', `(?<who>${SOMEBODY})`), 'gu');

const AUX =
  '(?:will|would|has|had|have|shall|is|was|were|did|intends?\\s+to|plans?\\s+to|expects?\\s+to|decided\\s+to|agreed\\s+to|elected\\s+to|chose\\s+to)';
const ASIDE = '(?<aside>,[^;\uE000]{1,240}?,)?';
/** As far as the same person is spoken of. */
const ON = '[^;\uE000]';
const THEIR_OFFICE = "(?:(?:its|our|the\\s+Company[’']s|the)\\s+[^.;\uE000]{3,100}?,\\s+)?";

/** A seat in a committee is no move: it is given among those who are there. */
const NO_COMMITTEE =
  '(?!\\s+(?:to|as|as\\s+an?\\s+(?:member|chair\\w*)\\s+of)\\s+(?:(?![Bb]oard|[Dd]irector)[^.;]){0,50}Committee)';

/** Who leaves: the person before the verb, or after the noun. */
export const LEAVES = [
  `PERSON${ASIDE}\\s+(?:each\\s+|both\\s+)?(?:${AUX}\\s+){0,2}(?:also\\s+|voluntarily\\s+|formally\\s+|both\\s+|each\\s+){0,2}(?:resign(?:ed|s)?|retire[ds]?|step(?:s|ped|ping)?\\s+down|depart(?:ed|s)?|left|leave[s]?|ceased?\\b|separate[ds]?\\s+from|pass(?:ed)?\\s+away|died|vacate[ds]?|relinquish(?:ed|es)?|transition(?:ed|s)?\\s+(?:from|out)|take\\s+(?:early\\s+)?retirement)`,
  `PERSON${ASIDE}\\s+(?:was|has\\s+been|have\\s+been|had\\s+been|were|is\\s+being|will\\s+be|would\\s+be)\\s+(?:each\\s+)?(?:terminated|removed|dismissed|relieved|separated|succeeded|replaced|placed\\s+on\\s+(?:administrative\\s+)?leave|departing|retiring|resigning|stepping\\s+down|leaving)`,
  `PERSON${ASIDE}\\s+(?:is|are)\\s+(?:departing|retiring|resigning|stepping\\s+down|leaving)`,
  `PERSON${ASIDE}\\s+(?:${AUX}\\s+)?(?:each\\s+)?(?:provided|gave|delivered|submitted|tendered|notified|informed|advised|announced|communicated)\\b${ON}{0,200}?\\b(?:resign|retire|step\\s+down|not\\s+(?:to\\s+)?(?:stand|seek)|leave|depart|resignation|retirement|departure)`,
  `PERSON${ASIDE}\\s+(?:${AUX}\\s+)?(?:not|no\\s+longer)\\s+(?:stand|be\\s+standing|seek|serve|be\\s+employed|be\\s+nominated|continue|be\\s+renominated)`,
  `PERSON[’']s?\\s+(?:employment|service|position|role)\\b(?!\\s+(?:agreement|contract|letter))${ON}{0,240}?\\b(?:will\\s+terminate|terminated|was\\s+terminated|ended|will\\s+end|will\\s+cease|ceased|has\\s+been\\s+terminated|will\\s+be\\s+terminated|was\\s+eliminated|has\\s+been\\s+eliminated|will\\s+be\\s+eliminated)`,
  `PERSON[’']s?\\s+(?:resignation|retirement|departure|separation|termination|death|passing|dismissal)(?=\\s*(?:,|(?:is|was|as|from|on|will|becomes?|became|effective)\\b))`,
  `PERSON${ASIDE}\\s+(?:is|are|was|were)\\s+(?:no\\s+longer\\s+(?:serving|employed|with\\s+the|an?\\s+(?:director|officer|employee|member))|not\\s+(?:re-?)?nominated)`,
  `\\bnot\\s+(?:to\\s+)?(?:re-?)?nominate\\s+PERSON`,
  `PERSON${ON}{0,80}?\\bagreed\\s+to\\s+(?:end|terminate|conclude)\\s+(?:his|her|their)\\s+employment`,
  `eliminated${ON}{0,100}?\\bheld\\s+by\\s+PERSON`,
  `PERSON[’']s?\\s+last\\s+day\\b`,
  `PERSON[^;]{0,120}?\\b(?:following|upon|after)\\s+(?:his|her|their)\\s+(?:retirement|resignation|departure|separation)\\s+(?:as|from\\s+(?:the\\s+Company|our|his|her|that))\\b`,
  `(?:[Dd]eparture|[Rr]esignation|[Rr]etirement|[Ss]eparation|[Dd]ismissal|[Rr]emoval|[Dd]eath|[Pp]assing|[Tt]ermination)s?\\s+of\\s+(?:the\\s+employment\\s+of\\s+)?(?:each\\s+of\\s+|both\\s+)?${THEIR_OFFICE}PERSON`,
  `(?:terminated|removed|dismissed|accepted\\s+the\\s+resignations?\\s+of|terminate\\s+the\\s+employment\\s+of)\\s+(?:the\\s+(?:employment|services?)\\s+of\\s+)?${THEIR_OFFICE}PERSON`,
  `employment\\s+of\\s+${THEIR_OFFICE}PERSON${ON}{0,100}?\\b(?:was|has\\s+been|will\\s+be|is\\s+being)\\s+terminated`,
  `resignation[^.;]{0,30}\\s+(?:letter\\s+)?from\\s+PERSON`,
  `(?:notice|notification|letter|word)s?\\s+from\\s+PERSON${ON}{0,120}?\\b(?:resign|retire|not\\s+(?:to\\s+)?(?:stand|seek)|step\\s+down|leave|depart)`,
  `(?:[Ss]eparation|[Ss]everance)\\s+(?:[Aa]nd\\s+(?:[Gg]eneral\\s+)?[Rr]elease\\s+)?[Aa]greement(?:\\s+and\\s+(?:[Gg]eneral\\s+)?[Rr]elease)?\\s+with\\s+PERSON${ON}{0,120}?\\b(?:departure|separation|resignation|retirement|termination)\\b`,
  `\\b(?:succeed(?:s|ed|ing)?|replac(?:es?|ed|ing)|successor\\s+to)\\s+${THEIR_OFFICE}PERSON`,
].map(pattern);

/** Who arrives: the person after the verb, or before its passive. */
export const ARRIVES = [
  `(?<![-\\w])(?:[Aa]ppointed|[Ee]lected|[Nn]amed|[Hh]ired|[Pp]romoted|[Ss]elected|[Dd]esignated)\\s+(?:(?:each\\s+of|both|as\\s+a\\s+director)\\s+)?(?:(?:its|our|the\\s+Company[’']s)\\s+[^.;\uE000]{3,80}?,\\s+)?PERSON${NO_COMMITTEE}`,
  `(?:to\\s+)?\\b(?:appoint|elect|promote|hire)\\s+(?:each\\s+of\\s+|both\\s+)?PERSON${NO_COMMITTEE}`,
  `PERSON${ASIDE}\\s+(?:was|has\\s+been|have\\s+been|were|had\\s+been|is|are|will\\s+be|would\\s+be)\\s+(?:also\\s+|each\\s+|unanimously\\s+|duly\\s+){0,2}(?:appointed|elected|named|promoted|hired|selected|designated)${NO_COMMITTEE}`,
  `PERSON${ASIDE}\\s+(?:will|would|has\\s+agreed\\s+to|is\\s+expected\\s+to|agreed\\s+to)\\s+(?:also\\s+|then\\s+)?(?:become|assume|succeed|replace|join|take\\s+over|serve\\s+as\\s+(?:the\\s+Company[’']s\\s+|our\\s+|its\\s+)?(?:new|interim|acting|[Cc]hief|[Pp]resident))`,
  `PERSON${ASIDE}\\s+(?:(?:will|would)\\s+be\\s+|is\\s+)(?:joining|becoming|assuming|succeeding|replacing|taking\\s+over)\\b`,
  `PERSON${ASIDE}\\s+(?:assumed|succeeded|succeeds|replaces|replaced|joined\\s+the\\s+Company\\s+as|became)\\b`,
  `PERSON${ASIDE}\\s+(?:has\\s+|have\\s+|will\\s+)?(?:rejoin(?:ed)?|return(?:ed)?\\s+to)\\s+(?:the|our)\\s+(?:Company|Corporation|Bank)\\b`,
  `PERSON${ASIDE}\\s+(?:will\\s+|is\\s+expected\\s+to\\s+)?(?:beg[iau]n|commenced?|started?)\\s+(?:serving|employment|(?:his|her)\\s+(?:service|employment|role|duties))\\s+as\\b`,
  `PERSON${ASIDE}\\s+(?:has\\s+|have\\s+)?accepted\\s+(?:the|an|our|its)\\s+(?:Company[’']s\\s+)?(?:position|role|offer|appointment)\\b`,
  `\\boffer(?:\\s+of\\s+employment|\\s+letter)?\\s+to\\s+PERSON${ON}{0,160}?\\baccepted\\b`,
  `\\boffer\\s+letter\\s+(?:agreement\\s+)?with\\s+PERSON${ON}{0,160}?\\b(?:he|she)\\s+will\\s+(?:serve|join|become)\\b`,
  `(?:succeeded|replaced)\\s+(?:as\\s+[^.;\uE000]{3,100}?\\s+)?by\\s+${THEIR_OFFICE}PERSON`,
  `(?:[Aa]ppointment|[Ee]lection|[Pp]romotion|[Hh]iring)s?\\s+of\\s+(?:(?:each\\s+of|both)\\s+)?${THEIR_OFFICE}PERSON${NO_COMMITTEE}`,
].map(pattern);

const LEAVING = '(?:terminat|resign|leave|retire|depart|cease)';

/** The same words in a contract's conditions, a life story or a pay decision say nothing of a move. */
const SAYS_NOTHING = [
  new RegExp(
    `\\b(?:if|in the event|in case|unless|should (?:he|she|they|the|mr|ms|mrs|dr)|upon (?:a|any|his|her|the|such) (?:\\w+ )?termination|whether or not|for purposes of)\\b[^.]*\\b(?:${LEAVING}|employment)`,
    'i',
  ),
  /\b(?:for|without) good reason\b|\bother than for cause\b/i,
  /\b(?:is|be|are|were to be) (?:involuntarily )?terminated\b[^.]*\bwithout cause\b|\bterminat\w+ without cause\b[^.]*\b(?:entitled|severance|or)\b/i,
  new RegExp(`\\bupon [^.;]{0,40}(?:retirement|resignation|termination|departure)\\b(?![^.]*\\d{4})`, 'i'),
  /^(?:prior to|before) (?:joining|his|her|that|this|being|becoming)|^(?:previously|earlier|from \d{4}|from [A-Z]\w+ \d{4}|between \d{4})/i,
  /\bage \d\d\b.*\bserved\b/i,
  /\bno (?:family relationship|arrangements?|understandings?|transactions?)\b|\bnot (?:a |the )?party to any\b/i,
  /\bappointed to (?:serve on )?the [^.]{0,60}committee\b(?![^.]*\bboard\b)/i,
];

export const saysNothing = (sentence: string): boolean =>
  SAYS_NOTHING.some((silence) => silence.test(sentence));

/** Years ago is no news: a life story. */
const LIFE_STORY =
  /\b(?:previously|formerly|prior to that|earlier in (?:his|her)|began (?:his|her) career|where (?:he|she)|from \d{4} (?:to|until|through)|in \d{4}, )/i;

/** True if what comes before a cue, without what is told of the person in between, begins a life story. */
export function isLifeStory(sentence: string, match: RegExpExecArray): boolean {
  const cue = match[0].replace(match.groups?.['aside'] ?? '', '');
  return LIFE_STORY.test(sentence.slice(0, match.index) + cue);
}
