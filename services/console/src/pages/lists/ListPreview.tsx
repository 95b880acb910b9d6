import { Alert } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { useAnswer } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import type { ListFilter } from '../../api/records.ts';
import { plural } from '../../format/words.ts';
import { Bone, Failed } from '../../ui/States.tsx';
import { Dated } from '../../ui/When.tsx';
import styles from './lists.module.css';

type Preview = QueryOutput<'lists.preview'>;

/** Whom the filter would hold, counted while one edits. */
export function ListPreview(props: {
  filter: ListFilter;
  id: string | null;
  whole: boolean;
  worked: boolean;
}) {
  const { filter, id, whole, worked } = props;
  const preview = useAnswer('lists.preview', { filter, id }, { enabled: whole, keepPrevious: true });
  return (
    <aside className={styles.preview} aria-label="Whom it would hold">
      <h2>Whom it would hold</h2>
      {!whole && <p className="dim">Say what an account has to have, and who does is counted here.</p>}
      {whole && preview.isPending && <Bone height={120} />}
      {whole && preview.isError && (
        <Failed what="The count" error={preview.error} onRetry={() => void preview.refetch()} />
      )}
      {whole && preview.isSuccess && <Told preview={preview.data} worked={worked} isNew={id === null} />}
    </aside>
  );
}

function Told({ preview, worked, isNew }: { preview: Preview; worked: boolean; isNew: boolean }) {
  const { count, estimated, entering, examples, warning } = preview;
  return (
    <>
      {warning && (
        <Alert color="red" variant="light" role="alert">
          {warning}
        </Alert>
      )}
      {count > 0 && (
        <p role="status" className={styles.count}>
          <strong className="num">
            {estimated ? 'about ' : ''}
            {plural(count, 'account')}
          </strong>
          {!isNew && !estimated && <span> {entering.toLocaleString('en-US')} of them new</span>}
          {worked && <span className="dim">Whoever has no open item enters the queue at once.</span>}
        </p>
      )}
      {examples.length > 0 && (
        <ul className={styles.examples}>
          {examples.map(({ id, name, because, isMember }) => (
            <li key={id}>
              <Link to="/accounts/$accountId" params={{ accountId: id }} target="_blank">
                {name}
              </Link>{' '}
              {!isNew && !isMember && <span className={styles.new}>new</span>}{' '}
              <span className="dim">
                <Dated>{because}</Dated>
              </span>
            </li>
          ))}
          {count > examples.length && <li className="faint">and more</li>}
        </ul>
      )}
      <Tests preview={preview} />
    </>
  );
}

function Tests({ preview: { tests, looked } }: { preview: Preview }) {
  if (looked === 0) return <p className="dim">There is no account yet to hold it against.</p>;
  return (
    <div className={styles.tests} tabIndex={0} role="region" aria-label="What each thing does">
      <table>
        <caption>Of the newest {looked.toLocaleString('en-US')} accounts</caption>
        <thead>
          <tr>
            <th scope="col">Asked for</th>
            <th scope="col">Have it</th>
            <th scope="col">Out by it alone</th>
          </tr>
        </thead>
        <tbody>
          {tests.map(({ label, wanted, passed, alone }, index) => (
            <tr key={`${index} ${label}`}>
              <td>
                {label} <span className="dim">{wanted}</span>
              </td>
              <td className="num">{passed.toLocaleString('en-US')}</td>
              <td className="num">{alone.toLocaleString('en-US')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
