import { Tag } from '../../ui/Tag.tsx';

/** `+` for what comes, `−` for what goes, `±` for what is changed. */
export type ShownChange = { sign: string; text: string };

const TONES: Readonly<Record<string, 'good' | 'bad'>> = { '+': 'good', '−': 'bad' };

/** What a draft changes, a line each. */
export function ChangeList({ changes }: { changes: readonly ShownChange[] }) {
  return (
    <ul>
      {changes.map(({ sign, text }) => (
        <li key={sign + text} className="num">
          <Tag tone={TONES[sign] ?? 'warn'} shape="none">
            {sign}
          </Tag>{' '}
          {text}
        </li>
      ))}
    </ul>
  );
}
