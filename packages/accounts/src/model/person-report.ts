/** What is kept about a person as a document that a person can read: each value with its source, date and lawful basis. */

export type PersonDocument = Readonly<Record<string, readonly unknown[]>>;
export type ReportOf = {
  name: string;
  workspace: string;
  madeAt: Date;
  /** Why the workspace keeps data about people, if it has recorded it. */
  purpose: string | null;
  document: PersonDocument;
};

type Row = Readonly<Record<string, unknown>>;

const TITLES: Readonly<Record<string, string>> = {
  person: 'Who this is',
  lead: 'Requests through forms',
  lead_submission: 'What was sent with them',
  outgoing_mail: 'Mails sent',
  activity: 'Calls, meetings, mails and notes',
  deal: 'Deals',
  deal_evidence: 'What was noted on deals',
  deal_change: 'Changes of deals',
  conversation: 'Talks',
  conversation_point: 'What was said in talks',
  unmatched_mail: 'Mails that were not matched',
  departure_report: 'Reports of a change of job',
  departure: 'Changes of job',
  champion: 'Watched as somebody who knows us',
  external_id: 'Ids in other systems',
  queue_item: 'Work that concerns them',
  notification: 'Notices to members',
  record_merge: 'Records that were made one',
  provider_ticket_record: 'Told to a provider that answers later',
};
/** Values have a table of their own; kept answers of requests repeat what stands elsewhere. */
const APART = new Set(['observation', 'visible_value', 'idempotency_key']);
const FIRST = ['person', 'lead', 'lead_submission', 'activity', 'outgoing_mail'];
/** What only the machine reads. */
const HIDDEN = /(^|_)id$|^id$|_key$|_hash$|^workspace|_sealed$|^(position|seq|version|body_hash|mapping)$/;

const BASES: Readonly<Record<string, string>> = {
  legitimate_interest: 'legitimate interest (Art. 6(1)(f) GDPR)',
  consent: 'consent (Art. 6(1)(a) GDPR)',
  contract: 'contract (Art. 6(1)(b) GDPR)',
  not_recorded: 'not recorded',
};
const SOURCES: Readonly<Record<string, string>> = {
  import: 'a file that was brought in',
  manual: 'entered by hand',
  form: 'a form that was sent',
  sandbox: 'the sandbox',
};

export function personReport({ name, workspace, madeAt, purpose, document }: ReportOf): string {
  const values = valuesOf(document);
  const tables = Object.keys(document)
    .filter((table) => !APART.has(table) && (document[table] ?? []).length > 0)
    .toSorted((a, b) => placeOf(a) - placeOf(b) || titleOf(a).localeCompare(titleOf(b)));
  const title = `What is kept about ${name || 'this person'}`;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title><style>${STYLE}</style></head><body>`,
    `<h1>${escaped(title)}</h1>`,
    `<p>By ${escaped(workspace)}, as of ${moment(madeAt.toISOString())}.</p>`,
    purpose === null ? '' : `<h2>Why it is kept</h2><p>${escaped(purpose)}</p>`,
    values,
    ...tables.map((table) => sectionOf(titleOf(table), document[table] ?? [])),
    '</body></html>',
  ].join('\n');
}

function valuesOf(document: PersonDocument): string {
  const rows = (document['observation'] ?? []).map(rowOf);
  if (rows.length === 0) return '';
  const shown = new Set(
    (document['visible_value'] ?? []).map((value) => text(rowOf(value)['observation_id'])),
  );
  const sorted = rows.toSorted(
    (a, b) =>
      text(a['field']).localeCompare(text(b['field'])) ||
      text(b['occurred_at']).localeCompare(text(a['occurred_at'])),
  );
  const lines = sorted.map((row) =>
    [
      words(text(row['field'])),
      text(row['value']),
      sourceOf(text(row['provider'])),
      moment(text(row['occurred_at'])),
      BASES[text(row['lawful_basis'])] ?? words(text(row['lawful_basis'])),
      row['expires_at'] === null ? '' : moment(text(row['expires_at'])),
      shown.has(text(row['id'])) ? 'yes' : 'no',
    ]
      .map((cell) => `<td>${escaped(cell)}</td>`)
      .join(''),
  );
  const head = ['What', 'Value', 'Source', 'When', 'Lawful basis', 'Good until', 'Shown']
    .map((cell) => `<th scope="col">${cell}</th>`)
    .join('');
  return `<h2>Values, and where each came from</h2><table><thead><tr>${head}</tr></thead><tbody>${lines.map((line) => `<tr>${line}</tr>`).join('')}</tbody></table>`;
}

function sectionOf(title: string, rows: readonly unknown[]): string {
  const items = rows.map((row) => {
    const told = Object.entries(rowOf(row)).filter(
      ([column, value]) => !HIDDEN.test(column) && isTold(value),
    );
    const lines = told.map(
      ([column, value]) => `<dt>${escaped(words(column))}</dt><dd>${escaped(shownValue(value))}</dd>`,
    );
    return `<dl>${lines.join('')}</dl>`;
  });
  return `<h2>${escaped(title)}</h2>${items.join('')}`;
}

const isTold = (value: unknown): boolean =>
  value !== null && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0);

function shownValue(value: unknown): string {
  if (value === true) return 'yes';
  if (typeof value === 'string') return MOMENT.test(value) ? moment(value) : value;
  return typeof value === 'object' ? JSON.stringify(value) : text(value);
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const moment = (iso: string): string =>
  MOMENT.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : iso;
const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
// Safe: rows of the export are objects.
const rowOf = (row: unknown): Row => (typeof row === 'object' && row !== null ? (row as Row) : {});
const titleOf = (table: string): string => TITLES[table] ?? words(table);
const placeOf = (table: string): number => (FIRST.includes(table) ? FIRST.indexOf(table) : FIRST.length);
const sourceOf = (provider: string): string => SOURCES[provider] ?? words(provider);

function words(key: string): string {
  const spaced = key.replaceAll(/[_-]+/g, ' ').trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (value: string): string => value.replaceAll(/[&<>"']/g, (mark) => ESCAPES[mark] ?? mark);

const STYLE =
  'body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:15px/1.5 system-ui,sans-serif;color:#1c1f26}h2{margin-top:2rem;font-size:1.1rem}table{width:100%;border-collapse:collapse}th,td{padding:.3rem .6rem .3rem 0;border-bottom:1px solid #d8dbe2;text-align:left;vertical-align:top;overflow-wrap:anywhere}dl{display:grid;grid-template-columns:12rem 1fr;gap:.1rem 1rem;margin:0;padding:.6rem 0;border-bottom:1px solid #d8dbe2}dt{color:#5a6070}dd{margin:0;overflow-wrap:anywhere}@media print{body{margin:0}}';
