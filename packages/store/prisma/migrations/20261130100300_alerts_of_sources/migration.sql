-- A source that could not be read several times in a row is amiss as well.
alter table alert drop constraint alert_kind_check;
alter table alert add constraint alert_kind_check check (kind in ('budget_nearly_spent', 'balance_low', 'provider_failing', 'provider_errors', 'hit_rate_fallen', 'key_refused', 'paid_calls_stopped', 'unknown_waiting', 'source_failing'));
