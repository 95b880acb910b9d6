import type { WelcomeMail } from '../api/records.ts';
import { Tag } from '../ui/Tag.tsx';

/** What is known of a mail. "Unknown" is said plainly: nobody sends it again unasked. */
export function MailState({ state, code }: { state: WelcomeMail['state']; code: string }) {
  if (state === 'accepted') return <Tag tone="good">Accepted</Tag>;
  if (state === 'refused')
    return (
      <Tag tone="bad" shape="square">
        Refused{code && ` (${code})`}
      </Tag>
    );
  if (state === 'unknown')
    return (
      <Tag tone="warn" shape="ring" title={UNKNOWN}>
        Unknown
      </Tag>
    );
  if (state === 'withdrawn') return <Tag shape="ring">Taken back</Tag>;
  return (
    <Tag tone="accent" shape="half">
      {state === 'sending' ? 'Leaving now' : code === '' ? 'Waiting to leave' : `Waiting (${code})`}
    </Tag>
  );
}

export const UNKNOWN =
  'It may or may not have arrived: the connection ended after the mail was handed over. It is never resent by itself.';
