import { useEffect, useEffectEvent, useState } from 'react';

const SETTLE_MS = 200;

/** What is being typed into a search field; `commit` hears of it when the fingers rest. */
export function useTypedSearch(
  committed: string,
  commit: (search: string) => void,
): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(committed);
  const settle = useEffectEvent(() => {
    if (typed.trim() !== committed) commit(typed.trim());
  });
  useEffect(() => {
    const timer = setTimeout(() => settle(), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped];
}
