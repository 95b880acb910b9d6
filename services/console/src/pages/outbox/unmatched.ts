import { useChange } from '../../api/hooks.ts';
import type { QueryOutput } from '../../api/procedures.ts';
import { say } from '../../ui/notify.tsx';

export type Unmatched = QueryOutput<'activities.unmatched'>['items'][number];

export const UNMATCHED_STALE = ['activities.unmatched', 'accounts.timeline', 'accounts.get'] as const;

export const useUndo = () =>
  useChange('activities.undoMail', { stale: UNMATCHED_STALE, onDone: () => say.done('They wait again') });
