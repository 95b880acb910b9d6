import { Button, FileButton } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { useMay } from '../../api/hooks.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { sendIntent, type Taken } from './intent-file.ts';
import styles from './settings.module.css';

const SHOWN = 20;

/** A vendor's file of intent, taken at once; what was refused is told by its line. */
export function IntentUpload() {
  const may = useMay();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [taken, setTaken] = useState<Taken | null>(null);
  if (!may('providers.manage')) return null;
  const take = async (file: File | null) => {
    if (!file) return;
    setBusy(true);
    setTaken(null);
    const answer = await sendIntent(file);
    setBusy(false);
    if ('problem' in answer) return say.problem(answer.problem);
    setTaken(answer);
    void queries.invalidateQueries({ queryKey: ['signals.list'] });
  };
  return (
    <div className={styles.part}>
      <h3>Intent from a file</h3>
      <p className="dim">
        CSV with a first line that names its columns: domain or company, kind (content, competitor, category)
        or topic, and if there are any score and date. The same file again adds nothing.
      </p>
      <FileButton accept=".csv,.tsv,.txt,text/csv" onChange={(file) => void take(file)}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            mt="sm"
            loading={busy}
            leftSection={<IconUpload size={15} aria-hidden />}
          >
            Choose a file
          </Button>
        )}
      </FileButton>
      {taken && (
        <div role="status">
          <p style={{ marginTop: 8 }}>
            {plural(taken.recorded, 'signal')} recorded, {taken.repeated} known before, {taken.refused}{' '}
            refused.
          </p>
          {taken.told.length > 0 && (
            <ul>
              {taken.told.slice(0, SHOWN).map(({ line, problem }) => (
                <li key={line} className="dim">
                  Line {line} {problem}
                </li>
              ))}
              {taken.told.length > SHOWN && <li className="dim">and {taken.told.length - SHOWN} more</li>}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}
