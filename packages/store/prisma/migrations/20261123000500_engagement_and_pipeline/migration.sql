-- From a form to a rep, and from a rep to a deal.

create table form (
  workspace_id uuid not null references workspace,
  id uuid not null,
  public_key text not null unique,
  name text not null,
  intent text not null check (intent in ('demo_request', 'contact_sales', 'webinar', 'download')),
  -- Web origins that may post from a browser; empty means that only the hosted page may.
  allowed_origins text[] not null default '{}',
  active boolean not null default true,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, name)
);
select protect('form');

create table lead (
  workspace_id uuid not null references workspace,
  id uuid not null,
  form_id uuid not null,
  person_id uuid,
  account_id uuid,
  owner_id text,
  state text not null check (state in ('received', 'routed', 'claimed', 'converted', 'disqualified')),
  intent text not null check (intent in ('demo_request', 'contact_sales', 'webinar', 'download')),
  email text not null,
  given_name text not null default '',
  family_name text not null default '',
  company text not null default '',
  phone text not null default '',
  country text not null default '',
  message text not null default '',
  -- `free_mail`, `disposable`, `phone_unreadable`, `role_address`, `suppressed`
  marks text[] not null default '{}',
  is_test boolean not null default false,
  consent_text text not null default '',
  received_at timestamptz not null,
  recorded_at timestamptz not null,
  -- Start of the durable work; null means that the sweep has to start it.
  workflow_started_at timestamptz,
  settled_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, form_id) references form (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, owner_id) references member (workspace_id, id)
);
create index on lead (workspace_id, received_at desc, id);
create index on lead (workspace_id, person_id);
create index on lead (workspace_id, account_id);
create index on lead (workspace_id, email);
create index on lead (recorded_at) where settled_at is null;
select protect('lead');
alter table queue_item add foreign key (workspace_id, lead_id) references lead (workspace_id, id);
alter table enrichment_run add foreign key (workspace_id, lead_id) references lead (workspace_id, id);

-- Every request as it came; a person who sends twice has one lead and two submissions.
create table lead_submission (
  workspace_id uuid not null references workspace,
  id uuid not null,
  lead_id uuid not null,
  form_id uuid not null,
  answers jsonb not null,
  received_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, lead_id) references lead (workspace_id, id)
);
create index on lead_submission (workspace_id, lead_id);
select protect('lead_submission');

-- The trace behind both clocks.
create table lead_event (
  workspace_id uuid not null references workspace,
  id uuid not null,
  lead_id uuid not null,
  kind text not null check (kind in ('received', 'matched', 'routed', 'welcome_accepted', 'welcome_unknown', 'welcome_refused', 'enriched', 'scored', 'claimed', 'released', 'first_human_touch', 'converted')),
  -- Why, in words without personal data; ids of what it refers to.
  detail jsonb not null default '{}',
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, lead_id) references lead (workspace_id, id)
);
create index on lead_event (workspace_id, lead_id, occurred_at);
create unique index lead_event_once on lead_event (workspace_id, lead_id, kind) where kind in ('received', 'matched', 'routed', 'welcome_accepted', 'first_human_touch', 'converted');
select protect('lead_event');

