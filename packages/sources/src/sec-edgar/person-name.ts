/** Names of people as filings write them, and the words that look like names and are none. */

const PARTICLES = 'de|da|di|del|della|der|den|des|du|la|le|van|von|ter|bin|ibn|al|el|dos|das|mac|st\\.';
const WORD = "[\\p{Lu}][\\p{L}’'\\-]{0,40}\\.?";
const MIDDLE = `(?:${WORD}|[\\p{Lu}]\\.|[“"(][\\p{L} .’'\\-]{2,20}[”")]|(?:${PARTICLES})(?=\\s))`;
const SUFFIX =
  '(?:,?\\s+(?:Jr\\.?|Sr\\.?|I{2,3}|IV|Ph\\.?\\s?D\\.?|M\\.?D\\.?|J\\.?D\\.?|CPA|CFA|Esq\\.?|M\\.?B\\.?A\\.?))*';
const HONORIFIC = '(?:Mr\\.?|Ms\\.?|Mrs\\.?|Miss|Dr\\.?|Prof\\.?|Sir|Dame|General|Admiral|Ambassador)';

/** A full name with two to five parts, or a title and a surname. */
export const PERSON = `(?<!\\p{L})(?:${HONORIFIC}\\s+(?:${MIDDLE}\\s+){0,3}${WORD}|${WORD}(?:\\s+${MIDDLE}){0,3}\\s+${WORD})${SUFFIX}`;

const NO_NAME = new Set(
  `board company committee chief executive officer president vice director directors chairman chairwoman chairperson chair treasurer secretary
   controller counsel general item form agreement plan section exhibit report current act securities exchange commission inc corp corporation llc ltd
   plc the this that on in as at for pursuant effective upon following prior since also each no there such his her its their our under with from
   january february march april may june july august september october november december monday tuesday wednesday thursday friday
   annual meeting stockholders shareholders bank trust holdings group partners capital management financial operating accounting principal named
   compensation audit nominating governance corporate senior interim new york united states nyse nasdaq stock release press date employment separation
   letter offer award equity incentive class common compensatory arrangements departure election appointment certain officers company’s registrant
   information technology human resources marketing sales commercial medical legal product global north america europe retirement resignation
   transition services consulting base salary target bonus restricted unit units performance rule regulation lead independent non-employee co-founder founder`.split(
    /\s+/,
  ),
);

/** False for words of offices, papers and days. */
export const isNameWord = (word: string): boolean =>
  !NO_NAME.has(
    word
      .toLowerCase()
      .replace(/[’']s$/, '')
      .replace(/[.,]$/, ''),
  );

/** True for what reads like a person and not like an office, a paper or a day. */
export function isPersonName(text: string): boolean {
  const words = bare(text).split(/\s+/);
  return words.length > 0 && words.every(isNameWord) && words.some((word) => word.length > 1);
}

const bare = (text: string): string =>
  text.replace(new RegExp(`^${HONORIFIC}\\s+`, 'u'), '').replace(new RegExp(`${SUFFIX}$`, 'u'), '');

/** The name without title, suffix and possessive. */
export function personName(text: string): string {
  return bare(
    text
      .trim()
      .replace(/[’']s$/, '')
      .replace(/[,.]$/, ''),
  ).trim();
}

/** True if it is a surname with a title: it stands for somebody who was named in full before. */
export const isShortForm = (text: string): boolean =>
  new RegExp(`^${HONORIFIC}\\s+[^\\s]+$`, 'u').test(text.trim());

export const surnameOf = (name: string): string => name.split(/\s+/).at(-1)?.toLowerCase() ?? '';
