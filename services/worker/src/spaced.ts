/** Lets calls through one after the other, at least `gapMs` apart: how a source's requests-per-second limit is kept in this process. */
export function spaced(gapMs: number): <Result>(call: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  let lastAtMs = 0;
  return (call) => {
    const turn = last.then(async () => {
      const waitMs = lastAtMs + gapMs - Date.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      lastAtMs = Date.now();
    });
    last = turn;
    return turn.then(call);
  };
}
