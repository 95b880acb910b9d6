import { Button } from '@mantine/core';

import { csv, download } from '../format/csv.ts';
import { plural } from '../format/words.ts';
import { refusedFile, type Checked } from './file-intake.ts';
import type { FileKind } from './file-kinds.ts';
import styles from './intake.module.css';

/** Which rows of a file can be taken, and those that can't with their reasons, as a file too. */
export function RowsFound(props: { kind: FileKind; checked: Checked; fileName: string }) {
  const { kind, checked, fileName } = props;
  const { good, known, duplicates, refused, told } = checked;
  const example = told.find(({ outcome }) => outcome === 'refused');
  const left = duplicates + refused;
  return (
    <section aria-label="What was found" aria-live="polite">
      <h2>What was found</h2>
      <ul className={styles.found}>
        <li>
          <strong className="num">{plural(good, kind.one, kind.many)}</strong> can be taken,{' '}
          {kind.ofTheKnown(known)}
        </li>
        {duplicates > 0 && (
          <li>{plural(duplicates, 'row repeats', 'rows repeat')} an earlier line of the file.</li>
        )}
        {refused > 0 && (
          <li>
            {plural(refused, 'row')} can’t be taken, for instance line {example?.line}: {example?.reason}.
          </li>
        )}
      </ul>
      {left > 0 && (
        <Button
          variant="default"
          onClick={() => {
            const { header, lines } = refusedFile(checked);
            download(`left-out-of-${fileName.replace(/\.[a-z]+$/i, '')}.csv`, csv(header, lines));
          }}
        >
          {told.length < left
            ? `Download the first ${told.length.toLocaleString('en-US')} of ${plural(left, 'row')} left out, with reasons`
            : `Download the ${plural(left, 'row')} left out, with reasons`}
        </Button>
      )}
    </section>
  );
}
