import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { expect, it } from 'vitest';

import { spendIsRight, spendLine, spendUnderFire } from '../chaos/spend-under-fire.ts';

// The short form of `npm run chaos -- spend`.

it('pays nothing twice, loses nothing and can account for every cent while whoever works is killed', async () => {
  const report = await spendUnderFire(
    {
      dataDir: await throwAwayDataDir('spend-under-fire'),
      label: 'spend under fire',
      extraEnvironment: { PENSTOCK_LOG_LEVEL: 'warn' },
    },
    { pointKills: 8, listPeople: 800, workerKills: 6, killEveryMs: 1_000, calls: 0 },
    () => {},
  );
  expect(report, spendLine(report)).toMatchObject({ pointKills: 8, workerKills: 6, otherKills: 2 });
  expect(report.calls).toBeGreaterThan(600);
  // How many are under way when a process is killed depends on the machine.
  expect(report.reconciled).toBeGreaterThan(20);
  expect(spendIsRight(report), spendLine(report)).toBe(true);
});
