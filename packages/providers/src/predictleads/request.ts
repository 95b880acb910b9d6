import type { KnownFacts, ProviderRequest } from '@penstock/enrichment/provider-port';

import { getRequest } from '../vendor-calls.ts';
import { CATEGORIES } from './categories.ts';
import { PER_PAGE } from './manifest.ts';

/** Pages count from 1; the end is a page that is not full. */
const paging = ({ page }: KnownFacts) => ({ page: String(Number(page ?? 0) + 1), limit: String(PER_PAGE) });

const pathOf = ({ companyDomain }: KnownFacts, what: string): string =>
  `/api/v3/companies/${encodeURIComponent(companyDomain ?? '')}/${what}`;

export const newsRequest = (known: KnownFacts): ProviderRequest =>
  getRequest(pathOf(known, 'news_events'), {
    categories: CATEGORIES.join(','),
    found_at_from: known.since?.slice(0, 10),
    ...paging(known),
  });

export const openingsRequest = (known: KnownFacts): ProviderRequest =>
  getRequest(pathOf(known, 'job_openings'), {
    not_closed: 'true',
    first_seen_at_from: known.since?.slice(0, 10),
    ...paging(known),
  });

export const technologiesRequest = (known: KnownFacts): ProviderRequest =>
  getRequest(pathOf(known, 'technology_detections'), {
    first_seen_at_from: known.since?.slice(0, 10),
    ...paging(known),
  });

export const subscriptionRequest: ProviderRequest = { method: 'GET', path: '/api/v3/api_subscription' };
