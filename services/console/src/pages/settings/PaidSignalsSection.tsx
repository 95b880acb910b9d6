import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { moneyExact, spend } from '../../format/money.ts';
import { plural } from '../../format/words.ts';
import { Fact, Facts } from '../../ui/Section.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import { PaidSourceForm } from './PaidSourceForm.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './paid-signals.module.css';

export type PaidSource = QueryOutput<'sources.paid'>['items'][number];

/** News of accounts that vendors sell, each source with its price, cadence and budget; off until somebody switches it on. */
export function PaidSignalsSection() {
  const answer = useAnswer('sources.paid', {});
  return (
    <>
      <SectionHead
        title="Paid signals"
        note="News of your accounts that vendors sell. They tell the same kinds as the free sources, and an event that both tell is one signal. Accounts with open deals are asked about first, then those that score most."
      />
      {answer.isPending && <BoneRows rows={6} height={56} />}
      {answer.isError && (
        <Failed what="The paid sources" error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.data?.items.map((source) => (
        <Source key={source.source} source={source} />
      ))}
    </>
  );
}

const dollars = (micros: number): string => moneyExact(Math.round(micros / 10_000), 'USD');

function Source({ source }: { source: PaidSource }) {
  const [open, setOpen] = useState(false);
  const { name, vendor, hasKey, active, canKnow, cannotKnow, licence } = source;
  return (
    <section className={styles.source} aria-label={name}>
      <div className={styles.head}>
        <strong>{name}</strong>
        {active ? <Tag tone="good">On</Tag> : <Tag shape="ring">Off</Tag>}
        {hasKey ? (
          <PaidSourceForm source={source} open={open} onOpen={setOpen} />
        ) : (
          <span className="dim">
            {vendor} has no key.{' '}
            <Link to="/settings/$section" params={{ section: 'providers' }}>
              Add one
            </Link>
          </span>
        )}
      </div>
      <p className="dim">
        {canKnow} Cannot know: {lowered(cannotKnow)} {licence}
      </p>
      {active && <Figures source={source} />}
    </section>
  );
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function Figures({ source }: { source: PaidSource }) {
  const { usedMicros, budgetMicros, everyDays, watched, overdue, oldestDueAt, held, heldBecause } = source;
  const { failing, asked, signals, priceMicros } = source;
  return (
    <Facts>
      <Fact label="This month">
        {dollars(usedMicros)} <span className="dim">of {dollars(budgetMicros)}</span>
      </Fact>
      <Fact label="A question, at most">{spend(priceMicros)}</Fact>
      <Fact label="Accounts watched">
        {watched.toLocaleString('en-US')}{' '}
        <span className="dim">{everyDays === 1 ? 'every day' : `every ${everyDays} days`}</span>
      </Fact>
      <Fact label="Waiting">
        {overdue.toLocaleString('en-US')}
        {oldestDueAt !== null && (
          <span className="dim">
            , due since <When at={oldestDueAt} />
          </span>
        )}
      </Fact>
      <Fact label="So far">
        {plural(asked, 'question')} <span className="dim">and {plural(signals, 'signal')}</span>
      </Fact>
      {held > 0 && (
        <Fact label="Held">
          <Tag tone="warn">{held.toLocaleString('en-US')}</Tag> <span className="dim">{heldBecause}</span>
        </Fact>
      )}
      {failing > 0 && (
        <Fact label="Without an answer">
          <Tag tone="bad">{failing.toLocaleString('en-US')}</Tag>
        </Fact>
      )}
    </Facts>
  );
}
