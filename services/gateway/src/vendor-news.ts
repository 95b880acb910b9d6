import { employmentOffersOf } from '@penstock/enrichment/check-employment';
import { paidSourceOffers } from '@penstock/enrichment/watch-company';
import { providerAdapters } from '@penstock/providers/registry';
import { readChampionChecks, setChampionTier } from '@penstock/signals/operations/champion-checks';
import { listPaidSources, setPaidSource } from '@penstock/signals/operations/paid-sources';

const offers = paidSourceOffers(providerAdapters.values());

/** What vendors tell of accounts and champions, for money: signals know vendors only by what is offered here. */
export const vendorNews = {
  sources: { paid: listPaidSources(offers), setPaid: setPaidSource(offers) },
  champions: {
    checks: readChampionChecks(employmentOffersOf(providerAdapters.values())),
    setTier: setChampionTier,
  },
} as const;
