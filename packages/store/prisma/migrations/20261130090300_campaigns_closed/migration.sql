-- A campaign that is over begins no runs any more; what it spent stays told.
alter table campaign add column closed_at timestamptz;
