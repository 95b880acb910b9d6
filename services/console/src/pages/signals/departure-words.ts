import type { QueryOutput } from '../../api/procedures.ts';

type Witness = QueryOutput<'champions.departures'>['items'][number]['words'][number]['witness'];

export const WITNESSES: Readonly<Record<Witness, string>> = {
  bounce: 'Our mail bounced',
  auto_reply: 'Automatic reply',
  filing: 'Public filing',
  vendor: 'Data vendor',
  reply: 'Somebody’s reply',
  member: 'A colleague',
};
