import { secondsInWords } from '../format/duration.ts';

/** Below this, the first batches say nothing of the rest. */
const TELLING_MS = 1_500;

/** How far a file is, how fast rows are taken, and how long the others need at that rate. */
export function paceOf(total: number, taken: number, since: { rows: number; ms: number }): string {
  const far = `${taken.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} rows`;
  if (since.rows <= 0 || since.ms < TELLING_MS) return far;
  const perSecond = (since.rows / since.ms) * 1_000;
  const left = taken >= total ? 'almost done' : `about ${secondsInWords((total - taken) / perSecond)} left`;
  return `${far}, ${Math.round(perSecond).toLocaleString('en-US')} a second, ${left}`;
}
