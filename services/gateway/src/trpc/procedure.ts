import { DomainError } from '@penstock/kernel/domain-error';
import { actorMay } from '@penstock/workspace/model/actor';
import type { Permission } from '@penstock/workspace/model/role';
import { execute, parseInput, type Command, type Query } from '@penstock/workspace/operation';
import { initTRPC, TRPCError } from '@trpc/server';
import type { z } from 'zod';

import { requireIdentity, type Identity } from '../auth/authenticate.ts';
import { toProblem, TRPC_CODE, type Problem } from '../problem.ts';
import type { GatewayDeps } from '../gateway-deps.ts';

export type TrpcContext = {
  deps: GatewayDeps;
  identity: Identity | null;
  requestId: string;
  idempotencyKey: string | undefined;
};

const t = initTRPC.context<TrpcContext>().create({
  errorFormatter({ shape, error, ctx }) {
    const domain: Problem = toProblem(asDomainError(error), ctx?.requestId ?? '');
    const { stack: _, ...data } = shape.data;
    return { ...shape, message: domain.message, data: { ...data, domain } };
  },
});

/** What the caller did wrong before any procedure ran is not a fault of ours. */
function asDomainError(error: TRPCError): unknown {
  if (error.cause instanceof DomainError) return error.cause;
  switch (error.code) {
    case 'NOT_FOUND':
      return new DomainError('not_found', 'There is no such procedure.');
    case 'BAD_REQUEST':
    case 'PARSE_ERROR':
    case 'METHOD_NOT_SUPPORTED':
    case 'UNSUPPORTED_MEDIA_TYPE':
      return new DomainError('invalid', 'The request can’t be read. Send JSON, a mutation by POST.');
    default:
      return error.cause ?? error;
  }
}

export const { router } = t;

/** Domain errors keep their code; anything else becomes an error without words of its own. */
async function guarded<Answer>(
  context: TrpcContext,
  run: (identity: Identity) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await run(requireIdentity(context.identity));
  } catch (cause) {
    const { code, message } = toProblem(cause, context.requestId);
    if (code === 'internal')
      context.deps.log.error({ requestId: context.requestId, error: cause }, 'unexpected error');
    throw new TRPCError({
      code: code === 'internal' ? 'INTERNAL_SERVER_ERROR' : TRPC_CODE[code],
      message: code === 'internal' ? 'unexpected' : message,
      cause,
    });
  }
}

// The operation parses the input itself, once; here it only has its type.
const typed =
  <I extends z.ZodType>(_shape: I) =>
  (raw: unknown): z.input<I> =>
    raw as z.input<I>;

export function reading<I extends z.ZodType, O extends z.ZodType, Lane extends 'hot' | 'records'>(
  operation: Query<I, O, Lane>,
) {
  return t.procedure
    .input(typed(operation.input))
    .query(({ ctx, input }): Promise<z.output<O>> =>
      guarded(ctx, ({ actor }) => execute(ctx.deps, { actor, requestId: ctx.requestId }, operation, input)),
    );
}

export function changing<I extends z.ZodType, O extends z.ZodType, Lane extends 'hot' | 'records'>(
  operation: Command<I, O, Lane>,
) {
  return t.procedure
    .input(typed(operation.input))
    .mutation(({ ctx, input }): Promise<z.output<O>> =>
      guarded(ctx, ({ actor }) =>
        execute(
          ctx.deps,
          { actor, requestId: ctx.requestId, idempotencyKey: ctx.idempotencyKey },
          operation,
          input,
        ),
      ),
    );
}

/** For the few things that are not an operation of one workspace: sign-in, keys, the sandbox's controls. Authorised before anything is parsed. */
export function special<I extends z.ZodType>(permission: Permission | 'signed in', input: I) {
  return t.procedure
    .use(async ({ ctx, next }) => {
      await guarded(ctx, ({ actor }) => {
        if (permission !== 'signed in' && !actorMay(actor, permission)) {
          throw new DomainError(
            'forbidden',
            `This needs the permission "${permission}". Ask an administrator of the workspace.`,
          );
        }
        return Promise.resolve();
      });
      return next();
    })
    .input((raw: unknown): z.output<I> => parseInput(input, raw));
}

/** Runs a special procedure's work with the same treatment of errors as operations have. */
export const specially = guarded;
