-- Job boards that are found on companies' own sites: when each account's site was looked at, and what a person has to decide.

-- The page that led to a board; empty for one that somebody named.
alter table job_board add column found_on text not null default '';

create table board_search (
  workspace_id uuid not null references workspace,
  account_id uuid not null,
  domain text not null,
  -- null until the first look, whatever it gave
  looked_at timestamptz,
  due_at timestamptz not null,
  -- Somebody asked for it: it goes first, and beyond the looks of a day.
  is_asked boolean not null default false,
  outcome text not null default 'new' check (outcome in ('new', 'found', 'proposed', 'none', 'forbidden', 'failed')),
  fault text not null default '',
  failures integer not null default 0,
  primary key (workspace_id, account_id),
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
create index on board_search (workspace_id, due_at);
create index on board_search (workspace_id, looked_at);
select protect('board_search');

-- Boards that may be those of another company: a person takes or refuses them, once.
create table board_proposal (
  workspace_id uuid not null references workspace,
  account_id uuid not null,
  source text not null,
  board text not null,
  -- What the board calls the company; null where it does not say.
  company text,
  found_on text not null,
  because text not null,
  state text not null default 'open' check (state in ('open', 'taken', 'refused')),
  proposed_at timestamptz not null,
  answered_by text,
  answered_at timestamptz,
  primary key (workspace_id, account_id, source, board),
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
select protect('board_proposal');
