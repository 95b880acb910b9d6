import { Link } from '@tanstack/react-router';

import { useAnswer, useMay } from '../../api/hooks.ts';
import type { DealDetail } from '../../api/records.ts';
import { winInWords } from '../../records/win-words.ts';
import { Section } from '../../ui/Section.tsx';
import styles from './pipeline.module.css';

const percent = (share: number): string => `${Math.round(share * 100)} %`;
/** Log-odds from which on a reason is a strong one. */
const STRONG = 0.7;

/** How likely the deal is won: what speaks for and against it, and what the number rests on; or the stage's default and why. */
export function WinOutlook({ deal }: { deal: DealDetail }) {
  const model = useAnswer('deals.winModel', {});
  const may = useMay();
  if (deal.stageType !== 'open') return null;
  const { winProbability: chance } = deal;
  return (
    <Section
      title="Likely to close"
      aside={
        <span className="num">
          {chance === null ? `${percent(deal.probability)}, stage default` : percent(chance)}
        </span>
      }
    >
      {chance !== null && (
        <ul className={styles.factors}>
          {deal.winFactors.map(({ label, value, logit }) => (
            <li key={label}>
              <span>
                {label} <span className="dim">{value}</span>
              </span>
              <span className="num" title={`Log-odds ${logit.toFixed(2)} beside the usual deal`}>
                {logit > 0 ? '▲' : '▼'} {Math.abs(logit) >= STRONG ? 'much ' : ''}
                {logit > 0 ? 'more likely' : 'less likely'}
              </span>
            </li>
          ))}
        </ul>
      )}
      {model.data && (
        <p className={styles.winNote}>
          {chance !== null && `Stage default ${percent(deal.probability)}. `}
          {model.data.state === 'ready' &&
            `Rests on ${model.data.won} won and ${model.data.lost} lost deals. `}
          {winInWords(model.data)}
        </p>
      )}
      {may('settings.read') && (
        <Link to="/settings/$section" params={{ section: 'win' }}>
          What it rests on
        </Link>
      )}
    </Section>
  );
}
