-- The whole vocabulary of signals, what later news ends, and the text around a quote.

alter table signal drop constraint signal_kind_check;
alter table signal add constraint signal_kind_check check (kind in (
  'funding', 'hiring', 'hiring_growth', 'expansion', 'technology_adoption', 'executive_hire', 'acquisition',
  'intent', 'content_spike', 'competitor_research', 'category_search', 'visit', 'inbound_request',
  'leadership_change', 'competitive_install',
  'champion_departure', 'budget_cut', 'competitive_evaluation', 'hiring_freeze', 'negative_sentiment'
));
-- Later news of the account that ended this: it counts no longer.
alter table signal add column expired_by_id uuid;

alter table evidence add column context text not null default '';
