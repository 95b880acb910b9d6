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
    { pointKills: 16, listPeople: 1_200, workerKills: 6, killEveryMs: 2_000 },
    () => {},
  );
  expect(report, spendLine(report)).toMatchObject({ pointKills: 16, workerKills: 6, otherKills: 2 });
  expect(report.calls).toBeGreaterThan(1_000);
  expect(report.reconciled).toBeGreaterThan(100);
  expect(spendIsRight(report), spendLine(report)).toBe(true);
});
