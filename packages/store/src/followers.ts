/**
 * Which columns point at a person or an account, and what becomes of them when two records are made one. Every column is listed; a
 * test compares this list with the database.
 */
export type Subject = 'person' | 'account';

export type Follower = {
  table: string;
  column: string;
  of: Subject;
  /** What the rows are found by when a merge is undone: columns with their types. */
  key: Readonly<Record<string, 'uuid' | 'text'>>;
  /** Rows stay behind where the record that is kept has one with the same values here. */
  unlessSame?: readonly string[];
  /** What else tells the rows apart in a table for several kinds of subjects. */
  only?: string;
  /** As people know them; rows without it are not worth telling. */
  called?:
    | 'leads'
    | 'deals'
    | 'activities'
    | 'mails'
    | 'calls to providers'
    | 'values'
    | 'lists'
    | 'signals'
    | 'people'
    | 'talks'
    | 'queue items'
    | 'champions';
};

const ID = { id: 'uuid' } as const;

export const FOLLOWERS: readonly Follower[] = [
  { table: 'person', column: 'merged_into_id', of: 'person', key: ID },
  { table: 'lead', column: 'person_id', of: 'person', key: ID, called: 'leads' },
  { table: 'deal', column: 'person_id', of: 'person', key: ID, called: 'deals' },
  { table: 'activity', column: 'person_id', of: 'person', key: ID, called: 'activities' },
  { table: 'outgoing_mail', column: 'person_id', of: 'person', key: ID, called: 'mails' },
  { table: 'unmatched_mail', column: 'person_id', of: 'person', key: ID },
  { table: 'unmatched_mail', column: 'suggested_id', of: 'person', key: ID },
  { table: 'conversation', column: 'person_id', of: 'person', key: ID, called: 'talks' },
  { table: 'conversation_point', column: 'person_id', of: 'person', key: ID },
  { table: 'observation', column: 'person_id', of: 'person', key: ID, called: 'values' },
  { table: 'enrichment_run', column: 'person_id', of: 'person', key: ID },
  { table: 'spend_ledger', column: 'person_id', of: 'person', key: ID, called: 'calls to providers' },
  { table: 'provider_ticket_record', column: 'person_id', of: 'person', key: { ledger_id: 'uuid' } },
  {
    table: 'people_import_member',
    column: 'person_id',
    of: 'person',
    key: { import_id: 'uuid' },
    unlessSame: ['import_id'],
    called: 'lists',
  },
  { table: 'champion', column: 'person_id', of: 'person', key: {}, unlessSame: [], called: 'champions' },
  // Go with their champion; these stayed with one that stays behind.
  {
    table: 'champion_check',
    column: 'person_id',
    of: 'person',
    key: { provider: 'text' },
    unlessSame: ['provider'],
  },
  { table: 'departure', column: 'person_id', of: 'person', key: ID, unlessSame: ['account_id'] },
  { table: 'departure_report', column: 'person_id', of: 'person', key: ID },
  {
    table: 'external_id',
    column: 'subject_id',
    of: 'person',
    key: { system: 'text', kind: 'text', value: 'text' },
    only: `subject_kind = 'person'`,
  },
  { table: 'site_visit', column: 'account_id', of: 'account', key: ID },
  { table: 'visit_network', column: 'account_id', of: 'account', key: { network: 'text' } },
  {
    table: 'notification_mute',
    column: 'account_id',
    of: 'account',
    key: { member_id: 'text' },
    unlessSame: ['member_id'],
  },
  { table: 'press_article', column: 'account_id', of: 'account', key: ID },
  { table: 'account', column: 'merged_into_id', of: 'account', key: ID },
  {
    table: 'account_name_key',
    column: 'account_id',
    of: 'account',
    key: { key: 'text' },
    unlessSame: ['key'],
  },
  {
    table: 'account_trait',
    column: 'account_id',
    of: 'account',
    key: { trait: 'text' },
    unlessSame: ['trait'],
  },
  { table: 'person', column: 'account_id', of: 'account', key: ID, called: 'people' },
  { table: 'lead', column: 'account_id', of: 'account', key: ID, called: 'leads' },
  { table: 'deal', column: 'account_id', of: 'account', key: ID, called: 'deals' },
  { table: 'activity', column: 'account_id', of: 'account', key: ID, called: 'activities' },
  { table: 'conversation', column: 'account_id', of: 'account', key: ID, called: 'talks' },
  // Keys first: they are what a second report of an event meets.
  { table: 'signal_event_key', column: 'account_id', of: 'account', key: { event_key: 'text' } },
  { table: 'signal', column: 'account_id', of: 'account', key: ID, called: 'signals' },
  { table: 'signal_report', column: 'account_id', of: 'account', key: { event_key: 'text' } },
  { table: 'observation', column: 'account_id', of: 'account', key: ID, called: 'values' },
  {
    table: 'visible_value',
    column: 'subject_id',
    of: 'account',
    key: { field: 'text' },
    unlessSame: ['field'],
    only: `subject_kind = 'account'`,
  },
  { table: 'queue_item', column: 'account_id', of: 'account', key: ID, called: 'queue items' },
  { table: 'account_list_change', column: 'account_id', of: 'account', key: ID },
  {
    table: 'target_file_member',
    column: 'account_id',
    of: 'account',
    key: { file_id: 'uuid' },
    unlessSame: ['file_id'],
  },
  { table: 'company_review', column: 'account_id', of: 'account', key: ID },
  { table: 'company_review', column: 'answer_account_id', of: 'account', key: ID },
  { table: 'job_board', column: 'account_id', of: 'account', key: ID },
  { table: 'dns_state', column: 'account_id', of: 'account', key: {}, unlessSame: [] },
  { table: 'board_search', column: 'account_id', of: 'account', key: {}, unlessSame: [] },
  {
    table: 'board_proposal',
    column: 'account_id',
    of: 'account',
    key: { source: 'text', board: 'text' },
    unlessSame: ['source', 'board'],
  },
  {
    table: 'company_watch',
    column: 'account_id',
    of: 'account',
    key: { source: 'text' },
    unlessSame: ['source'],
  },
  { table: 'champion', column: 'account_id', of: 'account', key: { person_id: 'uuid' }, called: 'champions' },
  { table: 'departure', column: 'account_id', of: 'account', key: ID, unlessSame: ['person_id'] },
  { table: 'departure', column: 'new_account_id', of: 'account', key: ID },
  {
    table: 'external_id',
    column: 'subject_id',
    of: 'account',
    key: { system: 'text', kind: 'text', value: 'text' },
    only: `subject_kind = 'account'`,
  },
];

/** Columns that stay where they are, each with the reason. */
export const STAYERS: Readonly<Record<string, string>> = {
  'account_score.account_id': 'is computed anew',
  'account_standing.account_id': 'is computed anew',
  'account_list_member.account_id': 'is judged anew',
  'people_search_account.account_id': 'a search tells what it asked, about the accounts it was given',
  'list_run_record.person_id': 'a run tells what it did, with the people it was given',
};
