-- Who a mail is from or to is found by address, in any case. A column, not an expression: under row-level security no index is used for a
-- function that could leak what it is given.
alter table visible_value add column address_key text generated always as (case when field = 'work_email' then lower(value) end) stored;
create index visible_value_by_address on visible_value (workspace_id, address_key) where address_key is not null;
