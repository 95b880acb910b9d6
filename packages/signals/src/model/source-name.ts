const NAMES: Partial<Record<string, string>> = {
  'sec-edgar/current-form-d': 'SEC EDGAR: new Form D filings',
  'sec-edgar/daily-index': 'SEC EDGAR: index of the day',
  'sec-edgar/current-8-k': 'SEC EDGAR: new 8-K reports',
  'sec-edgar/daily-index-8-k': 'SEC EDGAR: 8-K reports of the day',
  'board/ashby': 'Ashby job board',
  'board/greenhouse': 'Greenhouse job board',
  'board/lever': 'Lever job board',
  'board/lever-eu': 'Lever job board',
  'board/recruitee': 'Recruitee job board',
  'board/smartrecruiters': 'SmartRecruiters job board',
  'board/workable': 'Workable job board',
  champions: 'Champions',
  'company-sites': 'Companies’ own sites: job boards',
  dns: 'DNS records',
  paid: 'Paid sources',
  'press/gdelt': 'GDELT: press by account',
  'builtwith/technologies': 'BuiltWith: technologies',
  'lusha/news': 'Lusha: news',
  'lusha/workforce': 'Lusha: workforce',
  'predictleads/news': 'PredictLeads: news',
  'predictleads/openings': 'PredictLeads: openings',
  'predictleads/technologies': 'PredictLeads: technologies',
  'theirstack/jobs': 'TheirStack: openings',
  'theirstack/technologies': 'TheirStack: technologies',
  conversation: 'Conversation',
  intent: 'Intent file',
  visits: 'Website visits',
  webhook: 'Webhook',
};

/** What people call a source: the name that a workspace gave it, else the product's own, else its id. */
export const nameOfSource = (source: string, given: string | null): string =>
  given !== null && given !== '' ? given : (NAMES[source] ?? source);
