import { missingColumns, type ImportField } from '@penstock/enrichment/model/import-columns';
import { missingTargetColumns, type TargetField } from '@penstock/scoring/model/target-row';

import { question, useAnswer } from '../api/hooks.ts';
import type { QueryOutput } from '../api/procedures.ts';
import { queryClient } from '../api/query-client.ts';
import { plural } from '../format/words.ts';

/** What a file has a line of, and what is said of it. */
export type FileKind = {
  /** Below `/v1/csv/`. */
  path: string;
  one: string;
  many: string;
  hint: string;
  nameLabel: string;
  /** Of how many are known, behind a comma. */
  ofTheKnown: (known: number) => string;
  choices: readonly { value: string; label: string }[];
  /** Why nothing can be made from these columns, or null. */
  missing: (fields: readonly (string | null)[]) => string | null;
  /** Rows of a file that have been taken so far, looked at each second; 0 for none. */
  useRows: (id: string | null) => number;
  /** What became of a file, in a few words. */
  outcome: (id: string) => Promise<string>;
};

type Imports = QueryOutput<'enrichment.imports'>;
type Files = QueryOutput<'lists.files'>;

const CHOICES = [
  { value: '', label: 'Leave out' },
  { value: 'email', label: 'E-mail address' },
  { value: 'given_name', label: 'Given name' },
  { value: 'family_name', label: 'Family name' },
  { value: 'full_name', label: 'Full name' },
  { value: 'company', label: 'Company' },
  { value: 'domain', label: 'Company website' },
  { value: 'country', label: 'Country' },
  { value: 'title', label: 'Title' },
  { value: 'phone', label: 'Phone' },
  { value: 'linkedin_url', label: 'LinkedIn profile' },
];
const LOOK_MS = 1_000;

export const PEOPLE: FileKind = {
  path: '',
  one: 'person',
  many: 'people',
  hint: 'Drop a CSV file of people here: up to 100,000 rows, any delimiter and encoding.',
  nameLabel: 'Name of the list',
  ofTheKnown: (known) =>
    known === 0
      ? 'none of them known by an address.'
      : `${known.toLocaleString('en-US')} of them known by their address: they are filled in, not doubled, and what was entered stays.`,
  choices: CHOICES,
  // Safe: the choices are the fields.
  missing: (fields) => missingColumns(fields as (ImportField | null)[]),
  useRows(id) {
    const { data } = useAnswer('enrichment.imports', {}, looking(id));
    const list = importOf(data, id);
    return list ? list.created + list.known + list.duplicates + list.refused : 0;
  },
  async outcome(id) {
    const list = importOf(
      await queryClient.fetchQuery({ ...question('enrichment.imports', {}), staleTime: 0 }),
      id,
    );
    return list
      ? `${plural(list.people, 'person', 'people')} brought in, ${list.created.toLocaleString('en-US')} of them new`
      : 'The file is brought in';
  },
};

export const TARGETS: FileKind = {
  path: 'targets/',
  one: 'company',
  many: 'companies',
  hint: 'Drop a CSV file of companies here: a web address or a name in each line, up to 100,000.',
  nameLabel: 'Name of the file',
  ofTheKnown: (known) =>
    `${known === 0 ? 'none' : known.toLocaleString('en-US')} of them known by their web address. The others are matched by name; whoever is unknown then is proposed as an account.`,
  choices: CHOICES.filter(({ value }) => ['', 'company', 'domain', 'country'].includes(value)),
  // Safe: the choices are the fields.
  missing: (fields) => missingTargetColumns(fields as (TargetField | null)[]),
  useRows(id) {
    const { data } = useAnswer('lists.files', {}, looking(id));
    const file = fileOf(data, id);
    return file ? file.known + file.proposed + file.ambiguous + file.repeated + file.refused : 0;
  },
  async outcome(id) {
    const file = fileOf(await queryClient.fetchQuery({ ...question('lists.files', {}), staleTime: 0 }), id);
    if (!file) return 'The file is brought in';
    const doubtful = file.ambiguous === 0 ? '' : `, ${file.ambiguous.toLocaleString('en-US')} to settle`;
    return `“${file.name}”: ${file.known.toLocaleString('en-US')} known, ${file.proposed.toLocaleString('en-US')} proposed${doubtful}`;
  },
};

const importOf = (data: Imports | undefined, id: string | null) => data?.items.find((list) => list.id === id);
const fileOf = (data: Files | undefined, id: string | null) => data?.items.find((file) => file.id === id);
const looking = (id: string | null) => ({ enabled: id !== null, ...(id !== null && { refetchMs: LOOK_MS }) });
