import { Button, NativeSelect } from '@mantine/core';
import { waterfallChanges } from '@penstock/enrichment/model/waterfall-changes';
import { waterfallProblems } from '@penstock/enrichment/model/waterfall-problems';
import { useMemo, useState } from 'react';

import { useChange, useMay } from '../../api/hooks.ts';
import { spend } from '../../format/money.ts';
import { plural, sentence } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { EnrichmentTabs } from '../enrichment/EnrichmentTabs.tsx';
import { Forecast } from '../enrichment/Forecast.tsx';
import { CompareVersions } from './CompareVersions.tsx';
import { DryRun } from './DryRun.tsx';
import { RulesEditor } from './RulesEditor.tsx';
import { StepList } from './StepList.tsx';
import { PublishDialog, TrialDialog } from './WaterfallDialogs.tsx';
import { VersionList } from './VersionList.tsx';
import { WantedTable } from './WantedTable.tsx';
import {
  stepKey,
  type Offer,
  type Version,
  type Waterfall,
  type WaterfallAnswer,
} from './waterfall-types.ts';
import styles from './waterfall.module.css';

type Asking = { what: 'publish' } | { what: 'try' } | { what: 'again'; version: Version } | null;

export function WaterfallEditor({ answer }: { answer: WaterfallAnswer }) {
  const may = useMay();
  const [editable, mayRun] = [may('providers.manage'), may('enrichment.run')];
  const [edited, setEdited] = useState<Waterfall | null>(null);
  const [asking, setAsking] = useState<Asking>(null);
  const { published, offers, templates, versions } = answer;
  const shown = edited ?? answer.draft ?? published;
  const draft = versions.find(({ state }) => state === 'draft');
  const current = versions.find(({ state }) => state === 'published');
  const saved = draft ?? current;
  const changes = useMemo(() => waterfallChanges(published, shown, offers), [published, shown, offers]);
  const problems = useMemo(() => waterfallProblems(shown, offers), [shown, offers]);
  const refused = problems.some(({ severity }) => severity === 'refused');
  const save = useChange('enrichment.saveWaterfallDraft', {
    stale: ['enrichment.waterfall', 'enrichment.dryRunWaterfall', 'enrichment.forecast'],
    onDone: () => (
      setEdited(null),
      say.done('Draft saved. Nobody is asked by it until it is published or tried.')
    ),
  });
  return (
    <div className={page.page}>
      <PageHead title="Enrichment" note={edited !== null && standingInWords(changes, problems)}>
        {editable && edited !== null && (
          <>
            <Button variant="default" onClick={() => setEdited(null)}>
              Discard
            </Button>
            <Button loading={save.isPending} onClick={() => save.mutate({ body: edited, note: '' })}>
              Save draft
            </Button>
          </>
        )}
        {editable && edited === null && draft && (
          <>
            <Button variant="default" disabled={refused} onClick={() => setAsking({ what: 'try' })}>
              Try on 20 people
            </Button>
            <Button disabled={refused} onClick={() => setAsking({ what: 'publish' })}>
              Publish draft
            </Button>
          </>
        )}
      </PageHead>
      <EnrichmentTabs here="waterfall" />
      <div className={styles.content}>
        <div className={styles.inner}>
          <Standing {...{ changes, problems }} drafted={edited !== null || draft !== undefined} />
          <section className={styles.part} aria-label="What is wanted">
            <h2>What is wanted</h2>
            <WantedTable waterfall={shown} offers={offers} editable={editable} onChange={setEdited} />
          </section>
          <section className={styles.part} aria-label="Steps">
            <h2>Who is asked, in this order</h2>
            <p className="dim">
              From the top: the first step that can give something still missing is asked. It is asked once,
              and only if its conditions hold.
            </p>
            <StepList
              waterfall={shown}
              offers={offers}
              editable={editable}
              onChange={(steps) => setEdited({ ...shown, steps })}
            />
            {editable && <AddStep waterfall={shown} offers={offers} onChange={setEdited} />}
          </section>
          <section className={styles.part} aria-label="Rules">
            <h2>What is good enough, and what it may cost</h2>
            <RulesEditor waterfall={shown} editable={editable} onChange={setEdited} />
          </section>
          {editable && (
            <section className={styles.part} aria-label="Templates">
              <h2>Start from a template</h2>
              <NativeSelect
                className={styles.add ?? ''}
                aria-label="Template"
                value=""
                data={[
                  { value: '', label: 'Choose one; nothing is saved yet…' },
                  ...templates.map(({ key, name, description }) => ({
                    value: key,
                    label: `${name}: ${description}`,
                  })),
                ]}
                onChange={(event) => {
                  const template = templates.find(({ key }) => key === event.currentTarget.value);
                  if (template) setEdited(template.body);
                }}
              />
            </section>
          )}
          {mayRun && saved && <ForecastPart saved={saved} current={current ?? null} />}
          {mayRun && saved && (
            <section className={styles.part} aria-label="Dry run of the waterfall">
              <h2>Who would be asked for whom</h2>
              <p className="dim">
                For people who lack a usable work e-mail, by {draft ? 'the saved draft' : 'what is published'}
                . Nobody is asked and nothing is paid.
              </p>
              <DryRun key={saved.versionId} versionId={saved.versionId} />
            </section>
          )}
          <section className={styles.part} aria-label="Versions">
            <h2>Versions</h2>
            <VersionList
              versions={versions}
              onAgain={editable ? (version) => setAsking({ what: 'again', version }) : null}
            />
            {versions.length > 1 && <CompareVersions versions={versions} offers={offers} />}
          </section>
        </div>
      </div>
      <Dialogs asking={asking} answer={answer} changes={changes} onClose={() => setAsking(null)} />
    </div>
  );
}

