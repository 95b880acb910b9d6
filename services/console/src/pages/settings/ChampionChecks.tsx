import { Link } from '@tanstack/react-router';

import { useAnswer } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { spend } from '../../format/money.ts';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import { ChampionTiers } from './ChampionTiers.tsx';
import styles from './settings.module.css';

type Checks = QueryOutput<'champions.checks'>;
type Check = Checks['checks'][number];

/** Vendors that are asked whether champions still work where they did: how often, for how much, and what they said. */
export function ChampionChecks() {
  const answer = useAnswer('champions.checks', {});
  return (
    <div className={styles.part}>
      <h3>Asking vendors</h3>
      {answer.isPending && <BoneRows rows={5} height={36} />}
      {answer.isError && (
        <Failed what="The checks" error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.isSuccess && <Told data={answer.data} />}
    </div>
  );
}

function Told({ data }: { data: Checks }) {
  return (
    <>
      <Vendors vendors={data.vendors} />
      <ChampionTiers tiers={data.tiers} />
      <Latest checks={data.checks} more={data.more} />
    </>
  );
}

function Vendors({ vendors }: { vendors: Checks['vendors'] }) {
  const asked = vendors.filter(({ hasKey }) => hasKey);
  if (asked.length === 0)
    return (
      <p className="dim">
        Nobody is asked: {vendors.map(({ name }) => name).join(' and ')} tell of jobs, and neither has a key.{' '}
        <Link to="/settings/$section" params={{ section: 'providers' }}>
          Add one
        </Link>
        .
      </p>
    );
  return (
    <p className="dim">
      {asked
        .map(
          ({ name, priceMicros, tellsChangesFree }) =>
            `${name} takes ${spend(priceMicros)} a question${tellsChangesFree ? ', and tells for free that nothing has changed' : ''}`,
        )
        .join('; ')}
      . Vendors that read one profile are one witness: a leaving is told when another origin agrees.
    </p>
  );
}

function Latest({ checks, more }: { checks: readonly Check[]; more: boolean }) {
  if (checks.length === 0)
    return <p className="dim">Nobody has been asked about yet. Champions are asked about within minutes.</p>;
  return (
    <>
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Champions asked about">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Champion</th>
              <th scope="col">By</th>
              <th scope="col">Said</th>
              <th scope="col">Asked</th>
              <th scope="col">Next</th>
              <th scope="col" className={styles.end}>
                Last cost
              </th>
              <th scope="col" className={styles.end}>
                In all
              </th>
            </tr>
          </thead>
          <tbody>
            {checks.map((check) => (
              <CheckLine key={`${check.person.id} ${check.provider}`} check={check} />
            ))}
          </tbody>
        </table>
      </div>
      {more && <p className="faint">The hundred that were asked about last.</p>}
    </>
  );
}

function CheckLine({ check }: { check: Check }) {
  const { person, account, tier, provider, askedAt, dueAt, costMicros, spentMicros } = check;
  return (
    <tr>
      <td>
        <div>{person.name}</div>
        <div className="faint">
          <Link to="/accounts/$accountId" params={{ accountId: account.id }}>
            {account.name}
          </Link>
          , {tier}
        </div>
      </td>
      <td>{provider}</td>
      <td>
        <Word check={check} />
      </td>
      <td>{askedAt === null ? <span className="faint">never</span> : <When at={askedAt} />}</td>
      <td>{dueAt === null ? <span className="faint">not again</span> : <When at={dueAt} />}</td>
      <td className={styles.end}>
        {askedAt === null ? <span className="faint">—</span> : spend(costMicros)}
      </td>
      <td className={styles.end}>{spend(spentMicros)}</td>
    </tr>
  );
}

const WORDS: Readonly<Record<Check['state'], string>> = {
  waiting: 'Waits for its turn',
  same: 'Still there',
  elsewhere: 'Works elsewhere',
  unclear: 'Unclear',
  nothing: 'Knows nothing',
  unchanged: 'Nothing has changed',
  gone: 'No longer asked',
  held: 'Held',
  failed: 'No answer',
  unknown: 'Charge unknown',
};

function Word({ check: { state, because } }: { check: Check }) {
  const word = WORDS[state];
  return (
    <>
      {state === 'elsewhere' ? (
        <Tag tone="warn">{word}</Tag>
      ) : state === 'unknown' || state === 'failed' ? (
        <Tag tone="bad">{word}</Tag>
      ) : state === 'same' || state === 'unchanged' ? (
        <Tag tone="good">{word}</Tag>
      ) : (
        <Tag shape="ring">{word}</Tag>
      )}
      {because !== '' && <div className="faint">{because}</div>}
      {state === 'elsewhere' && (
        <div className="faint">
          <Link to="/signals" search={{ view: 'departures' }}>
            On the review list
          </Link>
        </div>
      )}
    </>
  );
}
