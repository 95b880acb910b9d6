import { useAnswer } from '../../api/hooks.ts';
import { EnrichmentTabs } from '../enrichment/EnrichmentTabs.tsx';
import page from '../../ui/page.module.css';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { WaterfallEditor } from './WaterfallEditor.tsx';
import { PageHead } from '../../ui/PageHead.tsx';

/** The waterfall: who is asked in which order, what is good enough, what it may cost; drafted, tried, published, rolled back. */
export function WaterfallPage() {
  const waterfall = useAnswer('enrichment.waterfall', {});
  if (waterfall.isSuccess) {
    const { versions } = waterfall.data;
    return (
      <WaterfallEditor
        key={versions.map(({ versionId, state }) => versionId + state).join()}
        answer={waterfall.data}
      />
    );
  }
  return (
    <div className={page.page}>
      <PageHead title="Enrichment" />
      <EnrichmentTabs here="waterfall" />
      {waterfall.isPending ? (
        <BoneRows rows={10} height={48} />
      ) : (
        <Failed what="The waterfall" error={waterfall.error} onRetry={() => void waterfall.refetch()} />
      )}
    </div>
  );
}
