export type Limiter = { admit(key: string, path: string, atMs: number): boolean };

/** Counts arrivals of a key in rolling windows; one that is refused does not count. */
export function createLimiter(
  limits: readonly { requests: number; windowMs: number; path?: string }[],
): Limiter {
  const arrivals = new Map<string, number[]>();
  return {
    admit(key, path, atMs) {
      const counted = limits.filter((limit) => limit.path === undefined || limit.path === path);
      const lists = counted.map((limit) => {
        const name = `${key} ${limit.path ?? ''} ${limit.windowMs}`;
        const recent = (arrivals.get(name) ?? []).filter((at) => at > atMs - limit.windowMs);
        arrivals.set(name, recent);
        return { recent, limit };
      });
      if (lists.some(({ recent, limit }) => recent.length >= limit.requests)) return false;
      for (const { recent } of lists) recent.push(atMs);
      return true;
    },
  };
}
