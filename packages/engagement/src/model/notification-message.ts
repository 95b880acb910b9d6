import { wordsOf, type Told } from './notification-words.ts';

const MOST_LINES = 50;

/** A digest as plain text, without names of persons: a mailbox can't be erased. */
export function digestMail(parts: readonly Told[], origin: string): { subject: string; text: string } {
  const shown = parts.slice(0, MOST_LINES).map((part) => wordsOf(part, 'unnamed'));
  const [first] = shown;
  const more = parts.length - 1;
  const subject = `${first?.title ?? 'Nothing'}${more > 0 ? ` and ${more} more` : ''}`;
  const lines = shown.map(({ title, detail, path }) => `* ${title}\n  ${detail}\n  ${origin}${path}`);
  const rest = parts.length - shown.length;
  const text = [
    ...lines,
    ...(rest > 0 ? [`and ${rest} more: ${origin}/notifications`] : []),
    `What you are told of, and when: ${origin}/settings/notifications`,
  ].join('\n\n');
  return { subject: subject.slice(0, 200), text };
}

const MOST_IN_SLACK = 20;
/** Slack cuts at 40,000 characters and asks for less than 4,000. */
const LONGEST_TITLE = 180;

/** The same for Slack, in its own marks; what other programs wrote can make none. */
export function slackText(parts: readonly Told[], origin: string): string {
  const shown = parts.slice(0, MOST_IN_SLACK).map((part) => wordsOf(part, 'unnamed'));
  const lines = shown.map(
    ({ title, detail, path }) =>
      `• <${origin}${path}|${escaped(title.slice(0, LONGEST_TITLE))}>${detail === '' ? '' : ` · ${escaped(detail)}`}`,
  );
  const rest = parts.length - shown.length;
  return [...lines, ...(rest > 0 ? [`and <${origin}/notifications|${rest} more>`] : [])].join('\n');
}

/** Within a link a bar ends its address, so it goes too. */
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('|', '¦')
    .replaceAll(/\s+/g, ' ');
