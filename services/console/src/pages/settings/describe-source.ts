import { KINDS_OF_SOURCES, SIGNAL_KINDS } from '@penstock/signals/model/signal-kind';

import type { MutationInput, QueryOutput } from '../../api/procedures.ts';

type Described = MutationInput<'sources.describe'>['settings'];
type Kind = (typeof KINDS_OF_SOURCES)[number];

/** What stands in the form, as it was typed. */
export type TypedSource = Record<
  | 'url'
  | 'headers'
  | 'secretIn'
  | 'secretName'
  | 'everyMinutes'
  | 'items'
  | 'key'
  | 'company'
  | 'domain'
  | 'cik'
  | 'kindAt'
  | 'title'
  | 'date'
  | 'link'
  | 'words'
  | 'always'
  | 'strength'
  | 'method'
  | 'body'
  | 'pagesBy'
  | 'pagesAt'
  | 'pagesAs'
  | 'pagesFirst'
  | 'pagesSize'
  | 'pagesMost',
  string
>;

export const EMPTY_SOURCE: TypedSource = {
  url: '',
  headers: '',
  secretIn: 'none',
  secretName: '',
  everyMinutes: '60',
  items: '/data',
  key: '/id',
  company: '/company/name',
  domain: '/company/domain',
  cik: '',
  kindAt: '',
  title: '/title',
  date: '/date',
  link: '/url',
  words: '',
  always: 'funding',
  strength: '0.5',
  method: 'GET',
  body: '',
  pagesBy: 'none',
  pagesAt: '',
  pagesAs: '',
  pagesFirst: '1',
  pagesSize: '50',
  pagesMost: '5',
};

type Known = QueryOutput<'sources.versions'>['settings'];

/** What stands in the form for a source that is described already. */
export function typedOf(settings: Known): TypedSource {
  const { at, secret, tells, pages } = settings;
  return {
    ...EMPTY_SOURCE,
    url: settings.url,
    headers: linesOf(settings.headers),
    secretIn: secret?.in ?? 'none',
    secretName: secret && 'name' in secret ? secret.name : '',
    everyMinutes: String(settings.everyMinutes),
    items: settings.items,
    key: at.key ?? '',
    company: at.company ?? '',
    domain: at.domain ?? '',
    cik: at.cik ?? '',
    kindAt: at.kind ?? '',
    title: at.title,
    date: at.date ?? '',
    link: at.link ?? '',
    words: linesOf(
      Object.fromEntries(Object.entries(tells.byWord).map(([word, kind]) => [word, labelOf(kind)])),
    ),
    always: tells.always ?? '',
    strength: String(settings.strength),
    method: settings.method,
    body: settings.body,
    ...(pages && {
      pagesBy: pages.by,
      pagesMost: String(pages.most),
      ...('at' in pages && { pagesAt: pages.at }),
      ...('as' in pages && { pagesAs: pages.as }),
      ...('first' in pages && { pagesFirst: String(pages.first) }),
      ...('size' in pages && { pagesSize: String(pages.size) }),
    }),
  };
}

const linesOf = (pairs: Readonly<Record<string, string>>): string =>
  Object.entries(pairs)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

const labelOf = (kind: Kind): string => SIGNAL_KINDS[kind].label;

const comparable = (text: string): string => text.trim().toLowerCase().replaceAll('_', ' ');

/** A kind by its label or its name. */
const kindOf = (text: string): Kind | undefined =>
  KINDS_OF_SOURCES.find((kind) =>
    [kind, labelOf(kind)].some((name) => comparable(name) === comparable(text)),
  );

/** Why lines of `name: value` can't be taken, by field; empty where they can. */
export function faultsOf(typed: TypedSource): { headers?: string; words?: string } {
  const bare = (text: string) =>
    text.split('\n').find((line) => line.trim() !== '' && !/^\s*[^\s:].*:\s*\S/.test(line));
  const faults: ReturnType<typeof faultsOf> = {};
  for (const field of ['headers', 'words'] as const) {
    const line = bare(typed[field]);
    if (line !== undefined) faults[field] = `“${line.trim()}” needs a name, a colon and a value`;
  }
  const unknown = Object.values(pairsIn(typed.words)).find((name) => kindOf(name) === undefined);
  if (unknown !== undefined)
    faults.words ??= `“${unknown}” is no kind of signal. Choose one of ${KINDS_OF_SOURCES.map(labelOf).join(', ')}`;
  return faults;
}

/** Lines of `name: value`; what has no colon stands for nothing. */
function pairsIn(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const at = line.indexOf(':');
      const name = line.slice(0, at).trim();
      return at < 1 || name === '' ? [] : [[name, line.slice(at + 1).trim()]];
    }),
  );
}

/** The description as the product takes it. Words are lines of `what the source says: kind`; lines that have a fault are left out. */
export function describedOf(typed: TypedSource): Described {
  const at = Object.fromEntries(
    (['key', 'company', 'domain', 'cik', 'date', 'link'] as const).flatMap((name) =>
      typed[name].trim() === '' ? [] : [[name, typed[name].trim()]],
    ),
  );
  return {
    kind: 'described',
    url: typed.url.trim(),
    headers: pairsIn(typed.headers),
    secret: secretOf(typed),
    method: typed.method === 'POST' ? 'POST' : 'GET',
    body: typed.method === 'POST' ? typed.body.trim() : '',
    pages: pagesOf(typed),
    everyMinutes: Number(typed.everyMinutes),
    items: typed.items.trim(),
    at: {
      ...at,
      title: typed.title.trim(),
      ...(typed.kindAt.trim() !== '' && { kind: typed.kindAt.trim() }),
    },
    tells: {
      byWord: Object.fromEntries(
        Object.entries(pairsIn(typed.words)).flatMap(([word, name]) => {
          const kind = kindOf(name);
          return kind === undefined ? [] : [[word, kind]];
        }),
      ),
      always: kindOf(typed.always) ?? null,
    },
    strength: Number(typed.strength),
  };
}

function pagesOf(typed: TypedSource): Described['pages'] {
  const most = Number(typed.pagesMost);
  const [at, as] = [typed.pagesAt.trim(), typed.pagesAs.trim()];
  switch (typed.pagesBy) {
    case 'link':
      return { by: 'link', at, most };
    case 'cursor':
      return { by: 'cursor', at, as, most };
    case 'number':
      return { by: 'number', as, first: Number(typed.pagesFirst), most };
    case 'offset':
      return { by: 'offset', as, size: Number(typed.pagesSize), most };
    default:
      return null;
  }
}

function secretOf({ secretIn, secretName }: TypedSource): Described['secret'] {
  if (secretIn === 'bearer') return { in: 'bearer' };
  return secretIn === 'header' || secretIn === 'query' ? { in: secretIn, name: secretName.trim() } : null;
}
