import { NativeSelect } from '@mantine/core';

import { useAnswer, useChange, useMay } from '../api/hooks.ts';
import type { Committee as CommitteeRecord } from '../api/records.ts';
import { say } from '../ui/notify.tsx';
import { Section } from '../ui/Section.tsx';
import { Bone, Failed } from '../ui/States.tsx';
import { Tag } from '../ui/Tag.tsx';
import styles from './committee.module.css';

type Seat = CommitteeRecord['seats'][number];
type Member = Seat['people'][number];

/** Who has a part in buying: each role missing, filled or engaged; a role that the title tells wrong is corrected here. */
export function Committee({ accountId }: { accountId: string }) {
  const answer = useAnswer('accounts.committee', { id: accountId });
  const missing = answer.data?.seats.filter(({ state }) => state === 'missing').length ?? 0;
  return (
    <Section
      title="Buying committee"
      aside={answer.data && (answer.data.complete ? 'complete' : `${missing} of 6 roles missing`)}
    >
      {answer.isPending && <Bone height={96} />}
      {answer.isError && (
        <Failed what="The committee" error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.data && <Seats committee={answer.data} />}
    </Section>
  );
}

function Seats({ committee }: { committee: CommitteeRecord }) {
  return (
    <ul className={styles.seats}>
      {committee.seats.map((seat) => (
        <li key={seat.role} className={styles.seat}>
          <div className={styles.seatHead}>
            <span>{seat.label}</span>
            <SeatState state={seat.state} />
          </div>
          {seat.people.map((person) => (
            <Person key={person.personId} person={person} seats={committee.seats} />
          ))}
        </li>
      ))}
      {committee.others.length > 0 && (
        <li className={styles.seat}>
          <div className={styles.seatHead}>
            <span>No part known</span>
          </div>
          {committee.others.map((person) => (
            <Person key={person.personId} person={person} seats={committee.seats} />
          ))}
        </li>
      )}
    </ul>
  );
}

function SeatState({ state }: { state: Seat['state'] }) {
  if (state === 'engaged') return <Tag tone="good">Takes part</Tag>;
  if (state === 'filled') return <Tag>Known</Tag>;
  return <Tag shape="ring">Missing</Tag>;
}

/** The whole title, and which rule read the part in it. */
function howRead({ title, corrected, roleRule }: Member): string {
  if (corrected) return `${title ?? ''} Part as somebody has said`.trim();
  if (title === null) return '';
  return roleRule === null ? `${title}: part as the rank says` : `${title}: part by the rule “${roleRule}”`;
}

function Person({ person, seats }: { person: Member; seats: readonly Seat[] }) {
  const may = useMay();
  const before = person.corrected ? (person.role ?? 'none') : null;
  const stale = ['accounts.committee', 'queue.brief', 'scores.explain'] as const;
  const takeBack = useChange('people.correct', {
    stale,
    onDone: () => say.done(`${person.name}: part in buying as before`),
  });
  const correct = useChange('people.correct', {
    stale,
    onDone: () =>
      say.done(`${person.name}: part in buying corrected`, () =>
        takeBack.mutate({ id: person.personId, buyingRole: before }),
      ),
  });
  return (
    <div className={styles.person}>
      <span className="clip" title={howRead(person)}>
        {person.name}
        {person.title && <span className="dim">, {person.title}</span>}
        {person.reportsTo && <span className="dim"> · reports to {person.reportsTo}</span>}
      </span>
      {may('account.write') && (
        <NativeSelect
          size="xs"
          aria-label={`Part of ${person.name} in buying`}
          value={person.corrected ? (person.role ?? 'none') : ''}
          data={[
            { value: '', label: 'By title' },
            ...seats.map(({ role, label }) => ({ value: role, label })),
            { value: 'none', label: 'No part' },
          ]}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            const role = chosen === 'none' ? 'none' : seats.find((seat) => seat.role === chosen)?.role;
            correct.mutate({ id: person.personId, buyingRole: role ?? null });
          }}
        />
      )}
    </div>
  );
}
