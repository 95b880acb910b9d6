import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query';

import { say } from '../ui/notify.tsx';
import { ask, change, newKey } from './client.ts';
import { toFailure, type Failure } from './failure.ts';
import type {
  MutationInput,
  MutationOutput,
  MutationPath,
  Permission,
  QueryInput,
  QueryOutput,
  QueryPath,
} from './procedures.ts';

export function question<Path extends QueryPath>(path: Path, input: QueryInput<Path>) {
  return queryOptions({
    queryKey: [path, input],
    queryFn: ({ signal }) => ask(path, input, signal),
  });
}

/** One answer, kept fresh by the live channel. */
export function useAnswer<Path extends QueryPath>(
  path: Path,
  input: QueryInput<Path>,
  options: { enabled?: boolean; keepPrevious?: boolean; refetchMs?: number } = {},
) {
  return useQuery({
    ...question(path, input),
    enabled: options.enabled ?? true,
    ...(options.refetchMs !== undefined && { refetchInterval: options.refetchMs }),
    ...(options.keepPrevious && { placeholderData: keepPreviousData }),
  });
}

type PagedPath =
  | 'enrichment.closedAlerts'
  | 'queue.list'
  | 'leads.list'
  | 'accounts.list'
  | 'accounts.timeline'
  | 'lists.members'
  | 'enrichment.searchAccounts'
  | 'lists.changes'
  | 'enrichment.listRuns'
  | 'enrichment.listRecords'
  | 'enrichment.unknownCharges'
  | 'deals.list'
  | 'signals.list'
  | 'notifications.list'
  | 'settings.audit';

/** A list that loads further pages as it is scrolled. */
export function usePages<Path extends PagedPath>(
  path: Path,
  input: Omit<QueryInput<Path>, 'cursor'>,
  options: { enabled?: boolean; refetchMs?: number | false } = {},
) {
  return useInfiniteQuery({
    ...pages(path, input),
    enabled: options.enabled ?? true,
    ...(options.refetchMs !== undefined && { refetchInterval: options.refetchMs }),
  });
}

export function pages<Path extends PagedPath>(path: Path, input: Omit<QueryInput<Path>, 'cursor'>) {
  const first: string | null = null;
  return infiniteQueryOptions({
    queryKey: [path, 'pages', input],
    // Safe: `input` with a cursor is the input of a paged question.
    queryFn: ({ pageParam, signal }) =>
      ask(path, { ...input, cursor: pageParam } as QueryInput<Path>, signal),
    initialPageParam: first as string | null,
    getNextPageParam: (page: QueryOutput<Path>) => page.nextCursor,
  });
}

/**
 * A change, with the questions it makes stale. Says what went wrong unless `onFailure` returns true.
 * A retry by hand after "no answer" sends the same idempotency key, so it can't happen twice.
 */
export function useChange<Path extends MutationPath>(
  path: Path,
  options: {
    stale?: readonly QueryPath[];
    onDone?: (output: MutationOutput<Path>, input: MutationInput<Path>) => void;
    onFailure?: (failure: Failure, input: MutationInput<Path>) => boolean | void;
  } = {},
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: MutationInput<Path>) => sendOnce(path, input),
    onSuccess: (output, input) => {
      options.onDone?.(output, input);
      for (const stale of options.stale ?? []) void queries.invalidateQueries({ queryKey: [stale] });
    },
    onError: (error, input) => {
      const failure = toFailure(error);
      if (options.onFailure?.(failure, input) !== true) say.failure(failure);
    },
  });
}

/** Keys of changes that nobody answered, by what was asked. */
const unanswered = new Map<string, string>();

async function sendOnce<Path extends MutationPath>(path: Path, input: MutationInput<Path>) {
  const what = `${path} ${JSON.stringify(input)}`;
  const key = unanswered.get(what) ?? newKey();
  unanswered.set(what, key);
  try {
    const output = await change(path, input, key);
    unanswered.delete(what);
    return output;
  } catch (error) {
    if (toFailure(error).code !== 'offline') unanswered.delete(what);
    throw error;
  }
}

/** Who is signed in; pages inside the frame always have it. */
export function useMe() {
  return useSuspenseQuery({ ...question('session.me', {}), staleTime: 5 * 60_000 }).data;
}

export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useMe();
  return (permission) => permissions.includes(permission);
}
