/**
 * Which columns hold personal data, how a person's rows are found, and what erasing does. Every table is listed, also those without
 * any; a test compares this list with the database. `$2` is the person's id.
 */
export type PersonalTable = {
  table: string;
  /** Columns that hold personal data of a contact. */
  columns: readonly string[];
  /** SQL condition that finds the person's rows. */
  rowsOf: string;
  erase: { kind: 'delete' } | { kind: 'overwrite'; set: string };
};

const LEADS_OF_PERSON = 'lead_id in (select id from lead where workspace_id = $1 and person_id = $2)';
const OWN_OR_OF_LEAD = `(person_id = $2 or ${LEADS_OF_PERSON})`;
const DEALS_OF_PERSON = `deal_id in (select id from deal where workspace_id = $1 and ${OWN_OR_OF_LEAD})`;

const ADDRESSES_OF_PERSON = `(select email_key from person where workspace_id = $1 and id = $2 and email_key is not null
  union select address_key from visible_value where workspace_id = $1 and subject_id = $2 and address_key is not null)`;

export const PERSONAL_TABLES: readonly PersonalTable[] = [
  {
    table: 'unmatched_mail',
    columns: ['address', 'name', 'subject'],
    rowsOf: `(person_id = $2 or address in ${ADDRESSES_OF_PERSON})`,
    erase: { kind: 'delete' },
  },
  {
    table: 'lead_submission',
    columns: ['answers'],
    rowsOf: LEADS_OF_PERSON,
    erase: { kind: 'overwrite', set: `answers = '{}'` },
  },
  {
    table: 'outgoing_mail',
    columns: ['to_name', 'to_address', 'subject', 'body_text'],
    rowsOf: OWN_OR_OF_LEAD,
    erase: { kind: 'overwrite', set: `to_name = '', to_address = 'erased', subject = '', body_text = ''` },
  },
  {
    table: 'activity',
    columns: ['subject', 'body'],
    rowsOf: `(${OWN_OR_OF_LEAD} or ${DEALS_OF_PERSON})`,
    erase: { kind: 'overwrite', set: `subject = '', body = ''` },
  },
  {
    table: 'deal_evidence',
    columns: ['quote', 'value'],
    rowsOf: DEALS_OF_PERSON,
    erase: {
      kind: 'overwrite',
      set: `quote = 'erased', value = '', withdrawn_at = coalesce(withdrawn_at, $3::timestamptz)`,
    },
  },
  {
    table: 'conversation_point',
    columns: ['quote'],
    rowsOf: `(person_id = $2 or conversation_id in (select id from conversation where workspace_id = $1 and (person_id = $2 or ${DEALS_OF_PERSON})))`,
    erase: { kind: 'delete' },
  },
  {
    table: 'conversation',
    columns: ['title', 'url'],
    rowsOf: `(person_id = $2 or ${DEALS_OF_PERSON})`,
    erase: { kind: 'overwrite', set: `title = '', url = ''` },
  },
  {
    table: 'deal_change',
    columns: ['reason'],
    rowsOf: DEALS_OF_PERSON,
    // Append-only but for this column.
    erase: { kind: 'overwrite', set: `reason = ''` },
  },
  {
    table: 'deal',
    columns: ['name', 'next_step', 'lost_reason'],
    rowsOf: OWN_OR_OF_LEAD,
    erase: {
      kind: 'overwrite',
      set: `name = 'Deal with an erased contact', next_step = '', lost_reason = case when lost_reason is null then null else 'erased' end`,
    },
  },
  {
    table: 'idempotency_key',
    // Answers hold what was shown: a queue item with its contact, an export.
    columns: ['response'],
    rowsOf: `response::text like '%' || $2::uuid::text || '%'`,
    erase: { kind: 'delete' },
  },
  {
    table: 'queue_item',
    // Why a colleague passed it on, in their own words.
    columns: ['passed_reason'],
    rowsOf: `(${LEADS_OF_PERSON} or account_id in (select account_id from person where workspace_id = $1 and id = $2))`,
    erase: { kind: 'overwrite', set: `passed_reason = ''` },
  },
  {
    table: 'departure_report',
    columns: ['quote', 'new_company', 'new_domain', 'new_title', 'new_email'],
    rowsOf: 'person_id = $2',
    erase: { kind: 'delete' },
  },
  {
    table: 'notification',
    columns: [],
    rowsOf: `((kind = 'departure' and subject_id in (select id from departure where workspace_id = $1 and person_id = $2))
      or (kind = 'service_level' and subject_id in (select id from queue_item where workspace_id = $1 and ${LEADS_OF_PERSON})))`,
    erase: { kind: 'delete' },
  },
  { table: 'departure', columns: [], rowsOf: 'person_id = $2', erase: { kind: 'delete' } },
  {
    table: 'champion_check',
    // The vendor's own id of the person.
    columns: ['mark'],
    rowsOf: 'person_id = $2',
    erase: { kind: 'delete' },
  },
  { table: 'champion', columns: [], rowsOf: 'person_id = $2', erase: { kind: 'delete' } },
  {
    table: 'record_merge',
    // What a merge would need to be undone; it can't be any more.
    columns: ['before', 'moved'],
    rowsOf: '(kept_id = $2 or other_id = $2)',
    erase: { kind: 'overwrite', set: `before = '{}', moved = '[]'` },
  },
  { table: 'visible_value', columns: ['value'], rowsOf: 'subject_id = $2', erase: { kind: 'delete' } },
  { table: 'observation', columns: ['value'], rowsOf: 'person_id = $2', erase: { kind: 'delete' } },
  {
    table: 'provider_ticket_record',
    // What a provider was told of the person, until its answer is there.
    columns: ['known'],
    rowsOf: 'person_id = $2',
    erase: { kind: 'overwrite', set: `known = '{}'` },
  },
  { table: 'external_id', columns: ['value'], rowsOf: 'subject_id = $2', erase: { kind: 'delete' } },
  {
    table: 'lead',
    columns: ['email', 'given_name', 'family_name', 'company', 'phone', 'country', 'message', 'consent_text'],
    rowsOf: 'person_id = $2',
    erase: {
      kind: 'overwrite',
      set: `email = 'erased', given_name = '', family_name = '', company = '', phone = '', country = '', message = '', consent_text = ''`,
    },
  },
  {
    table: 'person',
    columns: ['given_name', 'family_name', 'email_key', 'country'],
    rowsOf: 'id = $2',
    erase: {
      kind: 'overwrite',
      set: `given_name = '', family_name = '', email_key = null, country = null, buying_role = null, erased_at = $3::timestamptz, updated_at = $3::timestamptz`,
    },
  },
];

