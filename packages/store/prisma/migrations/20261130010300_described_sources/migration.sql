-- A source that RevOps describes may want a key; it is kept encrypted.

alter table source_watch add column secret_sealed text not null default '';
