-- A file that broke off is gone on with behind the last line that was taken, and files of companies remember how their columns were read.
alter table people_import add column last_line int not null default 0;
alter table target_file add column last_line int not null default 0, add column mapping jsonb not null default '{}';

-- A table without statistics is taken for one of a few rows: each check of a foreign key then walks the workspace's accounts, and a file
-- of 100,000 rows takes time by the square of its rows. Who fills such tables has them counted, within its transaction; autovacuum comes a
-- minute later. Tables that have been counted cost a look into the catalogue.
create function count_young_tables() returns void language plpgsql security definer set search_path = public as $$
declare
  young record;
begin
  for young in
    select c.oid::regclass as name from pg_class c
    where c.oid = any(array['account', 'account_name_key', 'external_id', 'person', 'visible_value',
      'people_import_member', 'target_file_member']::text[]::regclass[]) and c.reltuples < 1000 and pg_relation_size(c.oid) > 5 * 8192
  loop
    execute format('analyze (skip_locked) %s', young.name);
  end loop;
end $$;
revoke execute on function count_young_tables() from public;
grant execute on function count_young_tables() to penstock_app;
