import { z } from 'zod';

export const RoutingBody = z.object({
  rules: z
    .array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('account_owner'), name: z.string().min(1).max(80) }),
        z.object({
          kind: z.literal('round_robin'),
          name: z.string().min(1).max(80),
          countries: z.array(z.string().length(2)),
          intents: z.array(z.string()),
          teamId: z.uuid().nullable(),
        }),
      ]),
    )
    .min(1),
});

export const WelcomeBody = z.object({
  subject: z.string().min(1).max(200),
  text: z.string().min(1).max(10_000),
});
