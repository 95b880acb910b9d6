import type { BoardsRow } from '../../api/records.ts';
import { Tag } from '../../ui/Tag.tsx';
import { When } from '../../ui/When.tsx';
import { Resting, SourceToday } from './SourceToday.tsx';
import { Yield } from './Yield.tsx';
import { Stale } from './Stale.tsx';
import styles from './settings.module.css';

/** The job boards of each vendor, as a row of the table of sources. */
export function BoardRows({ boards, may }: { boards: readonly BoardsRow[]; may: boolean }) {
  return boards.map((row) => (
    <tr key={row.source}>
      <td>
        <div className="strong">{row.name}</div>
        {row.found > 0 && (
          <div className="dim">
            {row.found} of {row.watched} found on companies’ sites
          </div>
        )}
        <Stale of={row} thing="board" />
        <Resting today={row.today} />
      </td>
      <td>
        {row.failing > 0 ? (
          <>
            <Tag tone="bad" shape="square">
              {row.failing === row.watched ? 'Failing' : `${row.failing} of ${row.watched} failing`}
            </Tag>
            {row.lastFault && <div className="dim">{row.lastFault}</div>}
          </>
        ) : (
          <Read isRead={row.lastSuccessAt !== null} />
        )}
      </td>
      <td>{row.lastSuccessAt ? <When at={row.lastSuccessAt} /> : <span className="faint">Never</span>}</td>
      <td>
        <When at={row.dueAt} />
      </td>
      <SourceToday of={row} may={may} />
      <td className={styles.end}>{row.looks.toLocaleString('en-US')}</td>
      <td className={styles.end}>
        <span className="faint">–</span>
      </td>
      <td className={styles.end}>
        {row.signals.toLocaleString('en-US')}
        <Yield of={row} />
      </td>
      <td className={styles.end}>
        <span className="faint">–</span>
      </td>
      {may && <td />}
    </tr>
  ));
}

function Read({ isRead }: { isRead: boolean }) {
  return isRead ? <Tag tone="good">Healthy</Tag> : <Tag shape="ring">Not read yet</Tag>;
}
