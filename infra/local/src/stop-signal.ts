/** Ctrl-C in a terminal reaches npm, the bootstrap and us, and the bootstrap passes it on: one wish, several signals. */
const SAME_WISH_MS = 1_000;

/**
 * Calls `stop` once when this process is asked to end: Ctrl-C, kill, a closed terminal, or the end of the process
 * that started us. Asked again later, it ends at once; what it supervises is killed with it.
 */
export function onStopSignal(stop: () => void): void {
  let askedAt: number | undefined;
  const ask = () => {
    if (askedAt === undefined) {
      askedAt = Date.now();
      stop();
    } else if (Date.now() - askedAt > SAME_WISH_MS) {
      process.exit(130);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  if (process.connected) {
    process.once('disconnect', ask);
    // Only to be told; it must not keep a finished script alive.
    process.channel?.unref();
  }
}
