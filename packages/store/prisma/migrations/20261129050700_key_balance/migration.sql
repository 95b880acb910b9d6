-- What the vendor said of the account behind a key, and when.
alter table provider_credential
  add column balance_credits double precision check (balance_credits >= 0),
  add column balance_at timestamptz;
