import { Button } from '@mantine/core';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import { useKeys } from '../../keys/key-map.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { say } from '../../ui/notify.tsx';
import { Section } from '../../ui/Section.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import styles from './signals.module.css';

/** Companies that a source named and that may be one of several accounts: one question at a time, answered by a digit. */
export function CompanyReviews() {
  const reviews = useAnswer('reviews.list', {});
  const [at, setAt] = useState(0);
  const may = useMay();
  const answer = useChange('reviews.answer', {
    stale: ['reviews.list', 'signals.list', 'accounts.list'],
    onDone: () => say.done('Remembered'),
  });
  const items = reviews.data?.items ?? [];
  const review = items[Math.min(at, items.length - 1)];
  const candidates = review?.candidates ?? [];
  const settle = (accountId: string | null) => {
    if (review && !answer.isPending) answer.mutate({ id: review.id, accountId });
  };
  useKeys([
    ...(may('account.write')
      ? [
          ...candidates.map((candidate, index) => ({
            keys: String(index + 1),
            label: `It is ${candidate.name}`,
            run: () => settle(candidate.accountId),
          })),
          { keys: '0', label: 'Another company', run: () => settle(null) },
        ]
      : []),
    { keys: 'j', label: 'Next question', run: () => setAt((now) => Math.min(now + 1, items.length - 1)) },
    { keys: 'k', label: 'Question before', run: () => setAt((now) => Math.max(now - 1, 0)) },
  ]);
  if (reviews.isPending) return <BoneRows rows={6} height={44} />;
  if (reviews.isError)
    return <Failed what="The questions" error={reviews.error} onRetry={() => void reviews.refetch()} />;
  if (!review)
    return (
      <Empty title="Every company is settled">
        When a source names a company that may be one of several accounts, the question appears here. Your
        answer is remembered.
      </Empty>
    );
  return (
    <article className={styles.review} aria-label={review.name}>
      <p className="dim">
        {Math.min(at, items.length - 1) + 1} of {items.length} · named <When at={review.createdAt} />
      </p>
      <h2 className={styles.reviewName}>
        {review.name}
        {review.place && <span className="dim"> · {review.place}</span>}
      </h2>
      <Section title="What was told">
        {review.told.map((told) => (
          <p key={told}>{told}</p>
        ))}
      </Section>
      <Section title="Which account is it?">
        <ol className={styles.candidates}>
          {candidates.map((candidate, index) => (
            <li key={candidate.accountId}>
              <Button
                variant="default"
                disabled={!may('account.write')}
                onClick={() => settle(candidate.accountId)}
                rightSection={<KeyHint keys={String(index + 1)} />}
              >
                {candidate.name}
              </Button>
              <span className="dim">
                {candidate.place || 'no place known'} · {Math.round(candidate.score * 100)} %:{' '}
                {candidate.because}
              </span>
            </li>
          ))}
          <li>
            <Button
              variant="default"
              disabled={!may('account.write')}
              onClick={() => settle(null)}
              rightSection={<KeyHint keys="0" />}
            >
              Another company
            </Button>
            <span className="dim">It stays an account of its own.</span>
          </li>
        </ol>
      </Section>
    </article>
  );
}
