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

const LEFT = [
  /\b(?:is|am|are|was)?\s*no longer (?:with|at|employed|working|works?|part of|associated with|affiliated with)\b/i,
  /\b(?:has|have) (?:now )?left (?:the (?:company|firm|organi[sz]ation|business|bank|team)|our|us\b|[A-Z])/,
  /\b(?:does not|doesn[’']t|do not|don[’']t) work (?:here|at|for|with)\b.{0,40}\b(?:any ?more|any longer)?/i,
  /\b(?:my|his|her|their) last (?:working )?day (?:at|with|in)\b.{0,40}\b(?:was|is)\b/i,
  /\b(?:have|has) (?:moved on|departed|retired) from\b/i,
  /\bnicht mehr (?:bei|für|im unternehmen|in unserem|tätig|beschäftigt)\b/i,
  /\b(?:hat|habe) (?:das unternehmen|die firma|unser unternehmen|unser haus) verlassen\b/i,
  /\bne (?:fait|fais) plus partie\b|\ba quitté (?:la société|l[’']entreprise|notre\b)/i,
];
/** A farewell to come, or a wish, says nothing yet. */
const NOT_LEFT =
  /\bif (?:you|he|she|they|I)\b.{0,40}\b(?:left|no longer)\b|\bon (?:leave|vacation|holiday)\b/i;

/** The sentence of a reply that says its writer, or whom it was sent to, has left; null for an absence and everything else. */
export function departureSentence(text: string): string | null {
  const sentences = text
    .slice(0, 10_000)
    .replaceAll(/\s+/g, ' ')
    .split(/(?<=[.!?])\s+/);
  const found = sentences.find(
    (sentence) => LEFT.some((said) => said.test(sentence)) && !NOT_LEFT.test(sentence),
  );
  return found === undefined ? null : found.trim().slice(0, 300);
}

export const CHAMPION_TIERS = ['key', 'standard', 'light'] as const;
export type ChampionTier = (typeof CHAMPION_TIERS)[number];
