import { stageOf, type PipelineTemplate, type Stage } from './stage.ts';

export type MoveDirection = 'forward' | 'backward' | 'lost' | 'reopen';

export type MovePlan = {
  to: Stage;
  direction: MoveDirection;
  /** Exit criteria of every stage that is left behind; all must be met unless overridden. */
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
  if (from.type === 'lost' || from.type === 'won') {
    return { to, direction: 'reopen', requires: [], needsReason: true, needsLostReason: false };
  }
  const fromIndex = template.stages.indexOf(from);
  const toIndex = template.stages.indexOf(to);
  if (toIndex < fromIndex)
    return { to, direction: 'backward', requires: [], needsReason: true, needsLostReason: false };
  const left = template.stages.slice(fromIndex, toIndex).filter((stage) => stage.type === 'open');
  return {
    to,
    direction: 'forward',
    requires: left.flatMap((stage) => stage.exit),
    needsReason: false,
    needsLostReason: false,
  };
}
