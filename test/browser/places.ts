/** Every page of the console; records are opened from their lists. */
export const PAGES = [
  '/queue',
  '/leads',
  '/signals',
  '/signals?view=risk',
  '/signals?view=review',
  '/accounts',
  '/accounts?state=proposed',
  '/enrichment',
  '/enrichment/waterfall',
  '/pipeline',
  '/pipeline?order=value',
  '/review',
  '/outbox',
  '/outbox?tab=sent',
  '/settings/workspace',
  '/settings/members',
  '/settings/teams',
  '/settings/keys',
  '/settings/icp',
  '/settings/scores',
  '/settings/forms',
  '/settings/providers',
  '/settings/sources',
  '/settings/watch-rules',
  '/settings/stages',
  '/settings/sandbox',
  '/settings/audit',
];

/** Lists whose first row opens a record. */
export const RECORDS = ['/leads', '/signals', '/accounts', '/enrichment', '/pipeline'];

/** Those whose looks differ; the rest of the settings are tables like these. */
export const PICTURED = [
  '/queue',
  '/leads',
  '/signals',
  '/accounts',
  '/enrichment',
  '/enrichment/waterfall',
  '/pipeline',
  '/review',
  '/outbox',
  '/settings/members',
  '/settings/icp',
  '/settings/scores',
  '/settings/forms',
  '/settings/providers',
  '/settings/watch-rules',
  '/settings/sandbox',
];
