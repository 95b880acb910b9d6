-- What press sources showed: headline, link and a few lines, for as long as rules for news are tried on it.

create table press_article (
  workspace_id uuid not null references workspace,
  id uuid not null,
  source text not null,
  -- The source's own identity of the article.
  key text not null,
  -- Whom it is about; null where no account goes by a name in it.
  account_id uuid,
  -- Whether nothing else than that account can be meant.
  is_sure boolean not null,
  -- Whether its title names the account, or only its text does.
  is_named boolean not null,
  title text not null,
  text text not null,
  url text not null,
  publisher text not null,
  language text,
  -- What the headline says by its verb: kind, strength, facts; null where it says nothing.
  claim jsonb,
  at timestamptz not null,
  seen_at timestamptz not null,
  -- There when the watching began: nobody was told of it.
  is_baseline boolean not null,
  primary key (workspace_id, id),
  unique (workspace_id, source, key),
  foreign key (workspace_id, account_id) references account (workspace_id, id)
);
create index on press_article (workspace_id, seen_at);
create index on press_article (workspace_id, account_id);
select protect('press_article');

-- Raw replies are kept for a set time.
create index on source_item (workspace_id, source, raw_expires_at) where raw_gzip is not null;
