import { defineConfig } from 'vitest/config';

const DATABASE_TESTS = '**/*.db.test.ts';
const TEMPORAL_TESTS = '**/*.temporal.test.ts';
const exclude = ['**/node_modules/**', '**/dist/**', '**/generated/**'];

type Project = {
  name: string;
  include: string[];
  exclude?: string[];
  setup?: string;
  timeoutMs?: number;
  oneByOne?: true;
  /** Files share the modules they import; nothing in them may be replaced or left changed. */
  shared?: true;
};

/** One kind of test: where its files are, what it needs, and how long one test may take. */
function project(kind: Project) {
  return {
    test: {
      name: kind.name,
      include: kind.include,
      exclude: [...exclude, ...(kind.exclude ?? [])],
      globalSetup: kind.setup ? [kind.setup] : [],
      testTimeout: kind.timeoutMs ?? 60_000,
      hookTimeout: Math.max(kind.timeoutMs ?? 0, 60_000),
      fileParallelism: !kind.oneByOne,
      isolate: !kind.shared,
      // A state is waited for, however slow the machine is.
      expect: { poll: { timeout: 30_000 } },
    },
  };
}

const DATABASE = './packages/testkit/src/global-setup-database.ts';
const TEMPORAL = './packages/testkit/src/global-setup-temporal.ts';

export default defineConfig({
  test: {
    pool: 'forks',
    // Two cores: more would only take turns.
    maxWorkers: 2,
    maxConcurrency: 2,
    projects: [
      project({
        name: 'unit',
        include: [
          'packages/*/src/**/*.test.{ts,tsx}',
          'infra/*/src/**/*.test.ts',
          'services/*/src/**/*.test.{ts,tsx}',
          'test/runner/**/*.test.ts',
        ],
        exclude: [DATABASE_TESTS, TEMPORAL_TESTS],
        shared: true,
      }),
      project({
        name: 'database',
        include: [DATABASE_TESTS],
        setup: DATABASE,
        timeoutMs: 180_000,
        shared: true,
      }),
      project({
        name: 'workflow',
        include: ['workflows/**/*.test.ts', `services/worker/${TEMPORAL_TESTS}`, `test/${TEMPORAL_TESTS}`],
        exclude: [DATABASE_TESTS],
        setup: TEMPORAL,
        timeoutMs: 180_000,
      }),
      project({ name: 'replay', include: ['test/replay/**/*.test.ts'], timeoutMs: 180_000 }),
      project({
        name: 'e2e',
        include: ['test/e2e/**/*.test.ts'],
        setup: TEMPORAL,
        timeoutMs: 600_000,
        oneByOne: true,
      }),
      project({
        name: 'browser',
        include: ['test/browser/**/*.test.ts'],
        timeoutMs: 600_000,
        oneByOne: true,
      }),
      project({ name: 'data', include: ['test/data/**/*.test.ts'], timeoutMs: 180_000 }),
    ],
  },
});
