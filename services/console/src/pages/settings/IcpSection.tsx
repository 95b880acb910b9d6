import { Alert, Button, Menu } from '@mantine/core';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import type { Icp } from '../../api/records.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { ChangeList } from './ChangeList.tsx';
import { DraftButtons } from './DraftButtons.tsx';
import { IcpBuildPart, useIcpBuild } from './IcpBuildPart.tsx';
import { IcpComparison } from './IcpComparison.tsx';
import { IcpCounts } from './IcpCounts.tsx';
import { IcpFeedback } from './IcpFeedback.tsx';
import { ICP_STALE, icpChanges, lacksWords } from './icp-words.ts';
import { IcpEditor } from './IcpEditor.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { SectionHead } from './SectionHead.tsx';
import { VersionTable } from './VersionTable.tsx';
import styles from './settings.module.css';

type Answer = QueryOutput<'settings.icp'>;

/** The ideal customer profile: edited as a draft, compared, then published; every account is scored anew by it. */
export function IcpSection() {
  const icp = useAnswer('settings.icp', {});
  if (icp.isPending) return <BoneRows rows={6} height={48} />;
  if (icp.isError) return <Failed what="The ICP" error={icp.error} onRetry={() => void icp.refetch()} />;
  return <Profile key={icp.data.versions[0]?.versionId} answer={icp.data} />;
}

function Profile({ answer }: { answer: Answer }) {
  const build = useIcpBuild();
  const mayEdit = useMay()('icp.edit');
  const editable = mayEdit && build === null;
  const [edited, setEdited] = useState<Icp | null>(null);
  const [publishing, setPublishing] = useState(false);
  const save = useChange('settings.saveIcpDraft', {
    stale: ['settings.icp'],
    onDone: () => (setEdited(null), say.done('Draft saved. Nothing is scored by it until it is published.')),
  });
  const rollBack = useChange('settings.publishIcp', {
    stale: ICP_STALE,
    onDone: ({ state }) => sayPublished(state, 'Rolled back. Accounts are scored by that version again.'),
  });
  const shown = edited ?? answer.draft ?? answer.published;
  const changes = icpChanges(answer.published, shown);
  const draft = answer.versions.find(({ state }) => state === 'draft');
  return (
    <>
      <SectionHead
        title="Ideal customer profile"
        note="How well an account fits, from 0 to 100. Fit and intent together give the queue’s order."
      >
        {editable && edited === null && <Templates templates={answer.templates} onChoose={setEdited} />}
        {editable && (
          <DraftButtons
            edited={edited !== null}
            hasDraft={draft !== undefined}
            maySave={!shown.criteria.some(lacksWords)}
            saving={save.isPending}
            onDiscard={() => setEdited(null)}
            onSave={() => save.mutate({ body: shown, note: '' })}
            onPublish={() => setPublishing(true)}
          />
        )}
      </SectionHead>
      {build && <IcpBuildPart build={build} editable={mayEdit} />}
      <div className={styles.part}>
        <IcpEditor icp={shown} editable={editable} onChange={setEdited} />
      </div>
      <div className={styles.part}>
        <h3>{changes.length > 0 ? 'What it would do' : 'What it does'}</h3>
        <IcpCounts icp={shown} />
      </div>
      {changes.length > 0 && (
        <div className={styles.part}>
          <h3>Against what is published</h3>
          <ChangeList changes={changes} />
          <IcpComparison icp={shown} />
        </div>
      )}
      <div className={styles.part}>
        <h3>What reps say</h3>
        <IcpFeedback />
      </div>
      <div className={styles.part}>
        <h3>Versions</h3>
        <VersionTable
          versions={answer.versions}
          {...(editable && {
            onRollBack: ({ versionId, number }) =>
              rollBack.mutate({ versionId, note: `Back to version ${number}` }),
          })}
        />
      </div>
      {publishing && draft && (
        <Publish
          icp={shown}
          versionId={draft.versionId}
          changes={changes}
          onClose={() => setPublishing(false)}
        />
      )}
    </>
  );
}

function sayPublished(state: 'published' | 'building', done: string): void {
  if (state === 'published') say.done(done);
  else say.done('Begun. The version before counts until every account is judged by this one.');
}

function Templates(props: { templates: Answer['templates']; onChoose: (icp: Icp) => void }) {
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <Button variant="default">Begin with a template</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {props.templates.map(({ key, about, ...icp }) => (
          <Menu.Item key={key} onClick={() => props.onChoose(icp)}>
            <strong>{icp.name}</strong>
            <div className="dim">{about}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Publish(props: {
  icp: Icp;
  versionId: string;
  changes: ReturnType<typeof icpChanges>;
  onClose: () => void;
}) {
  const publish = useChange('settings.publishIcp', {
    stale: ICP_STALE,
    onDone: ({ state }) => (sayPublished(state, 'Published. Accounts are scored by it.'), props.onClose()),
  });
  return (
    <PublishDialog
      changes={props.changes}
      note="Every account is scored anew, so the queue’s order will change. No provider is asked."
      pending={publish.isPending}
      onPublish={(note) => publish.mutate({ versionId: props.versionId, note })}
      onClose={props.onClose}
    >
      <Warning icp={props.icp} />
    </PublishDialog>
  );
}

/** An ICP that leaves nobody says so once more before it is published. */
function Warning({ icp }: { icp: Icp }) {
  const counts = useAnswer('settings.judgeIcp', { body: icp });
  if (!counts.data?.warning) return null;
  return (
    <Alert color="red" variant="light" role="alert">
      {counts.data.warning}
    </Alert>
  );
}
