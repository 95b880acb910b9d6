import type { ScoreExplained } from '../api/records.ts';
import { points } from '../format/words.ts';
import { Tag, type Tone } from '../ui/Tag.tsx';
import styles from './records.module.css';

const VERDICTS: Readonly<Record<string, { tone: Tone; word: string }>> = {
  match: { tone: 'good', word: 'Match' },
  miss: { tone: 'plain', word: 'Miss' },
  unknown: { tone: 'warn', word: 'Unknown' },
  excluded: { tone: 'bad', word: 'Excluded' },
};

/** Each criterion of the ICP against what is known of the account. */
export function FitParts({ parts, total }: { parts: ScoreExplained['fitParts']; total: number }) {
  return (
    <table className={styles.parts}>
      <tbody>
        {parts.map((part) => (
          <tr key={part.criterion}>
            <td>
              <div>{part.label}</div>
              <div className="faint">
                {part.actual} · wanted {part.expected}
              </div>
            </td>
            <td>
              <Tag
                tone={VERDICTS[part.verdict]?.tone ?? 'plain'}
                shape={part.verdict === 'unknown' ? 'ring' : part.verdict === 'match' ? 'dot' : 'square'}
              >
                {VERDICTS[part.verdict]?.word ?? part.verdict}
              </Tag>
            </td>
            <td className="num right">{points(part.points, 1)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={2}>Fit</td>
          <td className="num right">{points(total, 1)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
