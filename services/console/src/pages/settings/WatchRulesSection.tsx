import { useDebouncedValue } from '@mantine/hooks';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { ChangeList } from './ChangeList.tsx';
import { DraftButtons } from './DraftButtons.tsx';
import type { NewsTrial } from './news-rule-words.ts';
import { NewsHits } from './NewsHits.tsx';
import { NewsRules } from './NewsRules.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { TrialLine } from './rule-fields.tsx';
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
const route = getRouteApi('/frame/settings/$section');
const TYPING_MS = 350;

/** Which openings, tools and news count: edited as a draft, tried at once on the last 90 days, published and rolled back. */
export function WatchRulesSection() {
  const answer = useAnswer('settings.watchRules', {});
  if (answer.isPending) return <BoneRows rows={8} height={44} />;
  if (answer.isError)
    return <Failed what="The watch rules" error={answer.error} onRetry={() => void answer.refetch()} />;
  return <Rules key={answer.data.versions[0]?.versionId} answer={answer.data} />;
}

const PARTS = [
  { value: 'openings', label: 'Openings' },
  { value: 'news', label: 'News' },
  { value: 'tools', label: 'Tools and synonyms' },
] as const;

function Rules({ answer }: { answer: Answer }) {
  const editable = useMay()('icp.edit');
  const [edited, setEdited] = useState<WatchRules | null>(null);
  const [publishing, setPublishing] = useState(false);
  const { part = 'openings' } = route.useSearch();
  const navigate = useNavigate();
  const save = useChange('settings.saveWatchRulesDraft', {
    stale: ['settings.watchRules'],
    onDone: () => (setEdited(null), say.done('Draft saved. Nothing is told by it until it is published.')),
  });
  const publish = useChange('settings.publishWatchRules', {
    stale: ['settings.watchRules', 'settings.testWatchRules', 'settings.testNewsRules'],
    onDone: () => (
      setPublishing(false),
      say.done('Published. It holds from the next look at each board and feed.')
    ),
  });
  const shown = edited ?? answer.draft ?? answer.published;
  const missing = whatIsMissing(shown);
  const changes = ruleChanges(answer.published, shown);
  const draft = answer.versions.find(({ state }) => state === 'draft');
  const { trial, newsTrial, failed } = useTrials(shown, part);
  return (
    <>
      <SectionHead
        title="Watch rules"
        note="Which job openings and which news of your accounts are told as signals. What you change is tried on the last 90 days at once."
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
      <Tabs
        label="Which rules"
        options={PARTS}
        value={part}
        onChange={(next) =>
          void navigate({
            to: '/settings/$section',
            params: { section: 'watch-rules' },
            search: next === 'openings' ? {} : { part: next },
          })
        }
      />
      <div role="status" aria-live="polite" className={own.trial}>
        {missing !== null ? (
          <Tag tone="warn" shape="half">
            {missing}
          </Tag>
        ) : part === 'news' ? (
          <TrialLine
            trial={newsTrial}
            changed={changes.length > 0}
            what="articles"
            nothing="No article was seen in the last 90 days. Add a press feed under Sources, and what it shows appears here."
          />
        ) : (
          <TrialLine
            trial={trial}
            changed={changes.length > 0}
            what="openings"
            nothing="No opening was seen in the last 90 days. Watch the job board of an account, and its openings appear here."
          />
        )}
      </div>
      {failed && <Failed what="The trial" error={failed.error} onRetry={failed.retry} />}
      {part === 'news' ? (
        <NewsRules
          news={shown.news}
          trial={newsTrial}
          editable={editable}
          onChange={(news) => setEdited({ ...shown, news })}
        />
      ) : (
        <WatchRulesEditor part={part} rules={shown} trial={trial} editable={editable} onChange={setEdited} />
      )}
      {changes.length > 0 && <Against changes={changes} trial={trial} newsTrial={newsTrial} />}
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
          note="It holds from the next look at each board and feed. What was told before stays."
          pending={publish.isPending}
          onPublish={(note) => publish.mutate({ versionId: draft.versionId, note })}
          onClose={() => setPublishing(false)}
        />
      )}
    </>
  );
}

/** What the rules would have told; each trial only where its part is shown. */
function useTrials(shown: WatchRules, part: (typeof PARTS)[number]['value']) {
  const [body] = useDebouncedValue(shown, TYPING_MS);
  const may = whatIsMissing(body) === null;
  const openings = useAnswer(
    'settings.testWatchRules',
    { body },
    { enabled: may && part !== 'news', keepPrevious: true },
  );
  const news = useAnswer(
    'settings.testNewsRules',
    { body },
    { enabled: may && part === 'news', keepPrevious: true },
  );
  const asked = part === 'news' ? news : openings;
  const failed = asked.isError ? { error: asked.error, retry: () => void asked.refetch() } : null;
  return {
    trial: part === 'news' ? undefined : openings.data,
    newsTrial: part === 'news' && whatIsMissing(shown) === null ? news.data : undefined,
    failed,
  };
}

function Against(props: {
  changes: readonly RuleChange[];
  trial: Trial | undefined;
  newsTrial: NewsTrial | undefined;
}) {
  const { changes, trial, newsTrial } = props;
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
      {newsTrial && newsTrial.lostExamples.length > 0 && (
        <>
          <p className="dim">No longer told:</p>
          <NewsHits label="No longer told" articles={newsTrial.lostExamples} />
        </>
      )}
    </div>
  );
}
