import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { ChangeList } from './ChangeList.tsx';
import { DraftButtons } from './DraftButtons.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';
import {
  blankTitleRule,
  titleRuleChanges,
  whatTitlesMiss,
  type TitleRules as Rules,
  type TitleTrial,
} from './title-rule-words.ts';
import { TitleRules } from './TitleRules.tsx';
import { ChangedPeople, TryTitle, UnknownTitles } from './TitleTrials.tsx';
import { VersionTable } from './VersionTable.tsx';
import own from './watch-rules.module.css';

type Answer = QueryOutput<'settings.titleRules'>;
const TYPING_MS = 350;
const STALE = [
  'settings.titleRules',
  'settings.testTitleRules',
  'accounts.committee',
  'queue.brief',
] as const;

/** How titles are read into a part in buying and a rank: edited as a draft, tried at once on the people who are there, published, rolled back. */
export function TitleRulesSection() {
  const answer = useAnswer('settings.titleRules', {});
  if (answer.isPending) return <BoneRows rows={8} height={44} />;
  if (answer.isError)
    return <Failed what="The title rules" error={answer.error} onRetry={() => void answer.refetch()} />;
  return <Rules key={answer.data.versions[0]?.versionId} answer={answer.data} />;
}

function Rules({ answer }: { answer: Answer }) {
  const editable = useMay()('icp.edit');
  const [edited, setEdited] = useState<Rules | null>(null);
  const [publishing, setPublishing] = useState(false);
  const save = useChange('settings.saveTitleRulesDraft', {
    stale: ['settings.titleRules'],
    onDone: () => (setEdited(null), say.done('Draft saved. Nothing is read by it until it is published.')),
  });
  const publish = useChange('settings.publishTitleRules', {
    stale: STALE,
    onDone: () => (setPublishing(false), say.done('Published. Titles are read by these rules now.')),
  });
  const shown = edited ?? answer.draft ?? answer.published;
  const missing = whatTitlesMiss(shown);
  const changes = titleRuleChanges(answer.published, shown);
  const draft = answer.versions.find(({ state }) => state === 'draft');
  const [tried] = useDebouncedValue(shown, TYPING_MS);
  const trial = useAnswer(
    'settings.testTitleRules',
    { body: tried },
    { enabled: whatTitlesMiss(tried) === null, keepPrevious: true },
  );
  const dead = trial.data?.dead ?? [];
  return (
    <>
      <SectionHead
        title="Title rules"
        note="Which part in buying a title stands for, and which rank. What somebody has said of a person on the account’s page goes before it."
      >
        {editable && edited === null && titleRuleChanges(answer.builtIn, shown).length > 0 && (
          <Button variant="default" onClick={() => setEdited(answer.builtIn)}>
            Begin with the built-in rules
          </Button>
        )}
        {editable && (
          <DraftButtons
            edited={edited !== null}
            hasDraft={draft !== undefined}
            maySave={missing === null && dead.length === 0}
            saving={save.isPending}
            onDiscard={() => setEdited(null)}
            onSave={() => save.mutate({ body: shown, note: '' })}
            onPublish={() => setPublishing(true)}
          />
        )}
      </SectionHead>
      <TryTitle rules={shown} />
      <div className={styles.part}>
        <div role="status" aria-live="polite" className={own.trial}>
          {missing === null ? (
            <TrialLine trial={trial.data} changed={changes.length > 0} due={answer.due} />
          ) : (
            <Tag tone="warn" shape="half">
              {missing}
            </Tag>
          )}
        </div>
        {trial.isError && (
          <Failed what="The trial" error={trial.error} onRetry={() => void trial.refetch()} />
        )}
        <TitleRules rules={shown} trial={trial.data} editable={editable} onChange={setEdited} />
      </div>
      {changes.length > 0 && (
        <div className={styles.part}>
          <h3>Against what is published</h3>
          <ChangeList changes={changes} />
        </div>
      )}
      {trial.data && <ChangedPeople trial={trial.data} />}
      {trial.data && (
        <UnknownTitles
          trial={trial.data}
          editable={editable}
          onAdd={(title) =>
            setEdited({ rules: [blankTitleRule(shown, [title.toLowerCase().slice(0, 80)]), ...shown.rules] })
          }
        />
      )}
      <div className={styles.part}>
        <h3>Versions</h3>
        {answer.versions.length === 0 ? (
          <p className="dim">The built-in rules hold. What you publish is kept here, to go back to.</p>
        ) : (
          <VersionTable
            versions={answer.versions}
            {...(editable && {
              onRollBack: ({ versionId, number }) =>
                publish.mutate({ versionId, note: `Back to version ${number}` }),
            })}
          />
        )}
      </div>
      {publishing && draft && (
        <PublishDialog
          changes={changes}
          note="Committees are read by these rules at once. Fit and priority of accounts with people who are read otherwise follow within minutes."
          pending={publish.isPending}
          onPublish={(note) => publish.mutate({ versionId: draft.versionId, note })}
          onClose={() => setPublishing(false)}
        />
      )}
    </>
  );
}

function TrialLine(props: { trial: TitleTrial | undefined; changed: boolean; due: number }) {
  const { trial, changed, due } = props;
  if (!trial) return <span className="faint">Reading the titles of your people…</span>;
  if (trial.looked === 0)
    return (
      <span className="dim">Nobody has a title yet. As people come in, their titles are read here.</span>
    );
  return (
    <span className="num">
      {trial.isCut ? 'The newest ' : ''}
      <strong>{trial.looked.toLocaleString('en-US')}</strong> people with a title
      {changed && (
        <span className="dim">
          {' '}
          · {trial.changed} get another part, {trial.ranksChanged} only another rank
        </span>
      )}
      {!changed && due > 0 && (
        <span className="dim"> · {plural(due, 'account is', 'accounts are')} being judged again</span>
      )}
    </span>
  );
}
