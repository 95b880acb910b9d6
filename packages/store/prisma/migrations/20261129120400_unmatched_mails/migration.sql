-- Mails between members and somebody nobody knows: by whom, when, with whom. The subject is shown to nobody until it is known whom the
-- mail was with, and all of it is forgotten at `expires_at`.
create table unmatched_mail (
  workspace_id uuid not null references workspace,
  id uuid not null,
  message_id text not null,
  address text not null,
  name text not null,
  member_id text not null,
  direction text not null check (direction in ('in', 'out')),
  subject text not null,
  sent_at timestamptz not null,
  -- Of the person to whom the mail was an answer.
  suggested_id uuid,
  state text not null check (state in ('open', 'matched', 'ignored')),
  person_id uuid,
  decided_by text,
  decided_at timestamptz,
  expires_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index unmatched_mail_once on unmatched_mail (workspace_id, address, message_id);
create index unmatched_mail_expires on unmatched_mail (workspace_id, expires_at);
create index unmatched_mail_of_person on unmatched_mail (workspace_id, person_id) where person_id is not null;
create index unmatched_mail_suggested on unmatched_mail (workspace_id, suggested_id) where suggested_id is not null;
select protect('unmatched_mail');

-- Whose mails are not kept: addresses by their hash, and domains.
create table mail_ignored (
  workspace_id uuid not null references workspace,
  kind text not null check (kind in ('address', 'domain')),
  value text not null,
  member_id text not null,
  created_at timestamptz not null,
  primary key (workspace_id, kind, value)
);
select protect('mail_ignored');
