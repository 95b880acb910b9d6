-- Whose rows they are is looked up once for a statement, not for each row that it writes: as a query of its own it does not depend on the row.

create or replace function protect(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy own_workspace on %s to penstock_app using (workspace_id = (select nullif(current_setting(''penstock.workspace_id'', true), '''')::uuid)) with check (workspace_id = (select nullif(current_setting(''penstock.workspace_id'', true), '''')::uuid))',
    target);
  execute format('grant select, insert, update, delete on %s to penstock_app', target);
end $$;

do $$
declare
  protected record;
begin
  for protected in select schemaname, tablename from pg_policies where policyname = 'own_workspace' loop
    execute format(
      'alter policy own_workspace on %I.%I using (workspace_id = (select nullif(current_setting(''penstock.workspace_id'', true), '''')::uuid)) with check (workspace_id = (select nullif(current_setting(''penstock.workspace_id'', true), '''')::uuid))',
      protected.schemaname, protected.tablename);
  end loop;
end $$;
