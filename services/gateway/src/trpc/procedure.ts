import { DomainError } from '@penstock/kernel/domain-error';
import { actorMay } from '@penstock/workspace/model/actor';
import type { Permission } from '@penstock/workspace/model/role';
import { execute, type Command, type Query } from '@penstock/workspace/operation';
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
    const domain: Problem = toProblem(error.cause ?? error, ctx?.requestId ?? '');
    const { stack: _, ...data } = shape.data;
    return { ...shape, message: domain.message, data: { ...data, domain } };
  },
});

export const { router } = t;

/** Domain errors keep their code; anything else becomes an error without words of its own. */
async function guarded<Answer>(
  context: TrpcContext,
  run: (identity: Identity) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await run(requireIdentity(context.identity));
  } catch (cause) {
    const code = cause instanceof DomainError ? TRPC_CODE[cause.code] : 'INTERNAL_SERVER_ERROR';
    if (!(cause instanceof DomainError))
      context.deps.log.error({ requestId: context.requestId, error: cause }, 'unexpected error');
    throw new TRPCError({
      code,
      message: cause instanceof DomainError ? cause.message : 'unexpected',
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
    .input(input);
}

/** Runs a special procedure's work with the same treatment of errors as operations have. */
export const specially = guarded;
