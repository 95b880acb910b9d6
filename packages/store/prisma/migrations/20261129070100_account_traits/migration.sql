-- What somebody knows of a company that no provider tells, or tells wrongly; goes before what providers report.
create table account_trait (
  workspace_id uuid not null references workspace,
  account_id uuid not null,
  trait text not null check (trait in ('business_model', 'growth_stage', 'tech_stack', 'pain_points', 'stakeholders', 'departments')),
  words text[] not null,
  member_id text not null,
  updated_at timestamptz not null,
  primary key (workspace_id, account_id, trait),
  foreign key (workspace_id, account_id) references account (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references member (workspace_id, id)
);
select protect('account_trait');

-- When a fit has to be judged again though nothing is told of the account: a behaviour lies too far back, a value has run out.
alter table account_score add column fit_until timestamptz;
create index account_score_fit_until on account_score (fit_until) where fit_until is not null;
select open_due_door('account_score', 'workspace_id, account_id, fit_until');
