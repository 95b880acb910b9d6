import { z } from 'zod';

import { lenientList } from '../reply-reading.ts';

const Text = z.string().nullish();
const Reference = z.object({ id: z.string(), type: z.string() });
const Relation = z.object({ data: z.union([Reference, z.array(Reference)]).nullish() }).nullish();
const Included = z.object({
  id: z.string(),
  type: z.string(),
  attributes: z.object({
    domain: Text,
    company_name: Text,
    name: Text,
    url: Text,
    title: Text,
    published_at: Text,
  }),
});
export type Included = z.infer<typeof Included>;

const NewsAttributes = z.object({
  category: z.string(),
  summary: Text,
  article_sentence: Text,
  found_at: z.string(),
  effective_date: Text,
  confidence: z.number().nullish(),
  planning: z.boolean().nullish(),
  amount_normalized: z.number().nullish(),
  financing_type_normalized: Text,
  headcount: z.number().nullish(),
  job_title: Text,
  location: Text,
  location_data: lenientList(z.object({ country: Text, city: Text })),
});
export type NewsAttributes = z.infer<typeof NewsAttributes>;

const OpeningAttributes = z.object({
  title: z.string().min(1),
  url: Text,
  first_seen_at: z.string(),
  posted_at: Text,
  categories: lenientList(z.string()),
  location: Text,
  location_data: lenientList(z.object({ country: Text })),
});
const DetectionAttributes = z.object({ first_seen_at: z.string(), last_seen_at: Text });

/** JSON:API: rows that are not what was promised are left out, but counted. */
const listOf = <Shape extends z.ZodType>(attributes: Shape) =>
  z.object({
    data: z.array(z.unknown()).transform((rows) => ({
      returned: rows.length,
      rows: rows.flatMap((row) => {
        const read = z
          .object({ id: z.string(), attributes, relationships: z.record(z.string(), Relation).nullish() })
          .safeParse(row);
        return read.success ? [read.data] : [];
      }),
    })),
    included: lenientList(Included),
  });

export const NewsReply = listOf(NewsAttributes);
export const OpeningsReply = listOf(OpeningAttributes);
export const DetectionsReply = listOf(DetectionAttributes);

export const SubscriptionReply = z.object({
  data: z.union([
    z.object({
      attributes: z.object({ monthly_credits_quota: z.number(), monthly_credits_used: z.number() }),
    }),
    z
      .array(
        z.object({
          attributes: z.object({ monthly_credits_quota: z.number(), monthly_credits_used: z.number() }),
        }),
      )
      .min(1),
  ]),
});