/** Tables without personal data of contacts, each with the reason. */
export const IMPERSONAL_TABLES: Readonly<Record<string, string>> = {
  account: 'companies; a sole trader is a person by their own wish and is erased as one',
  account_list: 'filters and settings; whoever owns or made it is a member',
  account_list_change: 'ids, times and facts of companies',
  account_list_cursor: 'positions',
  account_list_member: 'ids, times and facts of companies',
  account_name_key: 'names of companies',
  account_score: 'numbers',
  account_standing: 'numbers and moments',
  score_base: 'ids',
  account_trait: 'what is known of companies',
  alert: 'ids and numbers; whoever acknowledged is a member',
  audit: 'ids and names of fields; actors are members',
  board_proposal: 'names of companies and of their boards; whoever answered is a member',
  board_search: 'domains of companies, moments',
  budget: 'amounts; a record budget holds the id of a person',
  campaign: 'names of campaigns',
  champion_policy: 'settings',
  champion_tier: 'settings',
  company_review: 'names and places of companies',
  company_watch: 'ids, moments and amounts',
  described_provider: 'settings',
  duplicate_pair: 'ids and names of reasons',
  dns_state: 'public records of companies’ domains',
  document: 'settings',
  document_version: 'settings',
  enrichment_run: 'ids and times',
  evidence: 'public documents about companies',
  form: 'settings',
  icp_build: 'settings and times; whoever asked for it is a member',
  icp_build_batch: 'ids and counts',
  job_board: 'settings and names of companies',
  job_opening: 'public job openings of companies',
  lead_event: 'kinds, times and ids',
  key_balance: 'numbers and moments',
  lawful_use: 'settings; whoever recorded it is a member',
  list_run: 'names of lists and amounts',
  list_run_chunk: 'counts and amounts',
  list_run_record: 'ids, verdicts, names of fields and providers',
  mail_ignored: 'hashes of addresses, and domains',
  member: 'members of the workspace, not contacts; removed by an administrator',
  notification_cursor: 'positions and times',
  notification_message: 'ids of members, times and states',
  notification_mute: 'ids of members and accounts, times',
  notification_preference: 'settings of members',
  outbox_event: 'ids and names of fields',
  paid_source: 'settings',
  people_import: 'names of lists and of columns, counts',
  people_import_member: 'ids',
  people_search: 'names of searches and of positions, amounts; whoever made it is a member',
  people_search_account: 'ids, counts and amounts',
  press_article: 'headlines about companies, removed after 90 days',
  provider_block: 'why and until when a key is not used',
  provider_credential: 'encrypted keys',
  provider_terms: 'settings',
  provider_ticket: 'tickets of vendors, times and states',
  rate_lane: 'times of slots',
  round_robin: 'ids of members',
  saved_view: 'filters and searches of members; a search may hold the name of a company',
  signal: 'events at companies; adapters put no names of people into them',
  signal_event_key: 'keys of events',
  signal_report: 'events at companies, as each source told them',
  signal_verdict: 'verdicts of members',
  slack_hook: 'encrypted addresses of members',
  slack_connection: 'an encrypted token, and the name of a workspace in Slack',
  site_visit:
    'pages and keyed hashes, of nobody known; an address is encrypted until it is looked up, an hour at most',
  source_day: 'counts of requests and amounts',
  source_item: 'public filings, removed after their term',
  source_limit: 'settings',
  source_watch: 'settings, an encrypted key',
  spend_call_key: 'ids and digests',
  spend_hour: 'ids and amounts',
  spend_summed: 'times',
  spend_ledger: 'ids, digests and amounts',
  suppression: 'hashes that have to outlive an erasure',
  target_file: 'names of files, and counts',
  target_file_member: 'ids, and names of companies as a file wrote them',
  team: 'names of teams',
  visit_network: 'keyed hashes that change each day, and ids',
  visit_settings: 'settings, an encrypted token',
  waterfall_step: 'names of fields and providers',
  webhook_endpoint: 'settings',
  webhook_target: 'settings, encrypted secrets, counts',
  workspace: 'settings',
};
