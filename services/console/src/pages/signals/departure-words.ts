import type { QueryOutput } from '../../api/procedures.ts';
import { words } from '../../format/words.ts';

type Witness = QueryOutput<'champions.departures'>['items'][number]['words'][number]['witness'];

export const WITNESSES: Readonly<Record<Witness, string>> = {
  bounce: 'Our mail bounced',
  auto_reply: 'Automatic reply',
  filing: 'Public filing',
  vendor: 'Data vendor',
  reply: 'Somebody’s reply',
  member: 'A colleague',
};

/** Which vendor, or which profile it read; of other witnesses nothing. */
export const vendorNamed = ({ witness, origin }: { witness: Witness; origin: string }): string =>
  witness !== 'vendor' ? '' : origin.startsWith('https://') ? origin : words(origin);
