/** Below this a rate says little. */
const FEW_LOOKS = 100;

/** How many signals a source gave for its looks, those that failed among them. */
export const Yield = ({ of: { looks, signals } }: { of: { looks: number; signals: number } }) =>
  looks >= FEW_LOOKS && <div className="faint">{((1_000 * signals) / looks).toFixed(0)} in 1,000 looks</div>;
