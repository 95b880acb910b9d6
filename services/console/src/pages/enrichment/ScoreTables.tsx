import { Fragment } from 'react';

import { words } from '../../format/words.ts';
import { dollars } from './forecast-words.ts';
import {
  latency,
  percent,
  perUsable,
  scoreKey,
  segmentInWords,
  type Score,
  type ScoreBy,
  type Scorecards,
} from './score-words.ts';
import styles from './scores.module.css';

const number = (value: number): string => value.toLocaleString('en-US');

/** Providers by field: found, verified and usable each by itself, with its share of what was asked. */
export function ScoreTable(props: {
  by: ScoreBy;
  items: readonly Score[];
  /** The same of another version, to be told beside; null if none is compared. */
  before: readonly Score[] | null | undefined;
}) {
  const { by, items, before } = props;
  const earlier = new Map((before ?? []).map((row) => [scoreKey(row), row]));
  const fields = Map.groupBy(items, ({ field }) => field);
  return (
    <section aria-label="Finders">
      <h2>Who finds what</h2>
      <p className="dim">
        Asked: it answered, or may have. Found: it returned a value. Verified: a verifier called the address
        valid. Usable: it meets the published policy; only this is coverage. A call for several fields is paid
        by each in equal parts.
      </p>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Finders, table">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Provider</th>
              {by !== 'all' && <th scope="col">Segment</th>}
              {['Asked', 'Found', 'Verified', 'Usable', 'Wrong', 'Cost', 'Per usable'].map((label) => (
                <th key={label} scope="col" className={styles.end}>
                  {label}
                </th>
              ))}
              <th scope="col" className={styles.end}>
                p50 / p95
              </th>
              <th scope="col" className={styles.end}>
                Errors
              </th>
            </tr>
          </thead>
          <tbody>
            {[...fields].map(([field, rows]) => (
              <Fragment key={field}>
                <tr className={styles.group}>
                  <th scope="rowgroup" colSpan={by === 'all' ? 10 : 11}>
                    {words(field)}
                  </th>
                </tr>
                {rows.map((row) => (
                  <ScoreLine key={scoreKey(row)} by={by} row={row} before={earlier.get(scoreKey(row))} />
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function ScoreLine({ by, row, before }: { by: ScoreBy; row: Score; before: Score | undefined }) {
  const part = (value: number, was: number | undefined) => (
    <td className={styles.end}>
      {number(value)} <span className="faint">{percent(value, row.asked)}</span>
      {before && was !== undefined && <div className="faint">was {percent(was, before.asked)}</div>}
    </td>
  );
  return (
    <tr>
      <th scope="row">
        {row.providerName} <span className="faint">{row.capability.replaceAll('-', ' ')}</span>
      </th>
      {by !== 'all' && <td>{segmentInWords(by, row.segment)}</td>}
      <td className={styles.end}>
        {number(row.asked)}
        {before && <div className="faint">was {number(before.asked)}</div>}
      </td>
      {part(row.found, before?.found)}
      {row.verified === null ? (
        <td className={styles.end}>
          <span className="faint" title="Nobody verifies this field">
            –
          </span>
        </td>
      ) : (
        part(row.verified, before?.verified ?? undefined)
      )}
      {part(row.usable, before?.usable)}
      <td className={styles.end} data-bad={row.wrong > 0}>
        {row.wrong === 0 ? <span className="faint">0</span> : number(row.wrong)}
      </td>
      <td className={styles.end}>{dollars(row.chargedMicros)}</td>
      <td className={styles.end}>
        {perUsable(row)}
        {before && <div className="faint">was {perUsable(before)}</div>}
      </td>
      <td className={styles.end}>{latency(row.p50Ms, row.p95Ms)}</td>
      <td className={styles.end}>
        {row.errors + row.unknown === 0 ? (
          <span className="faint">0</span>
        ) : (
          <span title={`${row.errors} without an answer, not charged; ${row.unknown} of unknown charge`}>
            {row.errors + row.unknown}
          </span>
        )}
      </td>
    </tr>
  );
}

export function VerifierTable({ verifiers }: Pick<Scorecards, 'verifiers'>) {
  if (verifiers.length === 0) return null;
  return (
    <section aria-label="Verifiers">
      <h2>Who verifies</h2>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Verifiers, table">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Provider</th>
              {['Asked', 'Valid', 'Catch-all', 'Not valid', 'Can’t tell', 'Cost', 'p50 / p95', 'Errors'].map(
                (label) => (
                  <th key={label} scope="col" className={styles.end}>
                    {label}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {verifiers.map((row) => (
              <tr key={row.provider}>
                <th scope="row">{row.providerName}</th>
                <td className={styles.end}>{number(row.calls)}</td>
                {[row.valid, row.catchAll, row.invalid, row.unknown].map((value, at) => (
                  <td key={at} className={styles.end}>
                    {number(value)} <span className="faint">{percent(value, row.calls)}</span>
                  </td>
                ))}
                <td className={styles.end}>{dollars(row.chargedMicros)}</td>
                <td className={styles.end}>{latency(row.p50Ms, row.p95Ms)}</td>
                <td className={styles.end}>{number(row.errors)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What runs over lists came to by each version: the difference that a publication made. */
export function VersionTable({ versions }: Pick<Scorecards, 'versions'>) {
  if (versions.length === 0) return null;
  return (
    <section aria-label="Versions">
      <h2>What each version of the waterfall came to</h2>
      <p className="dim">
        Over lists. Different lists are harder or easier: try both versions on people of the same list to
        compare.
      </p>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Versions, table">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Version</th>
              {['Runs', 'Records', 'Found', 'Verified', 'Usable', 'Spent', 'Per usable'].map((label) => (
                <th key={label} scope="col" className={styles.end}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {versions.map((row) => (
              <tr key={row.versionId}>
                <th scope="row">Version {row.number}</th>
                <td className={styles.end}>{number(row.runs)}</td>
                <td className={styles.end}>{number(row.records)}</td>
                {[row.found, row.verified, row.usable].map((value, at) => (
                  <td key={at} className={styles.end}>
                    {number(value)} <span className="faint">{percent(value, row.records)}</span>
                  </td>
                ))}
                <td className={styles.end}>{dollars(row.spentMicros)}</td>
                <td className={styles.end}>
                  {row.usable === 0 ? '–' : dollars(row.spentMicros / row.usable)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
