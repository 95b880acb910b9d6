import { throwAwayDataDir } from '@penstock/infra-local/data-folder';
import { startInstance } from '@penstock/infra-local/instance';
import type { Instance } from '@penstock/infra-local/instance-options';
import { buildWorld } from '@penstock/sandbox/world/build-world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { walkUnderFire } from '../chaos/walk-under-fire.ts';
import { allHistories } from '../walk/all-histories.ts';
import { signInToConsole } from '../walk/console-client.ts';
import { walkFiling } from '../walk/filing-walk.ts';
import { visitors, walkForm } from '../walk/form-walk.ts';
import { walkList } from '../walk/list-walk.ts';
import { referenceDir } from '../walk/reference-dir.ts';

let instance: Instance;
const lines: string[] = [];
const say = (line: string) => void lines.push(line);

beforeAll(async () => {
  instance = await startInstance({
    dataDir: await throwAwayDataDir('e2e-walk'),
    label: 'e2e walk',
    services: ['sandbox', 'gateway', 'worker'],
    seed: true,
    postgresSettings: { fsync: 'off' },
    extraEnvironment: { ...referenceDir(), PENSTOCK_LOG_LEVEL: 'warn' },
  });
});
afterAll(() => instance?.stop());

describe('the whole product, as processes', () => {
  it('turns a form into a worked lead and a deal, and a filing into a ranked account', async () => {
    const admin = instance.seeded?.signIns.find((one) => one.role === 'admin');
    if (!admin) throw new Error('not seeded');
    const console_ = await signInToConsole(instance.publicUrl, admin);
    await walkForm(console_, instance.seeded?.formUrl ?? '', buildWorld(), say);
    await walkFiling(console_, say);
    expect(lines.join('\n')).toContain('place ');
  });

  it('fills a list by itself, from its definition to enriched people of a queue', async () => {
    const admin = instance.seeded?.signIns.find((one) => one.role === 'admin');
    if (!admin) throw new Error('not seeded');
    await walkList(await signInToConsole(instance.publicUrl, admin), buildWorld(), say);
    expect(lines.join('\n')).toContain('people with an address');
  });

  it('leaves nothing of a person in any workflow history, decrypted or not', async () => {
    const [person] = visitors(buildWorld(), 1);
    const { raw, decoded, workflows } = await allHistories(instance);
    const traces = [
      person?.email,
      person?.givenName,
      person?.familyName,
      person?.mobile,
      'Please show us',
    ].filter((trace) => trace !== undefined && trace !== null);
    // The lead, its contact, the watchers.
    expect(workflows).toBeGreaterThanOrEqual(3);
    expect(decoded).toContain('leadId');
    expect(traces.filter((trace) => raw.includes(trace) || decoded.includes(trace))).toEqual([]);
  });

  it('loses no form and no filing and pays for no call twice while each process is killed once', async () => {
    const report = await walkUnderFire(instance, 1, say);
    expect(report).toMatchObject({ kills: 5, lost: [], twice: [] });
  });
});
