type Waiting<Found> = {
  key: string;
  resolve: (found: Found | null) => void;
  reject: (error: unknown) => void;
};

/** Look-ups that may be under way at once. */
const AT_ONCE = 2;

/**
 * Look-ups by key that are asked for while others are under way are done together: alone at once, in a crowd many at a time. Each is begun after it
 * was asked for, so nobody hears what is older than the question.
 */
export function lookedUpTogether<Found>(
  lookUp: (keys: readonly string[]) => Promise<ReadonlyMap<string, Found>>,
): (key: string) => Promise<Found | null> {
  let waiting: Waiting<Found>[] = [];
  let underWay = 0;
  const advance = (): void => {
    if (underWay >= AT_ONCE || waiting.length === 0) return;
    const all = waiting;
    waiting = [];
    underWay += 1;
    void answer(lookUp, all).finally(() => {
      underWay -= 1;
      advance();
    });
  };
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      advance();
    });
}

async function answer<Found>(
  lookUp: (keys: readonly string[]) => Promise<ReadonlyMap<string, Found>>,
  all: readonly Waiting<Found>[],
): Promise<void> {
  try {
    const found = await lookUp([...new Set(all.map(({ key }) => key))]);
    for (const { key, resolve } of all) resolve(found.get(key) ?? null);
  } catch (error) {
    for (const { reject } of all) reject(error);
  }
}
