import type { MutationInput } from '../../api/procedures.ts';

export type Description = MutationInput<'enrichment.describeProvider'>;

/** `name = value`, one a line; blank lines say nothing, and a line without `=` has no value. */
export function pairsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('\n').flatMap((line): [string, string][] => {
      const [name = '', ...rest] = line.split('=');
      return name.trim() === '' ? [] : [[name.trim(), rest.join('=').trim()]];
    }),
  );
}

export const linesOf = (pairs: Record<string, string> | undefined): string =>
  Object.entries(pairs ?? {})
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n');

/** Alternatives, one a line; what one of them needs stands side by side. */
export const alternativesOf = (text: string): string[][] =>
  text
    .split('\n')
    .map((line) => line.split(/[\s,+]+/).filter((word) => word !== ''))
    .filter((words) => words.length > 0);

const numbersOf = (text: string): number[] =>
  text
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map(Number);

/** `Acme Data` → `custom-acme-data`. */
export const idOf = (name: string): string =>
  `custom-${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)}`;

/** A text of the form as one of the contract's words: the form offers no others, and the gateway refuses what is none. */
const offered = <Word>(value: unknown): Word => value as Word;

/** What the form holds as the contract wants it; whether it is right the gateway says, field by field. */
export function descriptionFrom(
  form: Pick<FormData, 'get'>,
  known: { id: string | null; readOn: string },
): Description {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const kind = offered<Description['kind']>(text('kind'));
  const credential = text('credentialIn');
  const keyName = text('credentialName');
  const equals = text('hitEquals')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const about = Object.fromEntries(
    (['givenName', 'familyName', 'website'] as const).flatMap((name) =>
      text(`about.${name}`) === '' ? [] : [[name, text(`about.${name}`)]],
    ),
  );
  return {
    id: known.id ?? idOf(text('name')),
    name: text('name'),
    host: text('host'),
    credential:
      credential === 'header' || credential === 'query'
        ? { in: credential, name: keyName }
        : { in: offered<'bearer' | 'basic'>(credential) },
    kind,
    method: offered(text('method')),
    path: text('path'),
    query: pairsOf(text('query')),
    headers: pairsOf(text('headers')),
    body: pairsOf(text('body')),
    needs: offered(alternativesOf(text('needs'))),
    hit: { at: text('hitAt'), ...(equals.length > 0 && { equals }) },
    missStatuses: numbersOf(text('missStatuses')),
    quotaStatuses: numbersOf(text('quotaStatuses')),
    throttleStatuses: numbersOf(text('throttleStatuses')),
    values: kind === 'verify_email' ? {} : pairsOf(text('values')),
    about,
    ...(kind === 'verify_email' && {
      verdict: {
        at: text('verdictAt'),
        words: offered(pairsOf(text('verdictWords'))),
      },
    }),
    ...(text('creditsAt') !== '' && { creditsAt: text('creditsAt') }),
    price: {
      credits: Number(text('credits')),
      microsPerCredit: Math.round(Number(text('dollarsPerCredit')) * 1_000_000),
      charged: offered(text('charged')),
      readOn: known.readOn,
    },
    requestsPerMinute: Number(text('requestsPerMinute')),
    region: offered(text('region')),
    lawfulUse: text('lawfulUse'),
  };
}