create table round_robin (
  workspace_id uuid not null references workspace,
  pool text not null,
  member_id text not null,
  last_assigned_at timestamptz,
  assigned_count bigint not null default 0,
  primary key (workspace_id, pool, member_id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
select protect('round_robin');

create table outgoing_mail (
  workspace_id uuid not null references workspace,
  id uuid not null,
  purpose text not null check (purpose in ('welcome')),
  lead_id uuid not null,
  person_id uuid,
  member_id text not null,
  from_name text not null,
  from_address text not null,
  to_name text not null,
  to_address text not null,
  subject text not null,
  body_text text not null,
  message_id text not null,
  -- `sending` is committed before the hand-over; what is found in it afterwards is `unknown` and never sent again by itself.
  state text not null check (state in ('queued', 'sending', 'accepted', 'refused', 'unknown')),
  attempts integer not null default 0,
  last_code text not null default '',
  created_at timestamptz not null,
  sending_at timestamptz,
  settled_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, purpose, lead_id),
  foreign key (workspace_id, lead_id) references lead (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
create index on outgoing_mail (workspace_id, created_at desc, id);
create index on outgoing_mail (sending_at) where state = 'sending';
select protect('outgoing_mail');

create table deal (
  workspace_id uuid not null references workspace,
  id uuid not null,
  account_id uuid not null,
  person_id uuid,
  lead_id uuid,
  owner_id text not null,
  name text not null,
  pipeline_version_id uuid not null,
  stage text not null,
  stage_type text not null check (stage_type in ('open', 'won', 'lost', 'post_sale')),
  state text not null check (state in ('active', 'nurture', 'closed')),
  value_minor bigint not null check (value_minor >= 0),
  currency text not null,
  expected_close_on date,
  next_step text not null default '',
  next_step_due_at timestamptz,
  lost_reason text,
  source text not null check (source in ('outbound', 'inbound', 'referral', 'event', 'paid', 'partner', 'abm', 'webinar', 'social')),
  is_test boolean not null default false,
  merged_into_id uuid,
  stage_entered_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id),
  foreign key (workspace_id, lead_id) references lead (workspace_id, id),
  foreign key (workspace_id, owner_id) references member (workspace_id, id),
  foreign key (workspace_id, pipeline_version_id) references document_version (workspace_id, id),
  check (stage_type <> 'lost' or lost_reason is not null)
);
create unique index one_deal_per_lead on deal (workspace_id, lead_id) where lead_id is not null;
create index on deal (workspace_id, account_id);
create index on deal (workspace_id, stage_type, owner_id);
select protect('deal');

-- Append-only: what the pipeline looked like at any time can be told from it.
create table deal_change (
  workspace_id uuid not null references workspace,
  id uuid not null,
  deal_id uuid not null,
  kind text not null check (kind in ('created', 'moved', 'overridden', 'edited')),
  from_stage text,
  to_stage text,
  reason text not null default '',
  -- Criteria and the evidence that met them at that moment; for an override, what was missing.
  detail jsonb not null default '{}',
  actor_kind text not null check (actor_kind in ('member', 'api_key', 'system')),
  actor_id text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal (workspace_id, id)
);
create index on deal_change (workspace_id, deal_id, id);
select protect('deal_change');
revoke update, delete on deal_change from penstock_app;
-- Erasure of a person empties the reason of a move; nothing else of a change can be altered.
grant update (reason) on deal_change to penstock_app;

-- Facts that somebody confirmed for an exit criterion, with the quote or record that shows it.
create table deal_evidence (
  workspace_id uuid not null references workspace,
  id uuid not null,
  deal_id uuid not null,
  criterion text not null,
  kind text not null check (kind in ('call_note', 'activity', 'document')),
  activity_id uuid,
  quote text not null default '',
  value text not null default '',
  member_id text not null,
  withdrawn_at timestamptz,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
create index on deal_evidence (workspace_id, deal_id, criterion);
select protect('deal_evidence');

-- Calls, notes, meetings, mails and tasks: one kind of record, one timeline.
create table activity (
  workspace_id uuid not null references workspace,
  id uuid not null,
  kind text not null check (kind in ('call', 'note', 'meeting', 'mail', 'task')),
  account_id uuid not null,
  person_id uuid,
  lead_id uuid,
  deal_id uuid,
  member_id text,
  direction text not null default 'out' check (direction in ('in', 'out', 'none')),
  subject text not null default '',
  body text not null default '',
  outcome text not null default '',
  -- True for what a rep reports of themselves; a mail seen by the product is not.
  self_reported boolean not null default true,
  due_at timestamptz,
  done_at timestamptz,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, person_id) references person (workspace_id, id),
  foreign key (workspace_id, lead_id) references lead (workspace_id, id),
  foreign key (workspace_id, deal_id) references deal (workspace_id, id),
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
create index on activity (workspace_id, account_id, occurred_at desc);
create index on activity (workspace_id, person_id);
create index on activity (workspace_id, deal_id);
alter table deal_evidence add foreign key (workspace_id, activity_id) references activity (workspace_id, id);
select protect('activity');
