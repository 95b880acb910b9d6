import type { MutationInput } from '../../api/procedures.ts';

type Described = MutationInput<'sources.describe'>['settings'];
export type Kind = Exclude<Described['tells']['always'], null>;

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
  | 'always',
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
};

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

/** The description as the product takes it. Words are lines of `what the source says: kind`. */
export function describedOf(typed: TypedSource, kinds: readonly Kind[]): Described {
  const at = Object.fromEntries(
    (['key', 'company', 'domain', 'cik', 'date', 'link'] as const).flatMap((name) =>
      typed[name].trim() === '' ? [] : [[name, typed[name].trim()]],
    ),
  );
  const kindOf = (word: string) => kinds.find((kind) => kind === word.replaceAll(' ', '_').toLowerCase());
  return {
    kind: 'described',
    url: typed.url.trim(),
    headers: pairsIn(typed.headers),
    secret: secretOf(typed),
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
  };
}

function secretOf({ secretIn, secretName }: TypedSource): Described['secret'] {
  if (secretIn === 'bearer') return { in: 'bearer' };
  return secretIn === 'header' || secretIn === 'query' ? { in: secretIn, name: secretName.trim() } : null;
}
