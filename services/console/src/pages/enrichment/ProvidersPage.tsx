import { Button, NativeSelect } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';

import { useAnswer } from '../../api/hooks.ts';
import { csv, download } from '../../format/csv.ts';
import { plural } from '../../format/words.ts';
import { say } from '../../ui/notify.tsx';
import page from '../../ui/page.module.css';
import { PageHead } from '../../ui/PageHead.tsx';
import { BoneRows, Empty, Failed } from '../../ui/States.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { EnrichmentTabs } from './EnrichmentTabs.tsx';
import { SCORE_BY, scoreFile, type Scorecards } from './score-words.ts';
import { ScoreTable, VerifierTable, VersionTable } from './ScoreTables.tsx';
import styles from './scores.module.css';

const route = getRouteApi('/frame/enrichment/providers');
const PERIODS = [7, 30, 90, 365].map((days) => ({ value: String(days), label: `Last ${days} days` }));

/** What each provider was worth, by field and segment; one version of the waterfall beside another. */
export function ProvidersPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { by = 'all', days = 90, version, against } = search;
  const scores = useAnswer(
    'enrichment.scorecards',
    { by, days, versionId: version ?? null },
    { keepPrevious: true },
  );
  const other = useAnswer(
    'enrichment.scorecards',
    { by, days, versionId: against ?? null },
    { enabled: against !== undefined },
  );
  const turn = (change: Partial<typeof search>) =>
    void navigate({ search: { ...search, ...change }, replace: true });
  const answer = scores.data;
  const empty = answer && answer.items.length === 0 && answer.verifiers.length === 0;
  return (
    <div className={page.page}>
      <PageHead title="Enrichment">
        {answer && !empty && (
          <Button
            variant="default"
            leftSection={<IconDownload size={15} aria-hidden />}
            onClick={() => exportScores(by, answer)}
          >
            Export
          </Button>
        )}
      </PageHead>
      <EnrichmentTabs here="providers" />
      <div className={styles.content}>
        <div className={styles.bar}>
          <Tabs label="Split" options={SCORE_BY} value={by} onChange={(value) => turn({ by: value })} />
          <div className={styles.choices}>
            <NativeSelect
              aria-label="Period"
              value={String(days)}
              data={PERIODS}
              onChange={({ currentTarget: { value } }) => turn({ days: Number(value) })}
            />
            {answer && <VersionChoices {...{ answer, version, against, turn }} />}
          </div>
        </div>
        {scores.isPending && <BoneRows rows={10} />}
        {scores.isError && (
          <Failed what="The scorecards" error={scores.error} onRetry={() => void scores.refetch()} />
        )}
        {empty && (
          <Empty title="No calls to judge providers by">
            Once a run has asked providers, each is shown with what it found, what a verifier confirmed, what
            was usable and what a usable value cost, by field, country, company size, seniority and position.
          </Empty>
        )}
        {answer && !empty && (
          <>
            <ScoreTable
              by={by}
              items={answer.items}
              before={against === undefined ? null : other.data?.items}
            />
            <VerifierTable verifiers={answer.verifiers} />
            <VersionTable versions={answer.versions} />
          </>
        )}
      </div>
    </div>
  );
}

function VersionChoices(props: {
  answer: Scorecards;
  version: string | undefined;
  against: string | undefined;
  turn: (change: { version?: string | undefined; against?: string | undefined }) => void;
}) {
  const { answer, version, against, turn } = props;
  const versions = answer.versions.map(({ versionId, number }) => ({
    value: versionId,
    label: `Version ${number}`,
  }));
  if (versions.length < 2 && version === undefined) return null;
  return (
    <>
      <NativeSelect
        aria-label="Calls of"
        value={version ?? ''}
        data={[{ value: '', label: 'All versions' }, ...versions]}
        onChange={({ currentTarget: { value } }) => turn({ version: value || undefined })}
      />
      <NativeSelect
        aria-label="Compared with"
        value={against ?? ''}
        data={[{ value: '', label: 'Compared with…' }, ...versions.filter(({ value }) => value !== version)]}
        onChange={({ currentTarget: { value } }) => turn({ against: value || undefined })}
      />
    </>
  );
}

function exportScores(by: Parameters<typeof scoreFile>[0], answer: Scorecards): void {
  const { header, lines } = scoreFile(by, answer.items);
  download(`providers-${by}.csv`, csv(header, lines));
  say.done(`Exported ${plural(lines.length, 'row')}`);
}
