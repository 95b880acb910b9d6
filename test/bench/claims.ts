import type { ClaimJob, ClaimReport } from './claim-all.ts';
import { median, type Benchmark } from './benchmark.ts';
import { column, queueInstance, reps, startBare, startProgram } from './queue-instance.ts';

const ITEMS = Number(process.env['BENCH_ITEMS'] ?? 20_000);
const REPS = 200;
const ROUNDS = 3;
const FLOOR_RATIO = 0.5;

/** Reps who claim as fast as they can, two wanting each item, beside a bare transaction that writes the same rows. */
export const claims: Benchmark = {
  name: 'claims',
  about: `${REPS} reps claim from one queue as fast as they can, beside a bare transaction with the same rows`,
  async run(say) {
    await using instance = await queueInstance({ accounts: ITEMS, openItems: ITEMS, say });
    const cookies = await reps(instance, REPS);
    const bare = await startBare(instance, 'bare-claim.ts');
    const ids = await column(
      instance,
      `select id from queue_item where state = 'open' and owner_id is null order by bound_0 desc`,
    );
    const share = Math.floor(ids.length / (2 * ROUNDS + 2));
    const part = (at: number) => ids.slice(at * share, (at + 1) * share);
    const body = '{"id":"{id}"}';
    const ours = (at: number) =>
      claimAll({ url: `${instance.publicUrl}/trpc/queue.claim`, body, cookies, ids: part(at) });
    const theirs = (at: number) =>
      claimAll({
        url: `${bare.url}/claim`,
        body,
        cookies: cookies.map((_, rep) => `rep=bench-rep-${rep}`),
        ids: part(at),
      });
    await ours(2 * ROUNDS);
    await theirs(2 * ROUNDS + 1);
    const reports: { ours: ClaimReport[]; theirs: ClaimReport[] } = { ours: [], theirs: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const which of round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)) {
        const report = await (which === 'ours' ? ours(2 * round) : theirs(2 * round + 1));
        reports[which].push(report);
        say(
          `${which.padEnd(8)} ${report.perSecond.toFixed(0)}/s, ${report.claimed} of ${share} claimed, ${report.twice} twice, ${report.failed} failed`,
        );
      }
    }
    bare.stop();
    const rate = (which: ClaimReport[]) => median(which.map((report) => report.perSecond));
    const ratio = rate(reports.ours) / rate(reports.theirs);
    const twice = reports.ours.reduce((sum, report) => sum + report.twice, 0);
    const lost = reports.ours.reduce((sum, report) => sum + share - report.claimed, 0);
    const failed = reports.ours.reduce((sum, report) => sum + report.failed, 0);
    const sound = twice === 0 && lost === 0 && failed === 0;
    return {
      figures: {
        claims: `${rate(reports.ours).toFixed(0)}/s`,
        bare: `${rate(reports.theirs).toFixed(0)}/s`,
        ratio: ratio.toFixed(2),
        twice: String(twice),
        lost: String(lost),
        failed: String(failed),
      },
      floor: `ratio>=${FLOOR_RATIO},twice=0,lost=0`,
      goal: `ratio>=${FLOOR_RATIO},twice=0,lost=0`,
      verdict: sound && ratio >= FLOOR_RATIO ? 'ok' : 'below floor',
    };
  },
};

function claimAll(job: ClaimJob): Promise<ClaimReport> {
  const child = startProgram('claim-all.ts', {});
  return new Promise((done, fail) => {
    // Safe: the program sends nothing but its report.
    child.once('message', (report) => done(report as ClaimReport));
    child.once('exit', (code) => code !== 0 && fail(new Error(`the claims ended with ${code}`)));
    child.send(job);
  });
}
