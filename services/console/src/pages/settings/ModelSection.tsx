import { useState, type ComponentType } from 'react';

import { useAnswer, useChange, useMay } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { say } from '../../ui/notify.tsx';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { ModelComparison } from './ModelComparison.tsx';
import { ModelEditor, type IntentModel } from './ModelEditor.tsx';
import { modelChanges } from './model-words.ts';
import { isWhole, PriorityEditor } from './PriorityEditor.tsx';
import { DraftButtons } from './DraftButtons.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './settings.module.css';
import { VersionTable } from './VersionTable.tsx';

type Answer = QueryOutput<'scores.model'>;

type Part = { title: string; note: string; editor: ComponentType<Parameters<typeof ModelEditor>[0]> };

/** What signals are worth. */
export function ModelSection() {
  return (
    <ModelPart
      title="Scores"
      note="What each kind of signal is worth at most, and how soon it is worth that. Scores fall by themselves as signals age."
      editor={ModelEditor}
    />
  );
}

/** What the queue's order is made of; part of the same versions, so that no order is ever of two. */
export function PrioritySection() {
  return (
    <ModelPart
      title="Priority"
      note="The queue’s order: nine terms from 0 to 100, each with its weight. Likely and large before loud."
      editor={PriorityEditor}
    />
  );
}

/** A part of the model: edited as a draft, compared with the live queue, published, and rolled back. */
function ModelPart(part: Part) {
  const model = useAnswer('scores.model', {});
  if (model.isPending) return <BoneRows rows={8} height={44} />;
  if (model.isError)
    return <Failed what="The model" error={model.error} onRetry={() => void model.refetch()} />;
  return <Model key={model.data.versions[0]?.versionId} answer={model.data} part={part} />;
}

function Model({ answer, part }: { answer: Answer; part: Part }) {
  const editable = useMay()('icp.edit');
  const [edited, setEdited] = useState<IntentModel | null>(null);
  const [publishing, setPublishing] = useState(false);
  const save = useChange('scores.saveModelDraft', {
    stale: ['scores.model', 'scores.compareModel'],
    onDone: () => (setEdited(null), say.done('Draft saved. Below is what it would change.')),
  });
  const publish = useChange('scores.publishModel', {
    stale: ['scores.model', 'scores.explain', 'queue.list', 'queue.get', 'deals.list'],
    onDone: () => (setPublishing(false), say.done('Published. The queue is in its order now.')),
  });
  const shown = edited ?? answer.draft ?? answer.published;
  const draft = answer.versions.find(({ state }) => state === 'draft');
  return (
    <>
      <SectionHead title={part.title} note={part.note}>
        {editable && (
          <DraftButtons
            edited={edited !== null}
            hasDraft={draft !== undefined}
            maySave={isWhole(shown.priority)}
            saving={save.isPending}
            publishing={publish.isPending}
            onDiscard={() => setEdited(null)}
            onSave={() => save.mutate({ body: shown, note: '' })}
            onPublish={() => setPublishing(true)}
          />
        )}
      </SectionHead>
      {draft && edited === null && (
        <div className={styles.part}>
          <h3>The draft against the live queue</h3>
          <ModelComparison versionId={draft.versionId} />
        </div>
      )}
      <div className={styles.part}>
        <part.editor model={shown} published={answer.published} editable={editable} onChange={setEdited} />
      </div>
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
      {publishing && draft && answer.draft && (
        <PublishDialog
          changes={modelChanges(answer.published, answer.draft)}
          note="Scores, the queue’s order and the pipeline’s follow it at once. The version before can be published again."
          usualNote={`Version ${draft.number}`}
          pending={publish.isPending}
          onPublish={(note) => publish.mutate({ versionId: draft.versionId, note })}
          onClose={() => setPublishing(false)}
        />
      )}
    </>
  );
}
