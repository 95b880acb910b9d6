import type { SourceAdapter, SourceSettings } from '@penstock/signals/source-port';

import { createDescribedSource } from './described.ts';
import { createPressFeed } from './press.ts';
import { createWarnNotices } from './warn-notices.ts';

/** A source that a workspace added, as its reader needs it. */
export type ConfiguredSource = {
  /** `press/…`, `warn/…`, `described/…` */
  id: string;
  name: string;
  url: string;
  /** Of the agency, for notices: two letters. */
  region: string | null;
  /** Null takes the reader's own cadence. */
  pollEverySeconds: number | null;
};

/** The reader of a source that a workspace added. */
export function createConfiguredAdapter(
  watch: { id: string; name: string; settings: SourceSettings },
  options: { contact: string; pollEverySeconds: number | null },
): SourceAdapter {
  const { settings } = watch;
  if (settings.kind === 'described')
    return createDescribedSource(
      { id: watch.id, name: watch.name, pollEverySeconds: options.pollEverySeconds },
      settings,
      options.contact,
    );
  const source: ConfiguredSource = {
    id: watch.id,
    name: watch.name,
    url: settings.url,
    region: settings.kind === 'warn' ? settings.region : null,
    pollEverySeconds: options.pollEverySeconds,
  };
  return settings.kind === 'press'
    ? createPressFeed(source, options.contact)
    : createWarnNotices(source, options.contact);
}
