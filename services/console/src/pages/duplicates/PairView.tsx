import { Button } from '@mantine/core';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { useKeys } from '../../keys/key-map.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { say } from '../../ui/notify.tsx';
import { Section } from '../../ui/Section.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { reasonsInWords } from './duplicate-words.ts';
import { FieldTable } from './FieldTable.tsx';
import styles from './duplicates.module.css';

type Kind = 'person' | 'account';
const STALE = ['duplicates.list', 'duplicates.merges', 'accounts.list', 'accounts.get'] as const;

/** Two records side by side: which stays, which value of each field survives and why, and what goes over. */
export function PairView(props: {
  kind: Kind;
  pair: QueryOutput<'duplicates.list'>['items'][number];
  place: string;
}) {
  const { kind, pair, place } = props;
  const [swapped, setSwapped] = useState(false);
  const [take, setTake] = useState<ReadonlySet<string>>(new Set());
  const [kept, other] = swapped ? [pair.second, pair.first] : [pair.first, pair.second];
  const ids = { kind, keepId: kept.id, otherId: other.id };
  const compared = useAnswer('duplicates.compare', { ...ids, take: [...take].join(',') });
  const { merge, keepApart, mayDecide } = useDecisions(kept.name);
  const fields = compared.data?.fields ?? [];
  const toggle = (field: string) =>
    setTake((before) =>
      before.has(field) ? new Set([...before].filter((one) => one !== field)) : new Set([...before, field]),
    );
  const swap = () => {
    setSwapped(!swapped);
    setTake(new Set());
  };
  const decide = () => merge.mutate({ ...ids, take: [...take] });
  useKeys(
    mayDecide
      ? [
          { keys: 'm', label: 'Merge', run: decide },
          { keys: '0', label: 'Not the same', run: () => keepApart.mutate(ids) },
          { keys: 'x', label: 'Keep the other one', run: swap },
          ...fields.slice(0, 9).map(({ field }, at) => ({
            keys: String(at + 1),
            label: `Other value of field ${at + 1}`,
            run: () => toggle(field),
          })),
        ]
      : [],
  );
  return (
    <article aria-label={`${kept.name} and ${other.name}`} className={styles.pair}>
      <p className="dim">
        {place} · {Math.round(pair.score * 100)} % likely
      </p>
      <h2 className={styles.reason}>{reasonsInWords(pair.reasons)}</h2>
      {compared.isPending && <BoneRows rows={6} height={32} />}
      {compared.isError && (
        <Failed what="The comparison" error={compared.error} onRetry={() => void compared.refetch()} />
      )}
      {compared.isSuccess && (
        <>
          <FieldTable
            compared={compared.data}
            hints={[kept.hint, other.hint]}
            mayChoose={mayDecide}
            onToggle={toggle}
          />
          <WhatMoves compared={compared.data} />
        </>
      )}
      {mayDecide && (
        <div className={styles.buttons}>
          <Button
            variant="filled"
            onClick={decide}
            loading={merge.isPending}
            disabled={!compared.isSuccess}
            rightSection={<KeyHint keys="m" />}
          >
            Merge
          </Button>
          <Button variant="default" onClick={swap} rightSection={<KeyHint keys="x" />}>
            Keep the other one
          </Button>
          <Button
            variant="default"
            loading={keepApart.isPending}
            onClick={() => keepApart.mutate(ids)}
            rightSection={<KeyHint keys="0" />}
          >
            Not the same
          </Button>
        </div>
      )}
    </article>
  );
}

function useDecisions(name: string) {
  const mayDecide = useMay()('account.write');
  const undo = useChange('duplicates.undo', { stale: STALE, onDone: () => say.done('Two records again') });
  const merge = useChange('duplicates.merge', {
    stale: STALE,
    onDone: ({ id }) => say.done(`Merged into ${name}`, () => undo.mutate({ id })),
  });
  const keepApart = useChange('duplicates.keepApart', {
    stale: STALE,
    onDone: () => say.done('Kept apart; it is remembered'),
  });
  return { merge, keepApart, mayDecide };
}

function WhatMoves({ compared }: { compared: QueryOutput<'duplicates.compare'> }) {
  const moving = compared.moves.filter(({ other }) => other > 0);
  return (
    <Section title="What goes over">
      {moving.length === 0 && <p className="dim">Nothing hangs on the other record.</p>}
      {moving.length > 0 && (
        <ul className={styles.moves}>
          {moving.map(({ what, kept, other }) => (
            <li key={what}>
              {what.charAt(0).toUpperCase() + what.slice(1)}{' '}
              <strong className="num">{other.toLocaleString('en-US')}</strong>
              <span className="dim num"> beside {kept.toLocaleString('en-US')}</span>
            </li>
          ))}
        </ul>
      )}
      {compared.suppressed && (
        <p>One of them may not be looked up or written to. That holds for the merged one.</p>
      )}
      <p className="dim">
        A merge can be undone: both become what they were, and what came since stays with the one that is
        kept.
      </p>
    </Section>
  );
}
