import { heartbeat } from '@temporalio/activity';

const BEAT_MS = 3_000;

/** Heartbeats as long as the process lives, so that work is given to another worker soon after this one is gone, and not before. */
export async function whileAlive<Result>(work: () => Promise<Result>): Promise<Result> {
  const beat = setInterval(() => heartbeat(), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}
