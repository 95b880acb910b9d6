import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import { FileIntake } from '../../intake/FileIntake.tsx';
import { TARGETS } from '../../intake/file-kinds.ts';
import { ListsTabs } from './ListsTabs.tsx';
import plain from '../../ui/plain.module.css';

/** Files of target accounts: dropped in, matched against the accounts, and asked for by lists. */
export function TargetFilesPage() {
  const mayEdit = useMay()('icp.edit');
  const [looking, setLooking] = useState(false);
  return (
    <div className={page.page}>
      <PageHead title="Lists" />
      <ListsTabs here="files" />
      <div className={plain.content}>
        {mayEdit && <FileIntake kind={TARGETS} onTaken={() => undefined} onOpen={setLooking} />}
        {!looking && <Files mayEdit={mayEdit} />}
      </div>
    </div>
  );
}

const COUNTS = [
  ['accounts', 'Accounts'],
  ['known', 'Known'],
  ['proposed', 'Proposed'],
] as const;

function Files({ mayEdit }: { mayEdit: boolean }) {
  const files = useAnswer('lists.files', {});
  const remove = useChange('lists.removeFile', {
    stale: ['lists.files'],
    onDone: () => say.done('The file is forgotten; its accounts stay'),
  });
  if (files.isPending) return <BoneRows rows={4} />;
  if (files.isError)
    return <Failed what="The files" error={files.error} onRetry={() => void files.refetch()} />;
  if (files.data.items.length === 0)
    return (
      <Empty title="No file of target accounts yet">
        Companies that somebody wants to win, as a file. Each is matched to an account by its web address,
        else by its name; who may be several is left to a person, who is unknown is proposed. Lists then ask
        for the file.
      </Empty>
    );
  return (
    <section aria-label="Files of target accounts">
      <h2>Files brought in</h2>
      <div className={plain.scroll} tabIndex={0} role="region" aria-label="Files, table">
        <table className={plain.table}>
          <thead>
            <tr>
              <th scope="col">File</th>
              {COUNTS.map(([key, label]) => (
                <th key={key} scope="col">
                  {label}
                </th>
              ))}
              <th scope="col">Doubtful</th>
              <th scope="col">Left out</th>
              <th scope="col">Brought in</th>
              {mayEdit && <th scope="col" aria-label="Remove" />}
            </tr>
          </thead>
          <tbody>
            {files.data.items.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.name}</th>
                {COUNTS.map(([key]) => (
                  <td key={key} className="num">
                    {one[key].toLocaleString('en-US')}
                  </td>
                ))}
                <td className="num">
                  {one.ambiguous === 0 ? (
                    '0'
                  ) : (
                    <Link to="/signals" search={{ view: 'review' }}>
                      {one.ambiguous.toLocaleString('en-US')} to settle
                    </Link>
                  )}
                </td>
                <td className="num">{plural(one.refused + one.repeated, 'row')}</td>
                <td>
                  <When at={one.createdAt} />
                </td>
                {mayEdit && (
                  <td>
                    <ActionIcon
                      aria-label={`Remove ${one.name}`}
                      onClick={() => remove.mutate({ id: one.id })}
                    >
                      <IconTrash size={15} aria-hidden />
                    </ActionIcon>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
