import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { createDataConverter } from '@penstock/temporal/data-converter';
import { Worker } from '@temporalio/worker';
import { describe, expect, it } from 'vitest';

import { REPLAY_KEY } from './replay-key.ts';
import { scenarios } from './scenarios.ts';

const WORKFLOWS = resolve(import.meta.dirname, '../../workflows');

/** Every folder with a workflow in it. */
async function processes(): Promise<string[]> {
  const folders = await readdir(WORKFLOWS, { withFileTypes: true });
  const found = await Promise.all(
    folders
      .filter((entry) => entry.isDirectory())
      .map(async (entry) =>
        (await readdir(resolve(WORKFLOWS, entry.name))).includes('workflow.ts') ? [entry.name] : [],
      ),
  );
  return found.flat();
}

async function histories(process: string): Promise<{ workflowId: string; history: unknown }[]> {
  const folder = resolve(WORKFLOWS, process, 'histories');
  const files = await readdir(folder).catch(() => []);
  return Promise.all(
    files.map(async (file) => ({
      workflowId: `${process}/${file}`,
      history: JSON.parse(await readFile(resolve(folder, file), 'utf8')) as unknown,
    })),
  );
}

describe('recorded histories', () => {
  it('exist for every scenario of every workflow', async () => {
    const names = await processes();
    expect(names.toSorted()).toEqual([
      'answer-lead',
      'enrich-contact',
      'enrich-list',
      'sweep',
      'watch-sources',
    ]);
    const recorded = (await Promise.all(names.map(histories))).flat().map((one) => one.workflowId);
    expect(recorded.toSorted()).toEqual(
      scenarios()
        .map((one) => `${one.workflow}/${one.name}.json`)
        .toSorted(),
    );
  });

  it('are replayed by the built bundle without a difference', async () => {
    const all = (await Promise.all((await processes()).map(histories))).flat();
    const results = Worker.runReplayHistories(
      {
        workflowBundle: { codePath: resolve(WORKFLOWS, 'dist/workflow-bundle.js') },
        dataConverter: createDataConverter(REPLAY_KEY),
        replayName: 'histories',
      },
      all,
    );
    const broken: string[] = [];
    for await (const result of results)
      if (result.error) broken.push(`${result.workflowId}: ${result.error.message}`);
    expect(broken).toEqual([]);
    expect(all.length).toBeGreaterThan(10);
  });
});
