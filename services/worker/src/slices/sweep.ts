import { recordRelease } from '@penstock/engagement/first-touch';
import { strandSending } from '@penstock/engagement/send-welcome';
import { markStranded } from '@penstock/enrichment/mark-stranded';
import { judgeFitsAgain } from '@penstock/scoring/judge-fits-again';
import { releaseExpiredClaims } from '@penstock/scoring/release-expired-claims';
import { expireChampion, expireDeparture } from '@penstock/signals/champion-statements';
import { markByRules } from '@penstock/signals/mark-by-rules';
import { watchingPolicy } from '@penstock/signals/report-departure';
import { startAnswerLead, startEnrichList } from '@penstock/workflows/start-workflows';
import { createSweepActivities, type SweepReport } from '@penstock/workflows/sweep/activities';

import { outcomeLearner } from '../learn-outcomes.ts';
import type { WorkerDeps } from '../worker-deps.ts';

const LEAD_OVERDUE_MS = 5_000;
const MAIL_STRANDED_MS = 3 * 60_000;
/** Longer than the longest vendor time-out, so that no call is taken for lost while it runs. */
const CALL_STRANDED_MS = 4 * 60_000;
const BATCH = 200;
/** In one transaction; while more are due, for at most so long a sweep. */
const FITS = 500;
const FITS_MS = 8_000;

async function judgeDueFits(
  { store, clock }: Pick<WorkerDeps, 'store' | 'clock'>,
  until: Date,
): Promise<void> {
  let more = true;
  while (more && clock.now() < until) {
    const fits = await store.dueWork.dueFits(clock.now(), FITS);
    await judgeFitsAgain(store, fits, clock.now());
    more = fits.length === FITS;
  }
}

/** Marks by rule once a day, and forgets who and what is past its term. */
async function tendChampions({ store, clock }: Pick<WorkerDeps, 'store' | 'clock'>): Promise<void> {
  const now = clock.now();
  for (const { workspaceId } of await store.dueWork.dueChampionRules(now, BATCH))
    await store.inWorkspace(workspaceId, async (tx) => {
      const policy = await watchingPolicy(tx);
      if (policy) await markByRules(tx, policy, now);
    });
  for (const { workspaceId, departureId } of await store.dueWork.expiredDepartures(now, BATCH))
    await store.inWorkspace(workspaceId, (tx) => tx.rows(expireDeparture, departureId, now));
  for (const { workspaceId, personId } of await store.dueWork.expiredChampions(now, BATCH))
    await store.inWorkspace(workspaceId, (tx) => tx.rows(expireChampion, personId, now));
}

/** Finds what was stored and stands still, whatever the cause: Temporal was down, a process was killed, a lease ran out. */
export function sweepActivities({ store, clock, client, log }: WorkerDeps) {
  const learnOutcomes = outcomeLearner({ store, clock });
  const before = (ms: number) => new Date(clock.now().getTime() - ms);
  const sweep = async (): Promise<SweepReport> => {
    const leads = await store.dueWork.unsettledLeads(before(LEAD_OVERDUE_MS), BATCH);
    for (const lead of leads)
      await startAnswerLead(client, { workspaceId: lead.workspaceId, leadId: lead.leadId });
    const mails = await store.dueWork.strandedMails(before(MAIL_STRANDED_MS), BATCH);
    for (const mail of mails) await strandSending({ store, clock }, mail, before(MAIL_STRANDED_MS));
    const calls = await store.dueWork.strandedCalls(before(CALL_STRANDED_MS), BATCH);
    for (const call of calls) await markStranded(store, call, clock.now());
    const claims = await store.dueWork.expiredClaims(clock.now(), BATCH);
    for (const claim of claims)
      await releaseExpiredClaims(store, claim.workspaceId, [claim.itemId], clock.now(), recordRelease);
    await judgeDueFits({ store, clock }, before(-FITS_MS));
    for (const run of await store.dueWork.runningLists(BATCH)) await startEnrichList(client, run);
    const learned = await learnOutcomes();
    if (learned > 0) log.info({ learned }, 'probability to close learned anew');
    await tendChampions({ store, clock });
    await store.dueWork.ensurePartitions(clock.now());
    const report = {
      leadsStarted: leads.filter((lead) => !lead.started).length,
      mailsStranded: mails.length,
      callsStranded: calls.length,
      claimsReleased: claims.length,
    };
    if (Object.values(report).some((count) => count > 0)) log.info(report, 'sweep moved something');
    return report;
  };
  return createSweepActivities({ sweep });
}
