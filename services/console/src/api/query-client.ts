import { QueryCache, QueryClient } from '@tanstack/react-query';

import { toFailure } from './failure.ts';

let onSignedOut: () => void = () => undefined;

/** What to do when any question is answered with "signed out". */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (toFailure(error).code === 'unauthenticated') onSignedOut();
    },
  }),
  defaultOptions: {
    queries: {
      // The live channel tells what has changed; without it a page asks again after half a minute.
      staleTime: 30_000,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => {
        const { code } = toFailure(error);
        return count < 2 && (code === 'offline' || code === 'unavailable');
      },
      retryDelay: (attempt) => Math.min(400 * 2 ** attempt, 3_000),
    },
  },
});
