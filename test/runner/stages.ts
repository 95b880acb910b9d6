export type Stage = {
  name: string;
  /** What has to run before it: Postgres, or Temporal on top of it. */
  needs?: 'postgres' | 'temporal';
  timeoutMs: number;
};

const MINUTE_MS = 60_000;

/** In the order of how quickly they tell that something is wrong. All but the first are projects of vitest.config.ts. */
export const STAGES: readonly Stage[] = [
  { name: 'static', timeoutMs: 5 * MINUTE_MS },
  { name: 'unit', timeoutMs: 3 * MINUTE_MS },
  { name: 'database', needs: 'postgres', timeoutMs: 4 * MINUTE_MS },
  { name: 'replay', timeoutMs: 2 * MINUTE_MS },
  { name: 'workflow', needs: 'temporal', timeoutMs: 4 * MINUTE_MS },
  { name: 'e2e', needs: 'temporal', timeoutMs: 5 * MINUTE_MS },
  { name: 'browser', timeoutMs: 6 * MINUTE_MS },
  { name: 'data', timeoutMs: 2 * MINUTE_MS },
];

/** The stages of `--only=a,b`, or all of them; undefined if a name is unknown. */
export function chooseStages(args: readonly string[]): readonly Stage[] | undefined {
  const only = args
    .find((arg) => arg.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',');
  if (!only) return args.length === 0 ? STAGES : undefined;
  const known = only.every((name) => STAGES.some((stage) => stage.name === name));
  return known ? STAGES.filter((stage) => only.includes(stage.name)) : undefined;
}
