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
import { RuleHits } from './RuleHits.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';
import { VersionTable } from './VersionTable.tsx';
import {
  ruleChanges,
  whatIsMissing,
  type RuleChange,
  type Trial,
  type WatchRules,
} from './watch-rule-words.ts';
import own from './watch-rules.module.css';
import { WatchRulesEditor } from './WatchRulesEditor.tsx';

type Answer = QueryOutput<'settings.watchRules'>;
const TYPING_MS = 350;

/** Which openings count: edited as a draft, tried at once on the last 90 days, published and rolled back. */
export function WatchRulesSection() {
  const answer = useAnswer('settings.watchRules', {});
  if (answer.isPending) return <BoneRows rows={8} height={44} />;
  if (answer.isError)
    return <Failed what="The watch rules" error={answer.error} onRetry={() => void answer.refetch()} />;
  return <Rules key={answer.data.versions[0]?.versionId} answer={answer.data} />;
}

function Rules({ answer }: { answer: Answer }) {
  const editable = useMay()('icp.edit');
  const [edited, setEdited] = useState<WatchRules | null>(null);
  const [publishing, setPublishing] = useState(false);
  const save = useChange('settings.saveWatchRulesDraft', {
    stale: ['settings.watchRules'],
    onDone: () => (setEdited(null), say.done('Draft saved. Nothing is told by it until it is published.')),
  });
  const publish = useChange('settings.publishWatchRules', {
    stale: ['settings.watchRules', 'settings.testWatchRules'],
    onDone: () => (setPublishing(false), say.done('Published. It holds from the next look at each board.')),
  });
  const shown = edited ?? answer.draft ?? answer.published;
  const missing = whatIsMissing(shown);
  const changes = ruleChanges(answer.published, shown);
  const draft = answer.versions.find(({ state }) => state === 'draft');
  const [tried] = useDebouncedValue(shown, TYPING_MS);
  const trial = useAnswer(
    'settings.testWatchRules',
    { body: tried },
    { enabled: whatIsMissing(tried) === null, keepPrevious: true },
  );
  return (
    <>
      <SectionHead
        title="Watch rules"
        note="Which job openings of your accounts are told as signals. What you change is tried on the last 90 days at once."
      >
        {editable && (
          <DraftButtons
            edited={edited !== null}
            hasDraft={draft !== undefined}
            maySave={missing === null}
            saving={save.isPending}
            onDiscard={() => setEdited(null)}
            onSave={() => save.mutate({ body: shown, note: '' })}
            onPublish={() => setPublishing(true)}
          />
        )}
      </SectionHead>
      <div role="status" aria-live="polite" className={own.trial}>
        {missing === null ? (
          <TrialLine trial={trial.data} changed={changes.length > 0} />
        ) : (
          <Tag tone="warn" shape="half">
            {missing}
          </Tag>
        )}
      </div>
      {trial.isError && <Failed what="The trial" error={trial.error} onRetry={() => void trial.refetch()} />}
      <WatchRulesEditor rules={shown} trial={trial.data} editable={editable} onChange={setEdited} />
      {changes.length > 0 && <Against changes={changes} trial={trial.data} />}
      <div className={styles.part}>
        <h3>Versions</h3>
        <VersionTable
          versions={answer.versions}
          {...(editable && {
            onRollBack: ({ versionId, number }) =>
              publish.mutate({ versionId, note: `Back to version ${number}` }),
          })}
        />
      </div>
      {publishing && draft && (
        <PublishDialog
          changes={changes}
          note="It holds from the next look at each board. What was told before stays."
          pending={publish.isPending}
          onPublish={(note) => publish.mutate({ versionId: draft.versionId, note })}
          onClose={() => setPublishing(false)}
        />
      )}
    </>
  );
}

function TrialLine({ trial, changed }: { trial: Trial | undefined; changed: boolean }) {
  if (!trial) return <span className="faint">Trying the rules on the last 90 days…</span>;
  if (trial.looked === 0)
    return (
      <span className="dim">
        No opening was seen in the last 90 days. Watch the job board of an account, and its openings appear
        here.
      </span>
    );
  const { looked, hits, accounts, gained, lost, isCut } = trial;
  return (
    <span className="num">
      <strong>{hits.toLocaleString('en-US')}</strong> of {looked.toLocaleString('en-US')}{' '}
      {isCut ? 'newest openings' : 'openings'} of the last 90 days, at {plural(accounts, 'account')}
      {changed && (
        <span className="dim">
          {' '}
          · {gained} more and {lost} fewer than what is published
        </span>
      )}
    </span>
  );
}

function Against({ changes, trial }: { changes: readonly RuleChange[]; trial: Trial | undefined }) {
  return (
    <div className={styles.part}>
      <h3>Against what is published</h3>
      <ChangeList changes={changes} />
      {trial && trial.lostExamples.length > 0 && (
        <>
          <p className="dim">No longer told:</p>
          <RuleHits label="No longer told" hits={trial.lostExamples} />
        </>
      )}
    </div>
  );
}
