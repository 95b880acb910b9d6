import type { SourceManifest } from '@penstock/signals/source-port';

/** What all public job boards have in common; they differ in host and in what their vendors allow. */
export function boardManifest(
  own: Pick<SourceManifest, 'id' | 'name' | 'host'> & { requestsPerSecond: number },
): SourceManifest {
  const { requestsPerSecond, ...named } = own;
  return {
    ...named,
    pollEverySeconds: 6 * 3_600,
    limits: [{ requests: requestsPerSecond, windowMs: 1_000 }],
    licence: 'Public job board API of the vendor, meant for showing a company’s openings elsewhere.',
    cost: 'Free; no key.',
    canKnow: 'Which openings a company shows today: title, department, place, and usually since when.',
    cannotKnow:
      'Whether an opening that vanished was filled or withdrawn; openings that are not posted; companies on other boards.',
  };
}
