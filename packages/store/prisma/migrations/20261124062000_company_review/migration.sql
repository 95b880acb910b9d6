-- Companies named by a source that may be one of several accounts: a person decides, and the answer is remembered.

create table company_review (
  workspace_id uuid not null references workspace,
  id uuid not null,
  -- The mention as it is recognised again: normalised name, domain and place.
  mention_key text not null,
  name text not null,
  place text not null,
  -- Where what was told is kept until then.
  account_id uuid not null,
  candidate_ids uuid[] not null,
  candidate_scores double precision[] not null,
  candidate_reasons text[] not null,
  state text not null check (state in ('open', 'answered')),
  answer_account_id uuid,
  answered_by text,
  answered_at timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, mention_key),
  foreign key (workspace_id, account_id) references account (workspace_id, id),
  foreign key (workspace_id, answer_account_id) references account (workspace_id, id),
  check ((state = 'answered') = (answer_account_id is not null))
);
create index on company_review (workspace_id, created_at desc) where state = 'open';
select protect('company_review');
