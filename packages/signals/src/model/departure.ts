/** When it is believed that somebody has left, and what replies and bounces say of it. Pure. */

export type Witness = 'bounce' | 'auto_reply' | 'filing' | 'vendor' | 'reply' | 'member';

export type DepartureWord = {
  /** Whose word it is: a vendor's id, `bounce`, `sec-edgar`, a member. Vendors that copy one profile are one origin. */
  origin: string;
  enoughAlone: boolean;
};

/** Whose word a vendor's is: of the profile that it read, where it says so, else its own. */
export function vendorOrigin(vendor: string, profile: string | null | undefined): string {
  const path = (profile ?? '')
    .trim()
    .toLowerCase()
    .replace(/^(https?:\/\/)?(www\.)?/, '')
    .replace(/[/?#]+$/, '');
  return path === '' ? vendor.toLowerCase() : `https://${path}`;
}

/** True when it may be told: a word that is enough alone, or the word of two different origins. */
export function isConfirmed(words: readonly DepartureWord[]): boolean {
  return words.some((word) => word.enoughAlone) || new Set(words.map(({ origin }) => origin)).size >= 2;
}

/** True if this witness needs no second: the employer's own mail server or a public record. */
export function isEnoughAlone(witness: Witness, isFromEmployer: boolean): boolean {
  if (witness === 'filing') return true;
  return (witness === 'bounce' || witness === 'auto_reply') && isFromEmployer;
}

/** Codes of RFC 3463 and its registry that say the mailbox is gone: not full, not slow, not refused for its content. */
const GONE = new Set(['5.1.1', '5.1.3', '5.1.6', '5.1.10', '5.2.1']);

/** True for a status such as `550 5.1.1 user unknown` that says the mailbox is no more. A bare 550 says only that a server refused. */
export function saysMailboxGone(status: string): boolean {
  const code = /(?<![\d.])5\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(status)?.[0];
  return code !== undefined && GONE.has(code);
}

const EMPLOYER =
  '(?:(?:the|our|this) (?:company|firm|organi[sz]ation|business|bank|team|agency|group)\\b|us\\b|[A-Z][\\w&.-]+)';
const LEFT = [
  // Of somebody, not of what a company does: `We no longer work with agencies`.
  /(?<!\bwe (?:are )?)\bno longer (?:(?:with|at|part of|associated with|affiliated with|a member of|working (?:for|at|with)) (?!me\b|you\b|(?:my|your|his|her|the|a|an) (?:desk|office|phone|computer)|us (?:on|for|in)\b)|employed\b|an? (?:\w+ ){0,3}?employee\b|here\b|work(?:s|ing)? (?:for|at|here)\b)/i,
  new RegExp(
    `\\b(?:has|have|[’']s|[’']ve) (?:now |since |recently )?left ${EMPLOYER}|[’']ve left ${EMPLOYER}`,
  ),
  /\bleft (?:the|our) (?:company|firm|organi[sz]ation|business|bank|agency)\b/i,
  /\b(?:employee|colleague|person) (?:has left|left|is gone)\b/i,
  /(?:^|[.,:] )\p{Lu}[\p{L}’-]+ (?:\p{Lu}[\p{L}’-]+ )?left \p{Lu}[\w&.-]+ (?:in|on|last|as of|effective|at the)\b/u,
  /\b(?:does not|doesn[’']t|do not|don[’']t) work here\b|\b(?:does not|doesn[’']t|do not|don[’']t) work (?:at|for|with)\b.{0,40}\b(?:any ?more|any longer)\b/i,
  new RegExp(`\\bnot (?:with|at|part of) ${EMPLOYER}.{0,20}\\b(?:any ?more|any longer)\\b`),
  /\b(?:my|his|her|their) last (?:working )?day (?:at|with|in)\b.{0,40}\b(?:was|is)\b/i,
  /\b(?:have|has|[’']s|[’']ve) (?:departed|retired) from\b/i,
  /\b(?:have|has|[’']s|[’']ve) moved on (?:from\b|to (?:a |an |the )?(?:new|other|another|next) (?:opportunit|role|position|challenge|job|adventure|company))/i,
  /\bnicht mehr (?:bei|in unserem|im unternehmen|tätig|beschäftigt)\b|\bnicht mehr für .{1,60}\b(?:tätig|arbeite[nt]?)\b|\barbeitet? nicht mehr (?:bei|für|hier)\b/i,
  /\b(?:hat|habe) (?:das|die|unser|unsere|den|\p{Lu}).{0,60}\bverlassen\b|\baus (?:dem|unserem) (?:unternehmen|haus|betrieb)\b.{0,30}\bausgeschieden\b/iu,
  /\bne (?:fait|fais) plus partie d|\bne travaille plus (?:chez|pour|dans|au sein|ici)\b|\b(?:a|ai) quitté (?:la société|l[’']entreprise|notre\b|ses fonctions|mes fonctions)/i,
  /\bya no (?:trabaj[ao]|labor[ao]|form[ao] parte|pertene(?:ce|zco)) (?:en|para|con|de|a|aquí)\b|\b(?:he|ha) dejado (?:la empresa|la compañía|nuestra|de trabajar)/i,
  /\b(?:niet meer|niet langer) (?:werkzaam )?(?:bij|voor|in dienst)\b|\bheb(?:t)? .{1,40}\bverlaten\b|\bheeft .{1,40}\bverlaten\b/i,
];
/** A farewell to come, a wish, an absence or somebody else says nothing yet. */
const NOT_LEFT =
  /\bif (?:you|he|she|they|I)\b.{0,40}\b(?:left|no longer)\b|\bon (?:leave|vacation|holiday)\b|\bwho (?:is|has|was)\b|\bmailing list\b/i;

/** The sentence of a reply that says its writer, or whom it was sent to, has left; null for an absence and everything else. */
export function departureSentence(text: string): string | null {
  const sentences = text
    .slice(0, 10_000)
    .replaceAll(/\s+/g, ' ')
    .split(/(?<=[!?]|(?<!\d)\.)\s+/);
  const found = sentences.find(
    (sentence) => LEFT.some((said) => said.test(sentence)) && !NOT_LEFT.test(sentence),
  );
  return found === undefined ? null : found.trim().slice(0, 300);
}

export const CHAMPION_TIERS = ['key', 'standard', 'light'] as const;
export type ChampionTier = (typeof CHAMPION_TIERS)[number];
