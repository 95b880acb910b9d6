import { setTimeout as sleep } from 'node:timers/promises';

/** Of the time that a piece of long work took; more where it fills another process's processor too. */
const SHARE = 0.4;

/** Between two pieces of long work that nobody waits for: the processor, and the database's disk, belong to those who do. */
export const giveWay = (tookMs: number, share = SHARE): Promise<void> => sleep(tookMs * share);
