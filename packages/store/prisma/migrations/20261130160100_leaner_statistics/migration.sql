-- A table that grows is counted again every ten seconds. Most of that is sorting what no plan hangs on: texts, traces, lists. Those columns are left out.

create function without_statistics(target regclass, variadic names text[]) returns void language plpgsql as $$
declare
  part regclass;
  name text;
begin
  for part in select target union select inhrelid::regclass from pg_inherits where inhparent = target loop
    foreach name in array names loop
      execute format('alter table %s alter column %I set statistics 0', part, name);
    end loop;
  end loop;
end $$;

select without_statistics('spend_ledger', 'call_key', 'reserved_micros', 'charged_micros', 'vendor_credits', 'outcome', 'budget_ids', 'latency_ms', 'wanted', 'gave', 'note', 'looked_at');
select without_statistics('observation', 'value', 'ledger_id', 'confidence', 'verification', 'line_type', 'lawful_basis', 'cost_micros', 'recorded_at');
select without_statistics('visible_value', 'value', 'observation_id', 'confidence', 'verification', 'line_type', 'chosen_because', 'observed_at', 'updated_at');
select without_statistics('list_run_record', 'stop_reason', 'trace');
select without_statistics('account_score', 'mass_kinds', 'mass_values', 'mass_half_lives', 'mass_at', 'fit_parts');
drop function without_statistics;

-- A new month's partition leaves out what the others leave out.
create or replace function ensure_partitions(from_at timestamptz, until_at timestamptz) returns integer
language plpgsql security definer set search_path = public as $$
declare
  parent record;
  month timestamptz;
  part text;
  left_out text;
  made integer := 0;
begin
  perform pg_advisory_xact_lock(7316001);
  for parent in
    select c.oid, c.relname from pg_class c where c.relkind = 'p' and c.relnamespace = 'public'::regnamespace
  loop
    month := date_trunc('month', from_at at time zone 'UTC') at time zone 'UTC';
    while month <= until_at + interval '2 months' loop
      part := parent.relname || '_' || to_char(month at time zone 'UTC', 'YYYYMM');
      if to_regclass('public.' || part) is null then
        -- Rows that a clock ahead of time put into the default partition stay there; the month then has no partition of its own.
        begin
          execute format('create table %I partition of %I for values from (%L) to (%L)', part, parent.relname,
            lowest_uuid_at(month), lowest_uuid_at((month at time zone 'UTC' + interval '1 month') at time zone 'UTC'));
          for left_out in select attname from pg_attribute where attrelid = parent.oid and attstattarget = 0 and attnum > 0 loop
            execute format('alter table %I alter column %I set statistics 0', part, left_out);
          end loop;
          made := made + 1;
        exception when check_violation then null;
        end;
      end if;
      month := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
    end loop;
  end loop;
  return made;
end $$;
