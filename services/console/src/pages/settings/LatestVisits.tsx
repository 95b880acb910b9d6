import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { FormEvent } from 'react';

import { useChange, useMe } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { say } from '../../ui/notify.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import styles from './settings.module.css';

type Visit = QueryOutput<'visits.read'>['latest'][number];

const HOW: Readonly<Record<string, string>> = {
  reverse_dns: 'by the name of the address',
  ip_data: 'by IPinfo',
  carrier: 'at home or on the way',
  hosting: 'a machine, or behind a VPN',
  private: 'from within your own network',
  'no name': 'the address has no name',
  'no account': 'no account of yours',
  'limit of the day': 'the day’s look-ups are used up',
};

/** The last twenty, with what was found out; and a way to see what would be of an address. */
export function LatestVisits({ latest, editable }: { latest: readonly Visit[]; editable: boolean }) {
  return (
    <div className={styles.part}>
      <h3>Latest visits</h3>
      {editable && <TryVisit />}
      {latest.length === 0 ? (
        <p className="dim">None yet. They appear here within seconds.</p>
      ) : (
        <div className={styles.tableBox} tabIndex={0} role="region" aria-label="Latest visits">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Page</th>
                <th scope="col">Who</th>
                <th scope="col">From</th>
                <th scope="col" className={styles.end}>
                  When
                </th>
              </tr>
            </thead>
            <tbody>
              {latest.map((visit) => (
                <tr key={visit.id}>
                  <td className="mono">
                    {visit.path} {visit.isTest && <Tag shape="ring">Tried</Tag>}
                  </td>
                  <td>
                    <Who visit={visit} />
                  </td>
                  <td>{visit.referrer || <span className="faint">—</span>}</td>
                  <td className={styles.end}>
                    <When at={visit.at} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function Who({ visit }: { visit: Visit }) {
  const how = HOW[visit.how] ?? visit.how;
  if (visit.state === 'waiting') return <span className="dim">Being looked up</span>;
  if (visit.account)
    return (
      <>
        <div>
          <Link to="/accounts/$accountId" params={{ accountId: visit.account.id }}>
            {visit.account.name}
          </Link>
        </div>
        <div className="faint">{how}</div>
      </>
    );
  const word = visit.state === 'excluded' ? 'No company' : 'Nobody knows';
  return (
    <span className="dim">
      {word}
      {how && `: ${how}`}
    </span>
  );
}

function TryVisit() {
  const { workspace } = useMe();
  const attempt = useChange('visits.try', {
    stale: ['visits.read'],
    onDone: () => say.done('Taken: it is looked up within a second'),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    attempt.mutate({ address: String(form.get('address')).trim(), path: String(form.get('path')).trim() });
  };
  const isSandbox = workspace.kind === 'sandbox';
  return (
    <form className={styles.choices} onSubmit={onSubmit}>
      <TextInput
        label="Try an address"
        description={
          isSandbox ? 'Invented companies have 192.0.2.1 to 198.51.100.200' : 'It counts for nothing'
        }
        name="address"
        placeholder={isSandbox ? '192.0.2.7' : '203.0.113.7'}
        required
        maxLength={45}
      />
      <TextInput
        label="Page"
        description="A path of your site"
        name="path"
        defaultValue="/pricing"
        required
        maxLength={200}
      />
      <Button type="submit" variant="default" loading={attempt.isPending}>
        Pretend a visit
      </Button>
    </form>
  );
}
