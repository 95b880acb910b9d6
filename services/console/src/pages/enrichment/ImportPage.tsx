import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer, useMay } from '../../api/hooks.ts';
import { plural } from '../../format/words.ts';
import { FileIntake } from '../../intake/FileIntake.tsx';
import { PEOPLE } from '../../intake/file-kinds.ts';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { When } from '../../ui/When.tsx';
import { EnrichmentTabs } from './EnrichmentTabs.tsx';
import { EnrichList } from './EnrichList.tsx';
import plain from '../../ui/plain.module.css';

const route = getRouteApi('/frame/enrichment/import');

/** People from a file: dropped in, its columns named, checked, taken; then what enriching them would cost, and the run. */
export function ImportPage() {
  const { list } = route.useSearch();
  const navigate = route.useNavigate();
  const mayRun = useMay()('enrichment.run');
  const [looking, setLooking] = useState(false);
  const open = (id: string | undefined) => void navigate({ search: { list: id } });
  return (
    <div className={page.page}>
      <PageHead title="Enrichment" />
      <EnrichmentTabs here="import" />
      <div className={plain.content}>
        {list !== undefined && <EnrichList importId={list} onBack={() => open(undefined)} />}
        {list === undefined && mayRun && <FileIntake kind={PEOPLE} onTaken={open} onOpen={setLooking} />}
        {list === undefined && !looking && <Lists onOpen={open} />}
      </div>
    </div>
  );
}

function Lists({ onOpen }: { onOpen: (id: string) => void }) {
  const imports = useAnswer('enrichment.imports', {});
  if (imports.isPending) return <BoneRows rows={4} />;
  if (imports.isError)
    return <Failed what="The lists" error={imports.error} onRetry={() => void imports.refetch()} />;
  if (imports.data.items.length === 0)
    return (
      <Empty title="No file has been brought in yet">
        A line for each person: an e-mail address, or a name with a company. You see what is read and what is
        left out before anything is taken, and what enriching would cost before anybody is asked.
      </Empty>
    );
  return (
    <section aria-label="Lists brought in">
      <h2>Lists brought in</h2>
      <div className={plain.scroll} tabIndex={0} role="region" aria-label="Lists, table">
        <table className={plain.table}>
          <thead>
            <tr>
              <th scope="col">List</th>
              <th scope="col">People</th>
              <th scope="col">New</th>
              <th scope="col">Known before</th>
              <th scope="col">Left out</th>
              <th scope="col">Brought in</th>
            </tr>
          </thead>
          <tbody>
            {imports.data.items.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <Button variant="subtle" size="compact-sm" onClick={() => onOpen(one.id)}>
                    {one.name}
                  </Button>
                </th>
                <td className="num">{one.people.toLocaleString('en-US')}</td>
                <td className="num">{one.created.toLocaleString('en-US')}</td>
                <td className="num">{one.known.toLocaleString('en-US')}</td>
                <td className="num">{plural(one.refused + one.duplicates, 'row')}</td>
                <td>
                  <When at={one.createdAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
