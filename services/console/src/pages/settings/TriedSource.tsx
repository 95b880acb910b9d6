import type { MutationOutput } from '../../api/procedures.ts';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import styles from './settings.module.css';

export type Tried = MutationOutput<'sources.try'>;

const MATCHES = { account: '', ambiguous: 'Several fit: a person decides', new: 'No account yet' } as const;

/** What would be read from a described source, with the account that each item would be told of. */
export function TriedSource({ tried }: { tried: Tried }) {
  if (tried.fault !== '')
    return (
      <p role="alert">
        <Tag tone="bad" shape="square">
          Can’t be read
        </Tag>{' '}
        {tried.fault}
      </p>
    );
  return (
    <div>
      <p aria-live="polite">
        {tried.items.toLocaleString('en-US')} {tried.items === 1 ? 'item' : 'items'} would be read
        {tried.pages > 1 && ` from ${tried.pages} pages`}
        {tried.leftOut > 0 && `, ${tried.leftOut.toLocaleString('en-US')} left out`}. These are there already
        and are not told as news.
        {tried.note !== '' && ` ${tried.note}`}
      </p>
      {tried.hits.length > 0 && (
        <div className={styles.tableBox} tabIndex={0} role="region" aria-label="What would be read">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">What it says</th>
                <th scope="col">Kind</th>
                <th scope="col">Company</th>
                <th scope="col">When</th>
              </tr>
            </thead>
            <tbody>
              {tried.hits.map((hit) => (
                <tr key={`${hit.link} ${hit.title}`}>
                  <td>{hit.title}</td>
                  <td>{hit.kind}</td>
                  <td>
                    <div>{hit.account ?? (hit.company === '' ? hit.domain : hit.company)}</div>
                    <div className="faint">{MATCHES[hit.match] || hit.domain}</div>
                  </td>
                  <td>
                    {hit.publishedAt ? <When at={hit.publishedAt} /> : <span className="faint">–</span>}
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
