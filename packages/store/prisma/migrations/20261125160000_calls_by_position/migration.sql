-- What a call was made for, after how many others, and what it gave: rates by provider, field and position are counted from it.
alter table spend_ledger
  -- Fields that were missing and that the call could give; empty for calls from before this column.
  add column wanted text[] not null default '{}',
  -- 1 for the first of its kind that was asked for the record, 2 for the second: later ones see only the hard records.
  add column position smallint not null default 1 check (position > 0),
  -- Fields that came back; of a verifier its verdict instead.
  add column gave text[] not null default '{}',
  add column verdict text not null default '';
