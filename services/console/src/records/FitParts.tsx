import type { ScoreExplained } from '../api/records.ts';
import { points, sentence } from '../format/words.ts';
import { Tag, type Tone } from '../ui/Tag.tsx';
import { Dated } from '../ui/When.tsx';
import styles from './records.module.css';

const VERDICTS: Readonly<
  Record<
    ScoreExplained['fitParts'][number]['verdict'],
    { tone: Tone; shape: 'dot' | 'ring' | 'square'; word: string }
  >
> = {
  match: { tone: 'good', shape: 'dot', word: 'Match' },
  miss: { tone: 'plain', shape: 'square', word: 'Miss' },
  unknown: { tone: 'warn', shape: 'ring', word: 'Unknown' },
  excluded: { tone: 'bad', shape: 'square', word: 'Excluded' },
};

/** Each criterion of the ICP against what is known of the account; the points add up to the fit. */
export function FitParts({ parts, total }: { parts: ScoreExplained['fitParts']; total: number }) {
  return (
    <ul>
      {parts.map((part, index) => {
        const { word, ...look } = VERDICTS[part.verdict];
        return (
          <li key={`${part.criterion} ${index}`} className={styles.fitPart}>
            <span>{part.label}</span>
            <Tag {...look}>{word}</Tag>
            <span className="num right">{points(part.points, 1)}</span>
            <span className={styles.fitDetail} title={part.expected}>
              <Dated>{sentence(part.actual)}</Dated> · wanted {part.expected}
            </span>
          </li>
        );
      })}
      <li className={styles.fitTotal}>
        <span>Fit</span>
        <span className="num right">{points(total, 1)}</span>
      </li>
    </ul>
  );
}
