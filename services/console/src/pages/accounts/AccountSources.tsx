import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { Section } from '../../ui/Section.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import styles from './accounts.module.css';
import { BoardFinding } from './BoardFinding.tsx';

type Row = QueryOutput<'sources.ofAccount'>['items'][number];
type Finding = NonNullable<QueryOutput<'sources.ofAccount'>['finding']>;
const ASKED_EVERY_MS = 2_000;

/** What is looked at for this account alone, and what it gave; looked at at once where somebody asks for it. */
export function AccountSources({ accountId }: { accountId: string }) {
  const may = useMay();
  const [asked, setAsked] = useState<Asked | null>(null);
  const answer = useAnswer('sources.ofAccount', { accountId }, asked ? { refetchMs: ASKED_EVERY_MS } : {});
  const rows = answer.data?.items ?? [];
  const finding = answer.data?.finding ?? null;
  const waiting = asked === null ? [] : rows.filter((row) => isAwaited(row, asked));
  const isSought = asked !== null && finding !== null && isAwaited(asRow(finding), asked);
  const isOver = asked !== null && ((waiting.length === 0 && !isSought) || Date.now() > asked.untilMs);
  useEffect(() => {
    if (isOver) setAsked(null);
  }, [isOver]);
  const look = useChange('sources.lookAtAccount', {
    stale: ['sources.ofAccount', 'accounts.timeline', 'signals.list'],
    onDone: ({ due, items, finding: sought }) => {
      const all = [...items, ...(sought ? [asRow(sought)] : [])];
      const why = all.find(({ notNow }) => notNow !== null)?.notNow;
      if (due.length === 0)
        return say.done(`Nothing is looked at now${why ? `: ${why}` : ', it is being looked at already'}`);
      const before = new Map(all.map((row) => [keyOf(row), row.lookedAt]));
      setAsked({ names: due, before, untilMs: Date.now() + LONGEST_MS });
    },
  });
  if (rows.length === 0 && finding === null) return null;
  const canLook = rows.some(({ notNow }) => notNow === null) || finding?.notNow === null;
  return (
    <Section
      title="Sources"
      aside={
        may('account.write') && (
          <Button
            variant="subtle"
            size="compact-sm"
            disabled={!canLook}
            title={canLook ? undefined : (rows[0]?.notNow ?? finding?.notNow ?? undefined)}
            loading={look.isPending || waiting.length > 0 || isSought}
            onClick={() => look.mutate({ accountId })}
          >
            Look now
          </Button>
        )
      }
    >
      <ul className={styles.sources} aria-label="Sources of this account">
        {rows.map((row) => (
          <li key={keyOf(row)}>
            <div className={styles.sourceHead}>
              <span>
                {row.name} <span className="faint">{row.what}</span>
              </span>
              <State row={row} waits={waiting.includes(row)} />
            </div>
            <div className="dim">{saidOf(row)}</div>
          </li>
        ))}
        {finding && !finding.hasBoard && (
          <BoardFinding finding={finding} accountId={accountId} waits={isSought} />
        )}
      </ul>
      <p role="status" aria-live="polite" className="faint">
        {waiting.length + Number(isSought) > 0 &&
          `Looking at ${plural(waiting.length + Number(isSought), 'source')}…`}
      </p>
    </Section>
  );
}

/** What is to be looked at, and when it was before. */
type Asked = {
  names: readonly string[];
  before: ReadonlyMap<string, string | null>;
  untilMs: number;
};
const LONGEST_MS = 90_000;

type Looked = Pick<Row, 'source' | 'name' | 'what' | 'lookedAt' | 'notNow'>;
const asRow = ({ name, domain, lookedAt, notNow }: Finding): Looked => ({
  source: 'company-sites',
  name,
  what: domain,
  lookedAt,
  notNow,
});
const keyOf = ({ source, what }: Looked): string => `${source} ${what}`;
const isAwaited = (row: Looked, { names, before }: Asked): boolean =>
  names.includes(row.name) && row.lookedAt === (before.get(keyOf(row)) ?? null);

function State({ row, waits }: { row: Row; waits: boolean }) {
  if (waits) return <span className="faint">looking…</span>;
  if (!row.active) return <Tag shape="ring">Stopped</Tag>;
  if (row.isFailing)
    return (
      <Tag tone="bad" shape="square">
        Failing
      </Tag>
    );
  return row.lookedAt ? <When at={row.lookedAt} className="dim" /> : <span className="faint">not yet</span>;
}

const UNITS: Readonly<Record<string, string>> = { dns: 'record' };

function saidOf({ source, known, signals, fault, notNow, active, foundOn }: Row): string {
  return [
    ...(known === null ? [] : [plural(known, UNITS[source] ?? 'opening')]),
    plural(signals, 'signal'),
    ...(foundOn === '' ? [] : [`found on ${foundOn}`]),
    ...(fault === '' ? [] : [fault]),
    ...(notNow !== null && active && notNow.startsWith('each look costs') ? ['each look costs'] : []),
  ].join(' · ');
}
