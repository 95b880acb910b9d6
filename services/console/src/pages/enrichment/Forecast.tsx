import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer } from '../../api/hooks.ts';
import type { QueryInput } from '../../api/procedures.ts';
import { plural, words } from '../../format/words.ts';
import { BoneRows, Failed } from '../../ui/States.tsx';
import {
  changesOf,
  dollars,
  groundOf,
  LEFT_OF,
  linesOf,
  type ForecastAnswer,
  type Outlook,
} from './forecast-words.ts';
import styles from './forecast.module.css';
import plain from '../../ui/plain.module.css';

/** What a run would cost, reach and take before it is started, and what a draft changes about it. */
export function Forecast(props: { input: QueryInput<'enrichment.forecast'>; budgetMicros?: number | null }) {
  const forecast = useAnswer('enrichment.forecast', props.input, { keepPrevious: true });
  if (forecast.isPending) return <BoneRows rows={3} />;
  if (forecast.isError)
    return <Failed what="The forecast" error={forecast.error} onRetry={() => void forecast.refetch()} />;
  const answer = forecast.data;
  if (answer.sampled === 0)
    return <p className="dim">Nobody who lacks this may be looked up: there is nothing to forecast.</p>;
  return (
    <section className={styles.forecast} aria-label="Forecast" aria-busy={forecast.isPlaceholderData}>
      {answer.against === null ? (
        <Figures answer={answer} />
      ) : (
        <Compared answer={answer} against={answer.against} />
      )}
      <p className={styles.ground}>
        {groundOf(answer)} Nine of ten outcomes lie within the ranges.
        {answer.barred > 0 &&
          ` ${plural(answer.barred, 'person', 'people')} of the sample objected and are left out.`}
      </p>
      <Warning answer={answer} budgetMicros={props.budgetMicros ?? null} />
      <Steps outlook={answer.forecast} />
    </section>
  );
}

function Figures({ answer }: { answer: ForecastAnswer }) {
  return (
    <dl className={styles.figures}>
      {linesOf(answer.forecast, answer.records).map(({ label, mid, range }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="num">{mid}</dd>
          <dd className={styles.range}>{range}</dd>
        </div>
      ))}
    </dl>
  );
}

function Compared({ answer, against }: { answer: ForecastAnswer; against: Outlook }) {
  const [before, after] = [linesOf(against, answer.records), linesOf(answer.forecast, answer.records)];
  const changes = changesOf(answer);
  return (
    <div className={plain.scroll} tabIndex={0} role="region" aria-label="The draft beside what is published">
      <table className={plain.table}>
        <thead>
          <tr>
            <th scope="col">For {plural(answer.records, 'person', 'people')}</th>
            <th scope="col">Published</th>
            <th scope="col">Draft</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {after.map((line, at) => (
            <tr key={line.label}>
              <th scope="row">{line.label}</th>
              <td>
                <span className="num">{before[at]?.mid}</span>{' '}
                <span className={styles.range}>{before[at]?.range}</span>
              </td>
              <td>
                <span className="num">{line.mid}</span> <span className={styles.range}>{line.range}</span>
              </td>
              <td className="num">{changes[at]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Warning({ answer, budgetMicros }: { answer: ForecastAnswer; budgetMicros: number | null }) {
  const { costMicros } = answer.forecast;
  if (answer.stopped)
    return (
      <p className={styles.warning}>
        Paid calls are stopped in this workspace: a run would pause at once.{' '}
        <Link to="/enrichment/money">Money</Link>
      </p>
    );
  const { scope, leftMicros } = answer.tightest;
  if (costMicros.high > leftMicros)
    return (
      <p className={styles.warning}>
        {dollars(leftMicros)} {LEFT_OF[scope]} is left: a run {costMicros.low > leftMicros ? 'will' : 'may'}{' '}
        pause before its end. <Link to="/enrichment/money">Budgets</Link>
      </p>
    );
  if (budgetMicros !== null && costMicros.high > budgetMicros)
    return (
      <p className={styles.warning}>
        The run’s own budget of {dollars(budgetMicros)} {costMicros.low > budgetMicros ? 'will' : 'may'} end
        it early.
      </p>
    );
  return null;
}

const BASIS = { history: '', few_calls: 'few calls', assumed: 'assumed' } as const;

function Steps({ outlook }: { outlook: Outlook }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.steps} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>By provider</summary>
      <div className={plain.scroll} tabIndex={0} role="region" aria-label="Forecast by provider">
        <table className={plain.table}>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">Calls</th>
              <th scope="col">Cost</th>
              <th scope="col">Answers with something in them</th>
            </tr>
          </thead>
          <tbody>
            {outlook.steps.map((step) => (
              <tr key={`${step.provider}/${step.capability}`}>
                <th scope="row">
                  {words(step.provider)} <span className="faint">{step.capability.replaceAll('-', ' ')}</span>
                </th>
                <td className="num">{Math.round(step.calls).toLocaleString('en-US')}</td>
                <td className="num">{dollars(step.costMicros)}</td>
                <td className="num">
                  {percentOf(step.rate.mid)}{' '}
                  <span className={styles.range}>
                    {percentOf(step.rate.low)} to {percentOf(step.rate.high)}
                    {step.basis === 'history'
                      ? `, of ${step.seen.toLocaleString('en-US')} calls`
                      : `, ${BASIS[step.basis]}`}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

const percentOf = (share: number): string => `${Math.round(share * 100)}%`;
