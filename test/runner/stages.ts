export type Stage = {
  name: string;
  /** What has to run before it: Postgres, or Temporal on top of it. */
  needs?: 'postgres' | 'temporal';
  timeoutMs: number;
  /** Runs at the same time as the stage before it: both mostly wait for processes of their own. */
  beside?: true;
};

const MINUTE_MS = 60_000;

/** In the order of how quickly they tell that something is wrong. All but the first are projects of vitest.config.ts. */
export const STAGES: readonly Stage[] = [
  { name: 'static', timeoutMs: 10 * MINUTE_MS },
  { name: 'unit', timeoutMs: 10 * MINUTE_MS },
  { name: 'database', needs: 'postgres', timeoutMs: 30 * MINUTE_MS },
  { name: 'replay', timeoutMs: 10 * MINUTE_MS },
  { name: 'workflow', needs: 'temporal', timeoutMs: 10 * MINUTE_MS, beside: true },
  { name: 'data', timeoutMs: 10 * MINUTE_MS, beside: true },
  { name: 'e2e', needs: 'temporal', timeoutMs: 40 * MINUTE_MS },
  { name: 'browser', timeoutMs: 40 * MINUTE_MS, beside: true },
];

/** Stages that run together, group after group. */
export function inGroups(stages: readonly Stage[]): Stage[][] {
  const groups: Stage[][] = [];
  for (const stage of stages) {
    const group = groups.at(-1);
    if (stage.beside && group) group.push(stage);
    else groups.push([stage]);
  }
  return groups;
}

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
