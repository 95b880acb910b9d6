-- Companies and people, how they are recognised, and what was done with them.

create table account (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  domain text,
  state text not null default 'active' check (state in ('active', 'proposed', 'dismissed', 'merged')),
  owner_id text,
  industry text,
  employee_count integer check (employee_count >= 0),
  annual_revenue_usd bigint check (annual_revenue_usd >= 0),
  country text,
  region text,
  city text,
  origin text not null check (origin in ('form', 'signal', 'import', 'manual', 'sandbox')),
  is_test boolean not null default false,
  merged_into_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references member (workspace_id, id),
  foreign key (workspace_id, merged_into_id) references account (workspace_id, id),
  check ((state = 'merged') = (merged_into_id is not null))
);
create index on account (workspace_id, domain) where domain is not null;
create index on account (workspace_id, owner_id);
create index on account (workspace_id, updated_at desc, id);
select protect('account');

-- Every name that an account goes by, normalised (case, accents, legal form), for look-ups by equality.
create table account_name_key (
  workspace_id uuid not null references workspace,
  key text not null,
  account_id uuid not null,
  primary key (workspace_id, key, account_id),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade
);
create index on account_name_key (workspace_id, account_id);
create index on account_name_key (workspace_id, key text_pattern_ops);
select protect('account_name_key');

create table person (
  workspace_id uuid not null references workspace,
  id uuid not null,
  account_id uuid,
  given_name text not null default '',
  family_name text not null default '',
  -- Lower-case address by which the person is recognised; null when known by other means only.
  email_key text,
  country text,
  origin text not null check (origin in ('form', 'signal', 'import', 'manual', 'sandbox')),
  is_test boolean not null default false,
  do_not_call boolean not null default false,
  merged_into_id uuid,
  erased_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, merged_into_id) references person (workspace_id, id)
);
create unique index person_by_email on person (workspace_id, email_key) where email_key is not null;
create index on person (workspace_id, account_id);
select protect('person');

-- Ids of the same thing elsewhere: a domain, a CIK, a CRM record.
create table external_id (
  workspace_id uuid not null references workspace,
  system text not null,
  kind text not null,
  value text not null,
  subject_kind text not null check (subject_kind in ('account', 'person', 'deal')),
  subject_id uuid not null,
  recorded_at timestamptz not null,
  primary key (workspace_id, system, kind, value)
);
create index on external_id (workspace_id, subject_id);
select protect('external_id');
