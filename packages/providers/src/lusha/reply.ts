import { z } from 'zod';

import { lenientList } from '../reply-reading.ts';

const Text = z.string().nullish();
const Told = z.object({ signalId: z.union([z.string(), z.number()]).transform(String) });

const News = Told.extend({
  eventType: z.string(),
  eventSummary: Text,
  articlePublishedDate: Text,
  articleTitle: Text,
  articleHighlight: Text,
  eventEffectiveDate: Text,
  articleUrl: Text,
});
export type News = z.infer<typeof News>;

const Surge = Told.extend({
  signalDate: z.string(),
  newJobsPostedLastWeek: z.number(),
  historicalAvg: z.number().nullish(),
});
const Growth = Told.extend({
  signalDate: z.string(),
  baselineEmployeesCount: z.number(),
  newEmployeesCount: z.number(),
});

/** What is told of a company, by the kind of signal. */
export const Company = z.object({
  domain: Text,
  companyName: Text,
  financialEventsNews: lenientList(News),
  corporateStrategyNews: lenientList(News),
  peopleNews: lenientList(News),
  surgeInHiring: lenientList(Surge),
  headcountIncrease3m: lenientList(Growth),
});
export type Company = z.infer<typeof Company>;

/** Companies by the ids that we gave them; those that Lusha does not know are left out. */
export const SignalsReply = z.object({
  companies: z.record(z.string(), z.unknown()),
  creditCharged: z.number().nullish(),
});
