export type SweepReport = {
  leadsStarted: number;
  mailsStranded: number;
  callsStranded: number;
  claimsReleased: number;
};
export type SweepDeps = { sweep: () => Promise<SweepReport> };

export function createSweepActivities(deps: SweepDeps) {
  return {
    /** Finds what is stored but not moving, whatever the cause. Idempotent. */
    sweep: (): Promise<SweepReport> => deps.sweep(),
  };
}
