import { stageOf, type PipelineTemplate, type Stage } from './stage.ts';

export type MoveDirection = 'forward' | 'backward' | 'lost' | 'reopen';

export type MovePlan = {
  to: Stage;
  direction: MoveDirection;
  /** Exit criteria of every stage that is left behind, or below the one it is reopened in; all must be met unless overridden. */
  requires: string[];
  needsReason: boolean;
  needsLostReason: boolean;
};

/** What a move from one stage to another asks for, or null if it makes no sense (unknown stage, same stage). */
export function planMove(template: PipelineTemplate, fromKey: string, toKey: string): MovePlan | null {
  const from = stageOf(template, fromKey);
  const to = stageOf(template, toKey);
  if (!from || !to || from.key === to.key) return null;
  if (to.type === 'lost')
    return { to, direction: 'lost', requires: [], needsReason: false, needsLostReason: true };
  const fromIndex = template.stages.indexOf(from);
  const toIndex = template.stages.indexOf(to);
  const exitsOf = (stages: readonly Stage[]) =>
    stages.filter((stage) => stage.type === 'open').flatMap((stage) => stage.exit);
  // A closed deal comes back only to where its evidence carries it: losing it is no way past the criteria.
  if (from.type === 'lost' || from.type === 'won') {
    const requires = exitsOf(template.stages.slice(0, toIndex));
    return { to, direction: 'reopen', requires, needsReason: true, needsLostReason: false };
  }
  if (toIndex < fromIndex)
    return { to, direction: 'backward', requires: [], needsReason: true, needsLostReason: false };
  return {
    to,
    direction: 'forward',
    requires: exitsOf(template.stages.slice(fromIndex, toIndex)),
    needsReason: false,
    needsLostReason: false,
  };
}
