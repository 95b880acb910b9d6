-- Calls that wait for their turn at a limited key: few, and looked for at the end of every chunk.
create index spend_ledger_held_back on spend_ledger (workspace_id, run_id) where state = 'reserved' and held;
