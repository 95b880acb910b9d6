-- Sources that a workspace adds itself: press feeds and files of notices, each with its own address.

alter table source_watch add column name text not null default '';
alter table source_watch add column settings jsonb not null default '{}';

-- What the list itself says of an item; empty where a document has to be fetched, and once the item is settled.
alter table source_item add column body text not null default '';