/** The saved draft beside what is published, before anybody is asked. */
function ForecastPart({ saved, current }: { saved: Version; current: Version | null }) {
  const drafted = saved.state === 'draft';
  return (
    <section className={styles.part} aria-label="Forecast of the waterfall">
      <h2>{drafted ? 'What the saved draft would change' : 'What it would cost and reach'}</h2>
      <p className="dim">
        For everybody who lacks a usable work e-mail. Nobody is asked and nothing is paid.
      </p>
      <Forecast
        input={{
          field: 'work_email',
          versionId: saved.versionId,
          against: drafted ? (current?.versionId ?? null) : null,
        }}
      />
    </section>
  );
}

function Dialogs(props: {
  asking: Asking;
  answer: WaterfallAnswer;
  changes: readonly string[];
  onClose: () => void;
}) {
  const { asking, answer, changes, onClose } = props;
  const { published, offers, versions } = answer;
  const draft = versions.find(({ state }) => state === 'draft');
  return (
    <>
      {asking?.what === 'publish' && draft && (
        <PublishDialog
          title="Publish the draft"
          versionId={draft.versionId}
          changes={changes}
          note=""
          onClose={onClose}
        />
      )}
      {asking?.what === 'again' && (
        <PublishDialog
          title={`Publish version ${asking.version.number} again`}
          versionId={asking.version.versionId}
          changes={waterfallChanges(published, asking.version.body, offers)}
          note={`Back to version ${asking.version.number}`}
          onClose={onClose}
        />
      )}
      {asking?.what === 'try' && draft && (
        <TrialDialog
          versionId={draft.versionId}
          number={draft.number}
          ceilingMicros={(answer.draft ?? published).ceilingMicros}
          onClose={onClose}
        />
      )}
    </>
  );
}

function standingInWords(changes: readonly string[], problems: ReturnType<typeof waterfallProblems>): string {
  const refused = problems.filter(({ severity }) => severity === 'refused').length;
  return `${plural(changes.length, 'change')} not saved${refused > 0 ? `, ${plural(refused, 'problem')}` : ''}`;
}

/** What stands against what is published, and what is in the way of publishing it. */
function Standing(props: {
  changes: readonly string[];
  problems: ReturnType<typeof waterfallProblems>;
  drafted: boolean;
}) {
  const { changes, problems, drafted } = props;
  if (!drafted && problems.length === 0) return null;
  return (
    <section className={styles.part} aria-label="The draft" aria-live="polite">
      {drafted && (
        <>
          <h2>The draft against what is published</h2>
          {changes.length === 0 ? (
            <p className="dim">Nothing has changed.</p>
          ) : (
            <ul className={styles.changes}>
              {changes.map((change) => (
                <li key={change}>{change}</li>
              ))}
            </ul>
          )}
        </>
      )}
      {problems.map(({ severity, field, problem, remedy }) => (
        <p key={field + problem} className={styles.notice} data-severity={severity}>
          <strong>{severity === 'refused' ? 'Can’t be published: ' : 'Note: '}</strong>
          {problem}. {remedy}
        </p>
      ))}
    </section>
  );
}

function AddStep(props: {
  waterfall: Waterfall;
  offers: readonly Offer[];
  onChange: (waterfall: Waterfall) => void;
}) {
  const { waterfall, offers, onChange } = props;
  const taken = new Set(waterfall.steps.map(stepKey));
  const group = (label: string, kind: Offer['kind']) => ({
    group: label,
    items: offers
      .filter((offer) => offer.kind === kind && !taken.has(`${offer.provider}/${offer.capability}/`))
      .map((offer) => ({
        value: `${offer.provider}/${offer.capability}`,
        label: `${offer.providerName}: ${sentence(offer.capability.replaceAll('-', ' '))}, ${
          offer.priceMicros === 0 ? 'free' : spend(offer.priceMicros)
        }${offer.hasCredential ? '' : ' (no key)'}`,
      })),
  });
  return (
    <NativeSelect
      className={styles.add ?? ''}
      aria-label="Add a step"
      value=""
      data={[
        { value: '', label: 'Add a step…' },
        group('Finds people', 'find_person'),
        group('Finds company facts', 'find_company'),
        group('Verifies addresses', 'verify_email'),
        group('Looks up numbers', 'lookup_phone'),
      ]}
      onChange={(event) => {
        const offer = offers.find((one) => `${one.provider}/${one.capability}` === event.currentTarget.value);
        if (!offer) return;
        const { provider, capability } = offer;
        onChange({
          ...waterfall,
          steps: [...waterfall.steps, { provider, capability, only: null, when: [] }],
        });
      }}
    />
  );
}
