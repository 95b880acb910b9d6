import { signalScore } from '@penstock/scoring/model/intent';
import { DEFAULT_INTENT_MODEL } from '@penstock/scoring/model/presets';
import { NO_STANDING, priorityOf } from '@penstock/scoring/model/priority';
import type { SeedOptions } from '@penstock/store/seed-accounts';

/** The arithmetic of a new workspace, for seeded accounts. */
export const modelScore: SeedOptions['score'] = (masses, fit, at) => {
  const signal = signalScore(DEFAULT_INTENT_MODEL, masses, at);
  return { signal, priority: priorityOf(DEFAULT_INTENT_MODEL, { masses, fit, standing: NO_STANDING }, at) };
};
