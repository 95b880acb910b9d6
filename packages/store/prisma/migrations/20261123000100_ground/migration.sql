-- The ground: tenancy, partitions, members, audit, outbox, idempotency, versioned documents.
-- No column has a time as its default: every time comes from the application's Clock.

create schema if not exists auth;

-- Every table of a workspace passes through this once: row-level security on and forced, one policy, grants for the application role.
create function protect(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy own_workspace on %s to penstock_app using (workspace_id = nullif(current_setting(''penstock.workspace_id'', true), '''')::uuid) with check (workspace_id = nullif(current_setting(''penstock.workspace_id'', true), '''')::uuid)',
    target);
  execute format('grant select, insert, update, delete on %s to penstock_app', target);
end $$;

-- Lowest UUIDv7 of an instant: the bound of a month's partition.
create function lowest_uuid_at(at timestamptz) returns uuid language sql immutable as $$
  select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7000-8000-000000000000')::uuid
  from (select lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as h) hex
$$;

-- Partitions of every growing table for each month from `from_at` to two months beyond `until_at`. Safe to call again and by several at once.
create function ensure_partitions(from_at timestamptz, until_at timestamptz) returns integer
language plpgsql security definer set search_path = public as $$
declare
  parent record;
  month timestamptz;
  part text;
  made integer := 0;
begin
  perform pg_advisory_xact_lock(7316001);
  for parent in
    select c.relname from pg_class c where c.relkind = 'p' and c.relnamespace = 'public'::regnamespace
  loop
    month := date_trunc('month', from_at at time zone 'UTC') at time zone 'UTC';
    while month <= until_at + interval '2 months' loop
      part := parent.relname || '_' || to_char(month at time zone 'UTC', 'YYYYMM');
      if to_regclass('public.' || part) is null then
        -- Rows that a clock ahead of time put into the default partition stay there; the month then has no partition of its own.
        begin
          execute format('create table %I partition of %I for values from (%L) to (%L)', part, parent.relname,
            lowest_uuid_at(month), lowest_uuid_at((month at time zone 'UTC' + interval '1 month') at time zone 'UTC'));
          made := made + 1;
        exception when check_violation then null;
        end;
      end if;
      month := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
    end loop;
  end loop;
  return made;
end $$;
revoke all on function ensure_partitions(timestamptz, timestamptz) from public;
grant execute on function ensure_partitions(timestamptz, timestamptz) to penstock_due;

create table workspace (
  workspace_id uuid primary key,
  name text not null,
  kind text not null check (kind in ('sandbox', 'real')),
  slug text not null unique,
  time_zone text not null default 'UTC',
  -- What a rep sees of others' work.
  rep_visibility text not null default 'own' check (rep_visibility in ('own', 'team', 'all')),
  paid_calls_stopped boolean not null default false,
  postal_address text not null default '',
  created_at timestamptz not null
);
select protect('workspace');

create table team (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  manager_id text,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, name)
);
select protect('team');

-- A person who signs in to this workspace. `id` is the user's id in the auth schema; role and team live here only.
create table member (
  workspace_id uuid not null references workspace,
  id text not null,
  name text not null,
  email text not null,
  role text not null check (role in ('rep', 'manager', 'revops', 'admin')),
  team_id uuid,
  time_zone text not null default 'UTC',
  takes_leads boolean not null default false,
  active boolean not null default true,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, email),
  foreign key (workspace_id, team_id) references team (workspace_id, id)
);
select protect('member');
alter table team add foreign key (workspace_id, manager_id) references member (workspace_id, id) deferrable initially deferred;

create table audit (
  workspace_id uuid not null references workspace,
  id uuid not null,
  actor_kind text not null check (actor_kind in ('member', 'api_key', 'system')),
  actor_id text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  -- Names of changed fields and ids, never personal values.
  detail jsonb not null default '{}',
  request_id text not null default '',
  occurred_at timestamptz not null,
  primary key (workspace_id, id)
) partition by range (id);
create table audit_default partition of audit default;
create index on audit (workspace_id, subject_id, id desc);
select protect('audit');
revoke update, delete on audit from penstock_app;

-- What others react to, written in the transaction that caused it. `position` is given by one relay, in commit order.
create table outbox_event (
  workspace_id uuid not null references workspace,
  id uuid not null,
  kind text not null,
  -- Ids and field names only.
  payload jsonb not null,
  position bigint,
  recorded_at timestamptz not null,
  primary key (workspace_id, id)
) partition by range (id);
create table outbox_event_default partition of outbox_event default;
create index on outbox_event (id) where position is null;
create index on outbox_event (position) where position is not null;
create index on outbox_event (workspace_id, position) where position is not null;
select protect('outbox_event');
revoke update, delete on outbox_event from penstock_app;
create sequence outbox_position;

-- Answers of commands, kept under the key that the caller gave, written in the same transaction.
create table idempotency_key (
  workspace_id uuid not null references workspace,
  operation text not null,
  key text not null,
  request_hash text not null,
  response jsonb not null,
  created_at timestamptz not null,
  primary key (workspace_id, operation, key)
);
create index on idempotency_key (workspace_id, created_at);
select protect('idempotency_key');

-- One mechanism for everything that RevOps versions: waterfall, ICP, intent model, routing, pipeline.
create table document (
  workspace_id uuid not null references workspace,
  id uuid not null,
  kind text not null check (kind in ('waterfall', 'icp', 'intent_model', 'routing', 'pipeline', 'mail_template')),
  name text not null,
  published_version_id uuid,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, kind, name)
);
select protect('document');

create table document_version (
  workspace_id uuid not null references workspace,
  id uuid not null,
  document_id uuid not null,
  number integer not null,
  state text not null check (state in ('draft', 'published', 'retired')),
  body jsonb not null,
  note text not null default '',
  author_id text not null,
  created_at timestamptz not null,
  published_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, document_id, number),
  foreign key (workspace_id, document_id) references document (workspace_id, id)
);
create unique index one_draft on document_version (workspace_id, document_id) where state = 'draft';
create unique index one_published on document_version (workspace_id, document_id) where state = 'published';
select protect('document_version');
alter table document add foreign key (workspace_id, published_version_id) references document_version (workspace_id, id) deferrable initially deferred;

-- Hashes of people who must not be looked up or written to; survives their erasure and a re-import.
create table suppression (
  workspace_id uuid not null references workspace,
  hash text not null,
  reason text not null check (reason in ('erased', 'objected', 'unsubscribed', 'complained', 'hard_bounce')),
  created_at timestamptz not null,
  primary key (workspace_id, hash)
);
select protect('suppression');
