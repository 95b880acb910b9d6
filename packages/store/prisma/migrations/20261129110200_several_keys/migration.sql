-- A provider may have several keys, asked in their order, or all side by side.
alter table provider_credential add column position smallint not null default 0;
-- Until now the newest was the one in use.
update provider_credential c set position = r.place
  from (select workspace_id, id, row_number() over (partition by workspace_id, provider order by created_at desc, id desc) - 1 as place from provider_credential) r
  where c.workspace_id = r.workspace_id and c.id = r.id;
alter table provider_terms add column key_use text not null default 'order' check (key_use in ('order', 'share'));
