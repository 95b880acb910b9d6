import { whileAlive } from '../while-alive.ts';

export type EnrichContactInput = {
  workspaceId: string;
  personId: string;
  leadId: string | null;
  runId: string;
};
export type WaterfallResult = {
  complete: boolean;
  stopReason: string;
  calls: number;
  retryAfterMs: number | null;
};

export type EnrichContactDeps = {
  runWaterfall: (run: EnrichContactInput) => Promise<WaterfallResult>;
};

export function createEnrichContactActivities(deps: EnrichContactDeps) {
  return {
    /** A whole run; resumes from the ledger, never repeats a call that may have been charged. */
    runWaterfall: (run: EnrichContactInput): Promise<WaterfallResult> =>
      whileAlive(() => deps.runWaterfall(run)),
  };
}
